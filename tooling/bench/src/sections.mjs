/**
 * @file The sections of the bench. A section is { id, title, measure, text }: `measure(rules)` checks, then times, and gives a result as plain JSON;
 * `text(result, machine)` puts it into Markdown, without a heading of its own, with the sentence about the machine where it belongs.
 *
 * The rules: { blocks: most blocks, budget: seconds for the blocks of one group, patience: longest first call in seconds, quick, progress(words) }.
 * What cannot take part is named in the result, never left out.
 */
import { arrays } from "./arrays/section.mjs";
import { drift } from "./drift/section.mjs";
import { harmonics } from "./harmonics/section.mjs";
import { matmul } from "./matmul/section.mjs";

export const sections = [drift, matmul, arrays, harmonics];
