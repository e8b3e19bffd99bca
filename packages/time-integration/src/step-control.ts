/** @file The length of the next step from the error of the last. */
import { exp, log } from "@mesoscope/numerics";
import type { Stages } from "./stages.js";
import type { EmbeddedTableau } from "./tableau.js";

/** Error allowed in each component of each step: absolute + relative |y|. */
export interface Tolerances {
  readonly relative: number;
  readonly absolute: number;
}

/** Safety factor and the bounds of the change of a step; exponents of the PI controller by Gustafsson (1991), over the order of the estimate. */
const SAFETY = 0.9;
const SHRINK = 0.2;
const GROW = 5;
const INTEGRAL = 0.7;
const PROPORTIONAL = 0.4;

/** Share of the lower estimate in a combined one, as in DOP853. */
const LOWER_SHARE = 0.1;

/** The estimate of a method's error in a step is O(h^q); this is q. */
export function estimateOrder({ orderHat, orderLower }: EmbeddedTableau): number {
  return orderLower === undefined ? orderHat + 1 : 2 * (orderHat + 1) - (orderLower + 1);
}

/** Factor from an accepted step to the next to try. */
export function nextFactor(error: number, previous: number, order: number): number {
  if (error === 0) return GROW;
  return Math.min(GROW, Math.max(SHRINK, SAFETY * power(error, -INTEGRAL / order) * power(previous, PROPORTIONAL / order)));
}

/** Factor from a rejected step to the next to try. */
export function rejectedFactor(error: number, order: number): number {
  return Number.isFinite(error) ? Math.max(SHRINK, SAFETY * power(error, -1 / order)) : 0.1;
}

/**
 * Largest component of the error estimate in units of its tolerance. With two embedded methods the estimates e of the higher and l of the lower order are combined
 * to e^2 / sqrt(e^2 + (l/10)^2), which is of higher order than either. NaN when a number is not finite.
 */
export function stepError(stages: Stages, y: Float64Array, end: Float64Array, h: number, tolerances: Tolerances, { b, bHat, bLower }: EmbeddedTableau): number {
  const error = largest(stages, y, end, h, tolerances, difference(b, bHat));
  if (bLower === undefined || error === 0) return error;
  const lower = LOWER_SHARE * largest(stages, y, end, h, tolerances, difference(b, bLower));
  // Divided first: squares would overflow where the estimates do not.
  const ratio = lower / error;
  return error / Math.sqrt(1 + ratio * ratio);
}

function difference(b: readonly number[], other: readonly number[]): number[] {
  return b.map((weight, i) => weight - other[i]!);
}

function largest(stages: Stages, y: Float64Array, end: Float64Array, h: number, { relative, absolute }: Tolerances, weights: readonly number[]): number {
  let worst = 0;
  for (let e = 0; e < y.length; e += 1) {
    const scale = absolute + relative * Math.max(Math.abs(y[e]!), Math.abs(end[e]!));
    const error = Math.abs(stages.increment(weights, h, e)) / scale;
    if (!Number.isFinite(error)) return Number.NaN;
    worst = Math.max(worst, error);
  }
  return worst;
}

/** A step for which an Euler step would err by about the tolerance to the power 1 / (order + 1), from the sizes of y and f. */
export function firstStep(y: Float64Array, slope: Float64Array, { relative, absolute }: Tolerances, order: number): number {
  let size = 0;
  let speed = 0;
  for (let e = 0; e < y.length; e += 1) {
    const scale = absolute + relative * Math.abs(y[e]!);
    size = Math.max(size, Math.abs(y[e]!) / scale);
    speed = Math.max(speed, Math.abs(slope[e]!) / scale);
  }
  if (speed === 0) return Infinity;
  return size > 1e-5 ? (0.01 * size) / speed : power(0.01 / Math.max(speed, 1e-300), 1 / (order + 1));
}

/** x^p for x > 0 with the same bits in every engine. */
function power(x: number, p: number): number {
  return exp(p * log(x));
}
