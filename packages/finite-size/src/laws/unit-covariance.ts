/** @file Are the units of a system independent? The covariance that is left between any two of them. */
import { requireFinite, requireInRange, requireInteger, type Stream } from "@mesoscope/numerics";
import { inCanonicalOrder } from "../statistics/canonical-order.js";
import { studentisedInterval } from "../statistics/estimate.js";
import { summarise, type Resampling } from "../statistics/summary.js";
import { randomisationTest } from "./randomisation.js";

export interface UnitCovarianceOptions extends Resampling {
  /** Units N of a replica. */
  readonly units: number;
  readonly confidence: number;
  /** N times the covariance that a theory predicts. */
  readonly predicted?: number;
}

/** Plain JSON. */
export interface UnitCovariance {
  readonly units: number;
  readonly replicas: number;
  /** N times the mean covariance of two different units: of order one where mean field has a 1/N correction, growing with N where units move together. */
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
  /** Mean variance of a unit, to compare with. */
  readonly variance: number;
  /** P(|value| this large or larger | independent units), by permuting the replicas of each unit on its own: exact. */
  readonly independence: number;
  /** P(this far or farther from the prediction | it is right), by the bootstrap; if a prediction was given. */
  readonly againstPrediction?: { readonly predicted: number; readonly goodness: number };
}

/**
 * N C, C = mean over i != j of cov(x_i, x_j), [eq:unit-covariance]: unbiased, each unit about its own mean, by way of
 * sum_{i != j} d_i d_j = (sum_i d_i)^2 - sum_i d_i^2, at a cost of R N. The interval is the studentised bootstrap over replicas of that sum, the means held;
 * nominal 95 % cover 94 % with 60 Gaussian replicas, and 92 % with 20 (measured 1,000 times, 6 units).
 * The order of the replicas does not change a bit; that of the units changes the last bits, and which permutations are drawn.
 * @param samples (R, N) row-major
 * @throws DomainError for fewer than 2 units or replicas, fewer than 99 resamples, or a prediction that is not finite
 */
export function unitCovariance(samples: Float64Array, options: UnitCovarianceOptions): UnitCovariance {
  const { units, confidence, predicted, resamples, stream } = options;
  requireInteger("units", units, { min: 2 }, "Give at least 2 units: one has no other.");
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  if (predicted !== undefined) requireFinite("predicted", predicted, "Leave it out where the theory says nothing.");
  const off = aboutUnitMeans(inCanonicalOrder(samples, units), units);
  const replicas = off.length / units;
  requireInteger("replicas", replicas, { min: 2 }, "Give at least 2 replicas: one alone has no covariance.");
  const rows = Array.from({ length: replicas }, (_, r) => off.subarray(r * units, (r + 1) * units));
  // N / (N (N - 1)) for the mean over pairs, R / (R - 1) for the means that were fitted.
  const scale = replicas / ((replicas - 1) * (units - 1));
  const summary = summarise(Float64Array.from(rows, (row) => scale * productOfOthers(row)), 1, options);
  const value = summary.mean[0]!;
  const error = summary.meanError[0]!;
  const law = summary.meanLaw(0);
  const variance = rows.reduce((sum, row) => sum + sumOfSquares(row), 0) / ((replicas - 1) * units);
  return {
    units,
    replicas,
    value,
    interval: studentisedInterval(value, error, law, confidence),
    confidence,
    variance,
    independence: independence(off, units, value, scale, resamples, stream),
    ...(predicted === undefined ? {} : { againstPrediction: { predicted, goodness: twoSided(value - predicted, error, law) } }),
  };
}

function aboutUnitMeans(rows: Float64Array, units: number): Float64Array {
  const replicas = rows.length / units;
  const out = rows.slice();
  for (let i = 0; i < units; i++) {
    let sum = 0;
    for (let at = i; at < rows.length; at += units) sum += rows[at]!;
    for (let at = i; at < rows.length; at += units) out[at]! -= sum / replicas;
  }
  return out;
}

/** sum over i != j of d_i d_j. */
function productOfOthers(row: Float64Array): number {
  let sum = 0;
  for (const d of row) sum += d;
  return sum * sum - sumOfSquares(row);
}

function sumOfSquares(row: Float64Array): number {
  let sum = 0;
  for (const d of row) sum += d * d;
  return sum;
}

/** Permutations change the sums of the replicas, not the squares of the units: N C = scale (mean of squared sums - mean of squares). */
function independence(off: Float64Array, units: number, value: number, scale: number, resamples: number, stream: Stream): number {
  const replicas = off.length / units;
  const squares = sumOfSquares(off) / replicas;
  const columns = Array.from({ length: units }, (_, i) => Float64Array.from({ length: replicas }, (__, r) => off[r * units + i]!));
  const sums = new Float64Array(replicas);
  const draw = (): number => {
    sums.fill(0);
    for (const column of columns) {
      shuffle(column, stream);
      for (let r = 0; r < replicas; r++) sums[r]! += column[r]!;
    }
    return Math.abs(scale * (sumOfSquares(sums) / replicas - squares));
  };
  return randomisationTest(Math.abs(value), resamples, draw, Math.abs(value) + scale * squares).goodness;
}

function shuffle(values: Float64Array, stream: Stream): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
  }
}

/** Twice the smaller tail of t = off / error. A value without error is right or wrong. */
function twoSided(off: number, error: number, law: { cdf(t: number): number; tail(t: number): number }): number {
  if (error === 0) return off === 0 ? 1 : 0;
  return Math.min(1, 2 * Math.min(law.cdf(off / error), law.tail(off / error)));
}
