/** @file A narrative: the answer first; then what is compared, the result, why it fails where it does, and what would change that. */
import { changeInWords, whyInWords, type CaseAnswer } from "@mesoscope/finite-size";
import type { Findings } from "../study.js";

export interface Told {
  readonly headline: string;
  /** The finite system and the limit, a sentence each, with their symbols explained. */
  readonly compared: string;
  readonly result: string;
  /** Every answer that the result rests on: what of it fails is explained. */
  readonly answers: readonly CaseAnswer[];
  /** What a study knows beyond the general reasons. */
  readonly why?: string;
  /** Paragraphs after the first four: what was checked, transitions. */
  readonly further?: readonly string[];
}

/** How the numbers in brackets are to be read. */
export const BRACKETS = "Brackets hold intervals: of a size or an exponent with 95 % confidence, of a deviation with 90 %.";

/** "n from 64 to 1024", or "n = 64" where there is one size. */
export function sizesInWords(axis: string, sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? `${axis} = ${least}` : `${axis} from ${least} to ${most}`;
}

export function narrativeOf({ headline, compared, result, answers, why, further = [] }: Told): Findings["narrative"] {
  const fails = whyInWords(answers);
  return {
    headline,
    paragraphs: [compared, result, why === undefined ? fails : `${fails} ${why}`, changeInWords(answers), ...further].filter((paragraph) => paragraph !== ""),
  };
}
