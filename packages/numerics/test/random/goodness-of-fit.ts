/**
 * @file The tests that samples are put to: each returns a p-value, uniform on (0, 1) if the sample follows its law.
 *
 * A family of m of them is judged at the family-wise level alpha by Sidak: each at 1 - (1 - alpha)^(1/m).
 */
import { gammaUpper, normalTwoSided } from "./reference-laws.js";

/** Level of each of `count` tests such that all of them together reject a true family with probability `family`. */
export function sidakLevel(family: number, count: number): number {
  return -Math.expm1(Math.log1p(-family) / count);
}

/** Pearson's chi-square of counts against probabilities (which sum to 1; each expects at least five). */
export function chiSquare(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  for (let i = 0; i < probabilities.length; i += 1) {
    const expected = total * probabilities[i]!;
    if (expected < 5) throw new RangeError(`bin ${i} expects ${expected}: too few for chi-square`);
    statistic += (counts[i]! - expected) ** 2 / expected;
  }
  return gammaUpper((probabilities.length - 1) / 2, statistic / 2);
}

/** Chi-square of values in [0, 1] in equal bins. */
export function chiSquareUniform(values: Float64Array, bins = 100): number {
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))]! += 1;
  return chiSquare(counts, new Float64Array(bins).fill(1 / bins));
}

/** Kolmogorov-Smirnov of values in [0, 1] against the uniform law, with Stephens' correction of the asymptotic law. */
export function kolmogorovSmirnov(values: Float64Array): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i += 1) {
    distance = Math.max(distance, (i + 1) / n - sorted[i]!, sorted[i]! - i / n);
  }
  const root = Math.sqrt(n);
  const x = (root + 0.12 + 0.11 / root) * distance;
  let p = 0;
  for (let j = 1; j <= 100; j += 1) p += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j * j * x * x);
  return x < 0.3 ? 1 : Math.min(1, Math.max(0, p));
}

/** Two-sided z test of the mean of values whose law has this mean and variance. */
export function meanTest(values: Float64Array, mean: number, variance: number): number {
  let sum = 0;
  for (const value of values) sum += value - mean;
  return normalTwoSided(sum / Math.sqrt(values.length * variance));
}

/** Two-sided z test of the variance about the true mean; `kurtosis` is the fourth central moment over variance^2. */
export function varianceTest(values: Float64Array, mean: number, variance: number, kurtosis: number): number {
  const scaled = values.map((value) => (value - mean) ** 2 / variance);
  return meanTest(scaled, 1, kurtosis - 1);
}

/** Two-sided z test of zero correlation between paired values of known mean and variance. */
export function correlationTest(x: Float64Array, y: Float64Array, mean: number, variance: number): number {
  const products = x.map((value, i) => ((value - mean) * (y[i]! - mean)) / variance);
  return meanTest(products, 0, 1);
}
