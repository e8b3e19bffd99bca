import { capital, formatNumber, listed } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf } from "../findings/narrative.js";
import { REGIMES_IN_WORDS } from "../one-bit/regimes.js";
import { sizeInText, sizesInText } from "../one-bit/words.js";
import type { Findings } from "../study.js";
import { FORGOTTEN, type MemoryCase } from "./cases.js";
import type { MemoryParameters } from "./settings.js";
import { BEYOND, beyondWindow, rememberedFor, spanInWords } from "./words.js";

export function memoryNarrative(cases: readonly MemoryCase[], { sizes, tokens, tolerance }: MemoryParameters): Findings["narrative"] {
  const answers = cases.map((one) => caseAnswer(one.label, one.comparison, one.judged));
  const told = cases.flatMap((one) => {
    const found = beyondWindow(one);
    return found === undefined ? [] : [`${formatNumber(found.value, 2)} nat ${one.short}`];
  });
  return narrativeOf({
    headline: `With a context of 4 tokens an overlap is remembered ${listed(cases.map((one) => `${one.short} for ${spanInWords(one)}`))} at N = ${sizeInText(sizes.at(-1)!)}. For its autocorrelation the theory holds within ${tolerance} ${listed(cases.map((one) => `${one.short} ${one.judged.certifiedFrom === undefined ? "at no N for sure" : `from N = ${sizeInText(one.judged.certifiedFrom)} on`}`))}.`,
    compared: [
      `The finite system: the published network, which attends to its last 4 tokens only, with N bits a token (${sizesInText(sizes)}), in runs of ${tokens} tokens.`,
      REGIMES_IN_WORDS,
      "What is older than the window can act on a token only through those that it has shaped; what the clock of the positions tells of a token is taken away.",
      `The limit: the mean-field map, over runs as long; where it only repeats its clock, linear noise about it. An overlap counts as forgotten once less than ${FORGOTTEN} nat of information is left.`,
    ].join(" "),
    result: `${BRACKETS} After ${BEYOND} tokens, four windows, an overlap still tells ${listed(told)} about itself at N = ${sizeInText(sizes.at(-1)!)}. ${cases.map((one) => `${capital(one.short)} it is remembered for ${rememberedFor(one)}.`).join(" ")}`,
    answers,
    further: [
      "In chaos the map itself forgets: each token amplifies what it is told, so that nothing is left after some tens of tokens, with however many bits.",
      "On the torus the noise of N bits lets the phase diffuse, which takes a time proportional to N. A locked orbit is left only by a rare fluctuation, after a time exponential in N; below some size noise drives the network out at once, into the chaos around the window.",
      "About the orbit that the positions force, the map has nothing to remember, yet fluctuations do not die at once: they fade with the slowest multiplier, at the same rate for every N.",
    ],
  });
}
