/** @file Whether two ensembles differ by more than a random split of both together does: right for any law, however heavy its tails. */
import { log, type Stream } from "@mesoscope/numerics";
import { inCanonicalOrder } from "../statistics/canonical-order.js";

export interface Relabelling {
  /** Entries of a row. */
  readonly length: number;
  readonly resamples: number;
  readonly stream: Stream;
}

/**
 * P(a difference this large | both have one law): the largest difference in mean or spread over all entries, in standard errors, beside that of random
 * splits of all rows into two parts of the same sizes. Under one law every split is as likely, so the chance is exact.
 * @param first (R_1, length) row-major
 * @param second (R_2, length)
 */
export function relabelledChance(first: Float64Array, second: Float64Array, { length, resamples, stream }: Relabelling): number {
  const one = inCanonicalOrder(first, length);
  const all = new Float64Array(first.length + second.length);
  all.set(one);
  all.set(inCanonicalOrder(second, length), one.length);
  const powers = powersOfScores(all, length);
  const rows = all.length / length;
  const order = Uint32Array.from({ length: rows }, (_, r) => r);
  const part = one.length / length;
  const observed = largestDifference(powers, order, part, length);
  let count = 0;
  for (let b = 0; b < resamples; b++) {
    for (let r = 0; r < part; r++) {
      const other = r + stream.integer(rows - r);
      [order[r], order[other]] = [order[other]!, order[r]!];
    }
    if (largestDifference(powers, order, part, length) >= observed * (1 - 1e-9)) count += 1;
  }
  return (count + 1) / (resamples + 1);
}

/** z, z^2, z^3, z^4 of every number about the mean of all in units of their spread, (rows, length, 4). */
function powersOfScores(all: Float64Array, length: number): Float64Array {
  const rows = all.length / length;
  const powers = new Float64Array(4 * all.length);
  for (let i = 0; i < length; i++) {
    let largest = 0;
    const centre = meanOf(all, length, i);
    for (let r = 0; r < rows; r++) largest = Math.max(largest, Math.abs(all[r * length + i]! - centre));
    let square = 0;
    if (largest > 0) for (let r = 0; r < rows; r++) square += ((all[r * length + i]! - centre) / largest) * ((all[r * length + i]! - centre) / largest);
    const unit = largest * Math.sqrt(square / rows);
    for (let r = 0; r < rows; r++) {
      const z = unit > 0 ? (all[r * length + i]! - centre) / unit : 0;
      powers.set([z, z * z, z * z * z, z * z * z * z], 4 * (r * length + i));
    }
  }
  return powers;
}

function meanOf(all: Float64Array, length: number, entry: number): number {
  const rows = all.length / length;
  let mean = 0;
  for (let r = 0; r < rows; r++) mean += all[r * length + entry]! / rows;
  return mean;
}

function largestDifference(powers: Float64Array, order: Uint32Array, part: number, length: number): number {
  let largest = 0;
  for (let i = 0; i < length; i++) {
    const first = momentsOf(powers, order.subarray(0, part), length, i);
    const second = momentsOf(powers, order.subarray(part), length, i);
    const error = Math.sqrt(first.variance / part + second.variance / (order.length - part));
    const mean = Math.abs(first.mean - second.mean);
    largest = Math.max(largest, error > 0 ? mean / error : mean > 0 ? Infinity : 0);
    const spreadError = Math.sqrt(first.logSdVariance + second.logSdVariance);
    if (first.variance > 0 && second.variance > 0 && spreadError > 0) largest = Math.max(largest, Math.abs(log(first.variance / second.variance)) / 2 / spreadError);
  }
  return largest;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
  /** Of the logarithm of the standard deviation. */
  readonly logSdVariance: number;
}

function momentsOf(powers: Float64Array, rows: Uint32Array, length: number, entry: number): Moments {
  let [s1, s2, s3, s4] = [0, 0, 0, 0];
  for (const row of rows) {
    const at = 4 * (row * length + entry);
    s1 += powers[at]!;
    s2 += powers[at + 1]!;
    s3 += powers[at + 2]!;
    s4 += powers[at + 3]!;
  }
  const count = rows.length;
  const mean = s1 / count;
  const second = s2 / count - mean * mean;
  // Rounding leaves about 1e-16 where all are equal.
  if (!(second > 1e-13)) return { mean, variance: 0, logSdVariance: 0 };
  const fourth = s4 / count - (4 * mean * s3) / count + (6 * mean * mean * s2) / count - 3 * mean * mean * mean * mean;
  const unit = count > 3 ? (count - 3) / (count - 1) : 0;
  return { mean, variance: (second * count) / (count - 1), logSdVariance: Math.max(0, fourth / (second * second) - unit) / (4 * count) };
}
