/** @file The answer in words: the rate of the approach, and what it means for a mean over runs and for a single run. */
import { casesInWords, formatNumber, formatWithInterval, listed, singleRunInWords, type CaseAnswer } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BOTH_FLOWS, shortFlow } from "../findings/flows.js";
import { BRACKETS, narrativeOf, sizesInWords } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import type { ConvergenceCase } from "./cases.js";
import { exponentAnswer } from "./exponent.js";
import type { ConvergenceParameters } from "./settings.js";

export function convergenceNarrative(results: readonly ConvergenceCase[], settings: ConvergenceParameters): Findings["narrative"] {
  const rate = results.map((one) => exponentAnswer(one, settings));
  const means = results.flatMap(meanAnswers);
  const { beta, amplitude, time } = settings;
  const sizes = results[0]!.comparison.sizes.map(({ n }) => n);
  return narrativeOf({
    headline: `${casesInWords("The rate n^(−1/2) at which the field of n tokens approaches the mean-field equation", rate)} ${casesInWords("For the mean over runs, the equation", means)} ${results.flatMap(singleRuns).join(" ")}`.trim(),
    compared: [
      `The finite system: n tokens on the circle (${sizesInWords("n", sizes)}), which start independent with density (1 + ${amplitude} cos θ)/2π and attend to each other with inverse temperature β = ${beta} until depth t = ${time}.`,
      "The limit: the mean-field equation, which moves a density as infinitely many tokens would.",
      `Compared is the smoothed field F(θ), the mean over tokens of e^(β(cos(θ − θⱼ) − 1)), which is what a token at angle θ feels of all others. ${BOTH_FLOWS}`,
    ].join(" "),
    result: [
      BRACKETS,
      `A single run is off by an amount that falls as n^−p, root mean square over angles and runs, with p = ${listed(results.map(({ flow, exponent }) => `${formatWithInterval(exponent.fit.exponent, exponent.interval)} for ${shortFlow(flow)} attention`))}.`,
      casesInWords("For the mean over runs, the equation", means, { deviation: true }),
      `The solution of the limit is known to ${formatNumber(largestCertificate(results), 2)}, far below the smallest deviation shown, ${formatNumber(Math.min(...results.flatMap(({ norms }) => norms.map(({ value }) => value))), 2)}.`,
    ].join(" "),
    answers: [...rate, ...means],
    why: "A single run needs a larger size than the mean over runs: n independent tokens differ from their density by about n^(−1/2), which averages out over runs.",
  });
}

/** What is said of the mean over runs, angle by angle. */
export function meanAnswers({ flow, comparison }: ConvergenceCase): readonly CaseAnswer[] {
  return comparison.statements.filter(({ quantity }) => quantity === "mean").map((statement) => caseAnswer(`${shortFlow(flow)} attention`, comparison, statement));
}

function singleRuns({ flow, comparison }: ConvergenceCase): readonly string[] {
  return comparison.statements.flatMap(({ nStar }) => (nStar === undefined ? [] : (singleRunInWords(`With ${shortFlow(flow)} attention a single run lies within the same tolerance`, comparison.axis.symbol, nStar) ?? [])));
}

function largestCertificate(results: readonly ConvergenceCase[]): number {
  return Math.max(...results.flatMap(({ comparison }) => comparison.statements.flatMap(({ bySize }) => bySize.flatMap(({ numericalError }) => numericalError))));
}
