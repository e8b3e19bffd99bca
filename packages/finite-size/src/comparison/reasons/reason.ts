/** @file Why a theory fails: rules tried in order, each with the evidence that lets it speak. */
import type { FailureReason } from "@mesoscope/contracts";
import type { Evidence, ReasonRule } from "../comparison.js";
import { formatNumber } from "../../format.js";
import type { Exponent } from "../../scaling/exponent.js";
import { amplification, saturation } from "./growth.js";
import { escape, symmetryBreaking } from "./groups.js";
import { noLimit } from "./no-limit.js";
import { halvedStep, numerical } from "./numerical.js";

/** A power law that fits worse than this says nothing about how a deviation falls, where no theory says it either. */
const LEAST_GOODNESS = 1e-4;

/** The deviation falls with the size as predicted (or, if nothing is predicted, as some power): the sizes are too small, the theory is not wrong. */
export const finiteSize: ReasonRule = ({ axis, exponent, predictedExponent, quantity }) => {
  if (quantity !== "mean" || exponent === undefined || exponent.fit.atBound) return undefined;
  const [low, high] = exponent.interval;
  const falls = low > 0 && (predictedExponent === undefined ? exponent.fit.goodness >= LEAST_GOODNESS : low <= predictedExponent && predictedExponent <= high);
  if (!falls) return undefined;
  const expected = predictedExponent === undefined ? "" : `, as predicted (p = ${formatNumber(predictedExponent)})`;
  return { reason: "finite-size", because: `the deviation of the mean falls as ${axis}^−p with p = ${powerInWords(exponent)}${expected}` };
};

/** The rules of this package before and after those of the caller. */
const before: readonly ReasonRule[] = [noLimit, numerical, halvedStep];
const after: readonly ReasonRule[] = [symmetryBreaking, escape, saturation, amplification, finiteSize];

/**
 * The first rule that speaks: no limit, numerical (the theory's own error, then the step of the simulation); those of the caller, such as
 * selection; symmetry breaking and escape (replicas in groups), saturation and amplification (growth in time), finite size; else unexplained.
 */
export function reasonOf(evidence: Evidence, own: readonly ReasonRule[]): { readonly reason: FailureReason; readonly because: string } {
  for (const rule of [...before, ...own, ...after]) {
    const found = rule(evidence);
    if (found !== undefined) return found;
  }
  return { reason: "unexplained", because: unexplained(evidence) };
}

function unexplained({ axis, exponent, predictedExponent, quantity }: Evidence): string {
  if (quantity !== "mean" || exponent === undefined) return "nothing measured here says why";
  const expected = predictedExponent === undefined ? "" : `, where p = ${formatNumber(predictedExponent)} is predicted`;
  return `the deviation of the mean does not fall as a finite-size effect would: as ${axis}^−p with p = ${powerInWords(exponent)}${expected}`;
}

function powerInWords({ fit, interval: [low, high] }: Exponent): string {
  const show = (x: number): string => x.toFixed(2).replace("-", "−");
  return `${show(fit.exponent)} [${show(low)}, ${show(high)}]`;
}
