/** @file The harmonic drift of one replica, in two passes of O(n K), with its scratch made once. */
import type { HarmonicParameters } from "../parameters.js";
import { momentScratch, momentSums } from "./moment-sums.js";
import { imaginaryParts, realParts, series } from "./series.js";

/** Velocities of one replica from the points of its particles; arrays are as long as n rounded up to an even number, point n (if any) is 0. */
export type CircleField = (cosine: Float64Array, sine: Float64Array, velocity: Float64Array) => void;

/** n rounded up to an even number. */
export function evenLength(n: number): number {
  return n + (n % 2);
}

/** The field of [eq:circle-fourier] for n particles. */
export function circleField({ n, numerator, denominator }: HarmonicParameters): CircleField {
  const even = evenLength(numerator.length);
  const pairs = evenLength(n) / 2;
  const sums = momentScratch(even);
  const above = series(even);
  const turned = series(even);
  const below = new Float64Array(2 * pairs);
  // The division of the moments by n is folded into the coefficients once.
  const a = Float64Array.from({ length: even }, (_, m) => (numerator[m] ?? 0) / n);
  const b = Float64Array.from({ length: even }, (_, m) => (denominator?.[m + 1] ?? 0) / n);
  const b0 = denominator?.[0] ?? 0;
  return (cosine, sine, velocity) => {
    momentSums(cosine, sine, pairs, even, sums);
    for (let m = 0; m < even; m += 1) {
      above.re[m] = a[m]! * sums.re[m]!;
      above.im[m] = a[m]! * sums.im[m]!;
    }
    imaginaryParts(cosine, sine, pairs, above, velocity);
    if (denominator === undefined) return;
    for (let m = 0; m < even; m += 1) {
      above.re[m] = b[m]! * sums.re[m]!;
      above.im[m] = b[m]! * sums.im[m]!;
    }
    realParts(cosine, sine, pairs, above, turned, below);
    for (let i = 0; i < n; i += 1) velocity[i]! /= b0 + below[i]!;
  };
}
