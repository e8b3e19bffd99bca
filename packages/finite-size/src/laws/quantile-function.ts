/** @file Laws as functions of probability, and the L^p norm of their difference. */

/** A piecewise linear function on [0, 1]: between knots k and k + 1 it goes from left[k] to right[k]. It may jump at a knot. */
export interface QuantileFunction {
  /** (m + 1), ascending from 0 to 1. */
  readonly knots: Float64Array;
  /** (m) values just after knot k. */
  readonly left: Float64Array;
  /** (m) values just before knot k + 1. */
  readonly right: Float64Array;
}

/** 1: mean absolute difference; 2: root mean square difference. */
export type Order = 1 | 2;

/** R steps of equal width: the quantile function of sorted samples, or the difference of two of the same length. */
export function steps(heights: Float64Array): QuantileFunction {
  return { knots: Float64Array.from({ length: heights.length + 1 }, (_, k) => k / heights.length), left: heights, right: heights };
}

/** (int_0^1 |a - b|^order dp)^(1 / order), exact for piecewise linear functions but for rounding. */
export function quantileDistance(a: QuantileFunction, b: QuantileFunction, order: Order): number {
  const integral = order === 1 ? integralOfModulus : integralOfSquare;
  let sum = 0;
  let i = 0;
  let j = 0;
  let from = 0;
  while (i < a.left.length && j < b.left.length) {
    const to = Math.min(a.knots[i + 1]!, b.knots[j + 1]!);
    if (to > from) sum += integral(valueAt(a, i, from) - valueAt(b, j, from), valueAt(a, i, to) - valueAt(b, j, to), to - from);
    if (a.knots[i + 1] === to) i += 1;
    if (b.knots[j + 1] === to) j += 1;
    from = to;
  }
  return order === 1 ? sum : Math.sqrt(sum);
}

function valueAt({ knots, left, right }: QuantileFunction, piece: number, p: number): number {
  const start = left[piece]!;
  const rise = right[piece]! - start;
  return rise === 0 ? start : start + (rise * (p - knots[piece]!)) / (knots[piece + 1]! - knots[piece]!);
}

/** Of a linear function that goes from d0 to d1 over a width; where it changes sign, two triangles. */
function integralOfModulus(d0: number, d1: number, width: number): number {
  const sum = Math.abs(d0) + Math.abs(d1);
  if (d0 * d1 >= 0) return (width * sum) / 2;
  return (width * (d0 * d0 + d1 * d1)) / (2 * sum);
}

function integralOfSquare(d0: number, d1: number, width: number): number {
  return (width * (d0 * d0 + d0 * d1 + d1 * d1)) / 3;
}
