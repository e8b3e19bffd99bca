/** @file The law of the Kolmogorov-Smirnov distance. */
import { exp } from "@mesoscope/numerics";

/**
 * P(sqrt(n) D > x) in the limit: 2 sum (-1)^(k-1) exp(-2 k^2 x^2), with the argument corrected for finite n,
 * x = (sqrt n + 0.12 + 0.11 / sqrt n) D (M. A. Stephens, 1970), good to a few 1e-3 for n >= 5.
 */
export function kolmogorovTail(distance: number, n: number): number {
  const root = Math.sqrt(n);
  const x = (root + 0.12 + 0.11 / root) * distance;
  // Below 0.2 the tail differs from 1 by less than 1e-12, while the series needs ever more terms.
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-17) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
