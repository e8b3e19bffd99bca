import { DomainError } from "../errors.js";
import { compensatedSum } from "./sum.js";

/** Mean and unbiased variance of a sample. */
export interface MeanAndVariance {
  readonly mean: number;
  /** Sum of squared deviations over n - 1. */
  readonly variance: number;
}

/**
 * Arithmetic mean by a compensated sum: within about 1 ulp unless the entries nearly cancel.
 * @param x (n), n >= 1
 * @throws DomainError if x is empty or an entry is not finite
 */
export function mean(x: ArrayLike<number>): number {
  requireLength(x, 1, "Give at least one number.");
  return compensatedSum(x) / x.length;
}

/**
 * Mean and variance (divisor n - 1) in two passes: deviations from the mean first, then their squares, with the
 * residual sum of the deviations taken off. No cancellation however large the mean is against the spread.
 *
 * @param x (n), n >= 2
 * @throws DomainError if n < 2 or an entry is not finite
 * @see Chan, Golub, LeVeque (1983), Am. Stat. 37, 242
 */
export function meanAndVariance(x: ArrayLike<number>): MeanAndVariance {
  requireLength(x, 2, "Give at least two numbers: one has no spread.");
  const n = x.length;
  const centre = compensatedSum(x) / n;
  const deviations = new Float64Array(n);
  for (let i = 0; i < n; i++) deviations[i] = x[i]! - centre;
  const residual = compensatedSum(deviations);
  for (let i = 0; i < n; i++) deviations[i]! *= deviations[i]!;
  // The residual is what rounding the mean left over; it also mends the mean itself.
  const squares = compensatedSum(deviations) - (residual / n) * residual;
  return { mean: centre + residual / n, variance: Math.max(squares, 0) / (n - 1) };
}

function requireLength(x: ArrayLike<number>, least: number, remedy: string): void {
  if (x.length >= least) return;
  throw new DomainError({ name: "x.length", value: x.length, rule: `must be at least ${least}`, remedy });
}
