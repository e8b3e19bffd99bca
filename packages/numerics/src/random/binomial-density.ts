/** @file Logarithm of the binomial law without cancellation, for n up to 2^53. */
import { log, log1p } from "../elementary/index.js";

const TWO_PI = 2 * Math.PI;

/**
 * log C(n, k) p^k q^(n - k) in the saddle-point form, whose terms are as small as the result: with delta the
 * {@link stirlingError} and D the {@link deviance},
 *
 *   log P(k) = delta(n) - delta(k) - delta(n - k) - D(k, n p) - D(n - k, n q) + log(n / (2 pi k (n - k))) / 2.
 *
 * Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000). Differences of log-gamma functions would
 * lose all digits at n = 1e15.
 * @param q 1 - p, given apart so that it may be exact; 0 < p, q < 1 and 0 <= k <= n.
 */
export function logBinomialDensity(k: number, n: number, p: number, q: number): number {
  if (k === 0) return n * (p < 0.5 ? log1p(-p) : log(q));
  if (k === n) return n * (q < 0.5 ? log1p(-q) : log(p));
  const rest = n - k;
  const corrections = stirlingError(n) - stirlingError(k) - stirlingError(rest);
  const deviances = deviance(k, n * p) + deviance(rest, n * q);
  return corrections - deviances + 0.5 * log(n / (TWO_PI * k * rest));
}

/** log n! - log(sqrt(2 pi n) (n / e)^n) for n = 1, ..., 15; the series below takes over from 16. */
const STIRLING_ERRORS: readonly number[] = [
  0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
  0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972097,
  0.009255462182712733, 0.00833056343336287, 0.007573675487951841, 0.00694284010720953,
  0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
];

/**
 * What Stirling's formula lacks, log n! - log(sqrt(2 pi n) (n / e)^n), for an integer n >= 1:
 * 1/(12 n) - 1/(360 n^3) + 1/(1260 n^5) - 1/(1680 n^7) + 1/(1188 n^9) - ...
 */
export function stirlingError(n: number): number {
  if (n <= STIRLING_ERRORS.length) return STIRLING_ERRORS[n - 1]!;
  const x = 1 / (n * n);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - x / 1188) * x) * x) * x) / n;
}

/**
 * D(x, m) = x log(x / m) + m - x >= 0 for x, m > 0. Near x = m, where its terms cancel, by the series of the
 * logarithm in v = (x - m) / (x + m): D = (x - m) v + 2 x (v^3 / 3 + v^5 / 5 + ...).
 */
export function deviance(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * log(x / m) - difference;
  const v = difference / (x + m);
  const square = v * v;
  let sum = difference * v;
  let term = 2 * x * v;
  for (let odd = 3; ; odd += 2) {
    term *= square;
    const next = sum + term / odd;
    if (next === sum) return sum;
    sum = next;
  }
}
