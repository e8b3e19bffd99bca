/** @file What a kernel must give: numbers and the largest error of each. */

/** The truth and the largest error allowed for each number; several outputs one after the other. */
export interface Expectation {
  readonly value: Float64Array;
  readonly bound: Float64Array;
}

/** Rounding of a backend: unit in the last place of 1, and the error of its exponential in that unit. */
export interface Rounding {
  readonly epsilon: number;
  readonly exponentialUlps: number;
}

/** The expectation of a kernel from its first input, its parameters, the rounding of a backend and its other inputs. */
export type Oracle<P> = (x: Float64Array, parameters: P, rounding: Rounding, more: readonly Float64Array[]) => Expectation;

/** Least k with 2^k >= count. */
export function bits(count: number): number {
  return 32 - Math.clz32(count - 1);
}

/** The least normal number of a dtype, below which a weight may be 0. */
export function leastNormal({ epsilon }: Rounding): number {
  return epsilon === Number.EPSILON ? 2 ** -1021 : 2 ** -125;
}
