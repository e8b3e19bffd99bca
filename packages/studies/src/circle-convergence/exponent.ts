/** @file Whether the exponent of the deviation is 1/2, as a verdict and as an answer for words. */
import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatWithInterval, moreReplicasFor, type CaseAnswer } from "@mesoscope/finite-size";
import { shortFlow } from "../findings/flows.js";
import { CONFIDENCE, type ConvergenceCase } from "./cases.js";
import type { ConvergenceParameters } from "./settings.js";

const LEAST_GOODNESS = 0.001;
const EXPECTED = 0.5;

/** The exponent is equivalent to 1/2 if its whole interval lies within the tolerance. */
function outcomeOf({ exponent: { fit, interval: [low, high] }, caveat }: ConvergenceCase, tolerance: number): Verdict["outcome"] {
  // A law that does not fit has no exponent to speak of.
  if (fit.goodness < LEAST_GOODNESS || fit.atBound) return "undecided";
  if (caveat === undefined && low >= EXPECTED - tolerance && high <= EXPECTED + tolerance) return "holds";
  return high < EXPECTED - tolerance || low > EXPECTED + tolerance ? "fails" : "undecided";
}

export function exponentVerdict(one: ConvergenceCase, { tolerance }: ConvergenceParameters): Verdict {
  const { title, flow, exponent: { fit, interval }, caveat } = one;
  const outcome = outcomeOf(one, tolerance);
  return {
    id: `exponent-${flow.toLowerCase()}`,
    subject: `exponent p of the rms deviation of the field, which falls as n^−p, ${title}`,
    outcome,
    rule: `The ${100 * CONFIDENCE} % profile interval of p in (a / n^2p)(1 + b / n), fitted to the mean square, lies inside 1/2 ± ${tolerance} (holds) or outside it (fails); undecided if the goodness of fit is below ${LEAST_GOODNESS}.`,
    value: fit.exponent,
    interval,
    confidence: CONFIDENCE,
    unit: "1",
    because: `The exponent is ${formatWithInterval(fit.exponent, interval)}, the correction b is ${formatNumber(fit.corrections[0] ?? 0)}, goodness of fit ${formatNumber(fit.goodness, 2)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

/** The same as an answer for words: the rate over all sizes. */
export function exponentAnswer(one: ConvergenceCase, { tolerance }: ConvergenceParameters): CaseAnswer {
  const { flow, comparison, exponent: { fit, interval }, caveat } = one;
  const outcome = outcomeOf(one, tolerance);
  const sizes = comparison.sizes.map(({ n }) => n);
  const more = outcome === "undecided" && caveat === undefined ? moreReplicasFor({ value: fit.exponent - EXPECTED, interval: [interval[0] - EXPECTED, interval[1] - EXPECTED], margins: [-tolerance, tolerance] }) : undefined;
  return {
    name: `${shortFlow(flow)} attention`,
    answer: {
      outcome,
      axis: "n",
      sizes: [sizes[0]!, sizes.at(-1)!],
      tolerance: `${formatNumber(tolerance)} in the exponent`,
      deviation: formatWithInterval(fit.exponent - EXPECTED, [interval[0] - EXPECTED, interval[1] - EXPECTED]),
      distance: Math.abs(fit.exponent - EXPECTED) / tolerance,
      from: { kind: outcome === "holds" ? "all" : "none" },
      ...(outcome === "fails" ? { reason: "unexplained" } : {}),
      ...(caveat === undefined ? {} : { caveat }),
      ...(more === undefined ? {} : { moreReplicas: more }),
    },
  };
}
