/** @file Why a theory fails: rules tried in order, each with the evidence that lets it speak. */
import type { FailureReason } from "@mesoscope/contracts";
import type { Evidence, ReasonRule } from "./comparison.js";
import { formatNumber } from "./format.js";

/** A theory whose own error exceeds this share of the margin cannot be told from one that is wrong. */
const NUMERICAL_SHARE = 0.25;

/** The theory speaks about none of the sizes. */
export const noLimit: ReasonRule = ({ bySize }) => {
  const [first] = bySize;
  if (first === undefined || bySize.some(({ applicability }) => applicability.applies)) return undefined;
  return first.applicability.applies ? undefined : { reason: "no-limit", because: `${first.applicability.reason} ${first.applicability.remedy}`.trim() };
};

/** The predicted mean's own numerical error is not well below the tolerance where it fails. */
export const numerical: ReasonRule = ({ bySize, quantity }) => {
  if (quantity !== "mean") return undefined;
  for (const { n, entries, predicted, numericalError } of bySize) {
    for (const [i, { margins, scale, outcome, untested }] of entries.entries()) {
      if (untested !== undefined) continue;
      const unit = scale === "relative" ? Math.abs(predicted[i]!) : 1;
      const error = numericalError[i]! / unit;
      if (outcome !== "holds" && error > NUMERICAL_SHARE * margins[1]) {
        return { reason: "numerical", because: `the prediction's own error at size ${n}, ${formatNumber(error)}, is not well below the tolerance ${formatNumber(margins[1])}` };
      }
    }
  }
  return undefined;
};

/** The deviation falls with the size as predicted (or, if nothing is predicted, it falls): the sizes are too small, the theory is not wrong. */
export const finiteSize: ReasonRule = ({ exponent, predictedExponent, quantity }) => {
  if (quantity !== "mean" || exponent === undefined || exponent.fit.atBound) return undefined;
  const [low, high] = exponent.interval;
  const falls = predictedExponent === undefined ? low > 0 : low > 0 && low <= predictedExponent && predictedExponent <= high;
  if (!falls) return undefined;
  const expected = predictedExponent === undefined ? "" : `, as predicted (${formatNumber(predictedExponent)})`;
  return { reason: "finite-size", because: `the bias falls with the size with exponent ${exponent.fit.exponent.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]${expected}` };
};

/** The first rule that speaks: no limit, numerical, those of the caller, finite size; else unexplained. */
export function reasonOf(evidence: Evidence, own: readonly ReasonRule[]): { readonly reason: FailureReason; readonly because: string } {
  for (const rule of [noLimit, numerical, ...own, finiteSize]) {
    const found = rule(evidence);
    if (found !== undefined) return found;
  }
  return { reason: "unexplained", because: unexplained(evidence) };
}

function unexplained({ exponent, predictedExponent, quantity }: Evidence): string {
  if (quantity !== "mean" || exponent === undefined) return "nothing measured here says why";
  const [low, high] = exponent.interval;
  const expected = predictedExponent === undefined ? "" : `, predicted ${formatNumber(predictedExponent)}`;
  return `the bias does not fall as a finite-size effect would: exponent ${exponent.fit.exponent.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]${expected}`;
}
