import { casesInWords, formatNumber, listed } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import type { ExactCase } from "./cases.js";
import type { ExactParameters } from "./settings.js";

export function exactNarrative(cases: readonly ExactCase[], { sizes, turningSizes, tokens }: ExactParameters): Findings["narrative"] {
  const [exact, spread, map, corrected] = (["againstExact", "spreadAgainstExact", "againstMap", "againstCorrected"] as const).map((name) => cases.map((one) => caseAnswer(one.title, one.comparison, one[name])));
  const all = [...sizes, ...turningSizes];
  const gains = cases.map(({ enumerated }) => `${formatNumber(100 * (1 - enumerated.at(-1)!.left / enumerated.at(-1)!.bias), 2)} %`);
  return narrativeOf({
    headline: `${casesInWords("For the mean of runs, the enumeration of all states", exact!, { reason: false })} ${casesInWords("The mean-field map", map!, { reason: false })} ${casesInWords("With its 1/N shift it", corrected!, { reason: false })}`,
    compared: [
      `The finite system: 1-bit attention with N bits a token (N from ${Math.min(...all)} to ${Math.max(...all)}), followed for ${tokens} tokens from one window, in three small networks: one feature that keeps a state (L = 2, β = 1.4), two features that take turns (L = 1, β = 1.5), one feature in chaos (L = 2, β = 2.9).`,
      "So few bits can be enumerated: every vector of class counts is a state, every probability a number, and no chance is left.",
      "The limit: the mean-field map of infinitely many bits; its 1/N shift and its linear noise are the first orders of an expansion in 1/N.",
    ].join(" "),
    result: [
      BRACKETS,
      casesInWords("For the spread over runs, the enumeration", spread!, { reason: false }),
      `Between the two largest sizes the exact bias falls with the powers ${listed(cases.map(({ biasPower }) => formatNumber(biasPower)))} of 1/N, what the shift leaves of it with the powers ${listed(cases.map(({ leftPower }) => formatNumber(leftPower)))}; 1 and 2 are predicted.`,
      `At the largest sizes the shift takes ${listed(gains)} of the largest bias away.`,
    ].join(" "),
    answers: [...exact!, ...map!, ...corrected!],
    further: [
      "Enumeration, runs and expansion check each other: runs use a sampler of binomials that the enumeration does not know, and the expansion uses derivatives of the map that neither of them knows.",
      "Below some tens of bits the expansion is no guide: noise of so few bits is not small, and in chaos it is stretched from token to token, so that the second order soon is as large as the first.",
    ],
  });
}
