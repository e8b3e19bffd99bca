import { capital, casesInWords, formatNumber, formatPercent, listed, type Statement } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf } from "../findings/narrative.js";
import { REGIMES_IN_WORDS } from "../one-bit/regimes.js";
import { sizeInText, sizesInText } from "../one-bit/words.js";
import type { Findings } from "../study.js";
import { longHoldsFrom, type FiniteSizeCase } from "./cases.js";
import { EXIT_TOLERANCE, type ExitCase } from "./exits.js";
import type { FiniteSizeParameters } from "./settings.js";

/** "to the last token from N = 30 000 on", or "until token 40 at N = 3·10⁹". */
export function reachOfMean({ mean }: FiniteSizeCase): string {
  return reachOf(mean);
}

function reachOf({ certifiedFrom, bySize }: Statement): string {
  if (certifiedFrom !== undefined) return `to the last token from N = ${sizeInText(certifiedFrom)} on`;
  const last = bySize.at(-1)!;
  return last.holdsUntil === undefined ? `at no token even at N = ${sizeInText(last.n)}` : `until token ${last.holdsUntil} at N = ${sizeInText(last.n)}`;
}

const LN_10 = 2.302585092994046;

export function finiteSizeNarrative(cases: readonly FiniteSizeCase[], exits: ExitCase, settings: FiniteSizeParameters): Findings["narrative"] {
  const [means, spreads] = (["mean", "spread"] as const).map((name) => cases.map((one) => caseAnswer(one.label, one.comparison, one[name])));
  const passage = [caseAnswer("the mean", exits.comparison, exits.mean), caseAnswer("the distribution", exits.comparison, exits.law)];
  return narrativeOf({
    headline: `Over ${settings.tokens} tokens the mean-field map holds within ${settings.tolerance} ${listed(cases.map((one) => `${one.short} ${reachOfMean(one)}`))}. In chaos ten times more bits buy ${formatNumber(exits.slope.value * LN_10, 2)} tokens.`,
    compared: [
      `The finite system: the published network of 1-bit attention, with a context of 4 tokens and N bits a token (${sizesInText(settings.sizes)}).`,
      REGIMES_IN_WORDS,
      `All runs begin in one window on the attractor of the map, so that the noise of N bits alone separates them; what is compared is their first overlap mᵒ₁, every ${settings.every} tokens.`,
      "The limit: the mean-field map of infinitely many bits, whose overlap follows from the last four tokens without chance; linear noise adds the spread that N bits have about it.",
    ].join(" "),
    result: [
      BRACKETS,
      `With its 1/N shift it holds ${listed(cases.map(({ short, corrected }) => `${short} ${reachOf(corrected)}`))}.`,
      `For the spread over runs, linear noise holds within ${formatPercent(settings.spreadTolerance)} ${listed(cases.map(({ short, spread }) => `${short} ${reachOf(spread)}`))}.`,
      casesInWords("For the time of exit from chaos, the first passage of linear noise", passage, { counted: "quantities" }),
    ].join(" "),
    answers: [...means!, ...spreads!],
    why: "The attention of this network is so sharp (γ = 220) that the shift of the mean, of order 1/N, has coefficients of 30 to 60.",
    further: [chaosParagraph(exits), longParagraph(cases, settings)],
  });
}

function chaosParagraph({ growth, comparison: { sizes }, typical, slope, predictedSlope }: ExitCase): string {
  const left = [sizes[0]!, sizes.at(-1)!].map(({ n, estimates }) => `${formatNumber(estimates["exit"]!.mean.value[0]!)} tokens at N = ${sizeInText(n)}`);
  const early = sizes.reduce((sum, { estimates }, k) => sum + estimates["exit"]!.mean.value[0]! - typical[k]!, 0) / sizes.length;
  return [
    `Chaos ends every prediction of a single trajectory: noise of size N^(−1/2) grows like e^(λt) with λ = ${formatNumber(growth.exponent.value)}, so that a run is ${EXIT_TOLERANCE} away after ${listed(left)}, on average over starts on the attractor.`,
    `That time grows by ${formatNumber(slope.value)} tokens for each factor e in N, where 1/(2λ) is ${formatNumber(predictedSlope.value)}.`,
    `The textbook horizon (ln N + 2 ln tol − ln S₀)/(2λ) comes ${formatNumber(early, 2)} tokens early: it asks when the noise of a typical start is large, not when a run first is.`,
  ].join(" ");
}

function longParagraph(cases: readonly FiniteSizeCase[], { longTokens, longTolerance }: FiniteSizeParameters): string {
  const parts = cases.map((one) => {
    const from = longHoldsFrom(one);
    return capital(`${one.short} it is so ${from === undefined ? "at no N for sure" : `from N = ${sizeInText(from)} on`} (${formatNumber(one.long[0]!.mean, 2)} at N = ${sizeInText(one.long[0]!.n)}, ${formatNumber(one.mapSquare, 2)} for the map).`);
  });
  return `In the long run, over ${longTokens} tokens, the mean square of the overlap should be that of the map, within ${formatPercent(longTolerance)}. ${parts.join(" ")} On the small torus and on the long period few bits are thrown onto the large chaotic motion that the map has nearby; the more bits, the rarer that is. After the horizon of chaos only such averages can be compared.`;
}
