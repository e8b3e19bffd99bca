/** @file Binomial variates of small mean: search along the distribution function from 0 upwards. */
import { exp, log1p } from "../elementary/index.js";
import type { UniformSource } from "./uniform.js";

/** For means below 10 the mass beyond is less than 1e-180: a search that comes so far met a rounding error in u. */
const LAST_SEARCHED = 200;

/**
 * Binomial variate for n p < 10, p <= 1/2: the least k with P(0) + ... + P(k) > u, by the recurrence
 * P(k + 1) / P(k) = (n - k) / (k + 1) * p / (1 - p). The law is exact to the 2^-53 of u and the rounding of the sum.
 */
export function binomialByInversion(source: UniformSource, n: number, p: number): number {
  const odds = p / (1 - p);
  const none = exp(n * log1p(-p));
  const last = Math.min(n, LAST_SEARCHED);
  for (;;) {
    let mass = none;
    let left = source.uniform();
    for (let k = 0; k <= last; k += 1) {
      if (left < mass) return k;
      left -= mass;
      mass *= ((n - k) / (k + 1)) * odds;
    }
  }
}
