/** @file Medians over replicas, for what has no mean, and the power of the size with which they go, with resamples of both. */
import { quantileIn } from "./quantile-in.js";
import type { Stream } from "@mesoscope/numerics";
import { DomainError, exp, log, requireInteger } from "@mesoscope/numerics";

export interface MedianOptions {
  readonly confidence: number;
  readonly resamples: number;
  readonly stream: Stream;
}

/** A median with its percentile interval over resamples of replicas [eq:bootstrap]. */
export interface Median {
  readonly value: number;
  readonly interval: readonly [number, number];
  /** In the order in which they were drawn. */
  readonly resampled: Float64Array;
}

/**
 * The median of samples, as resamples of the replicas move it. Their order changes nothing.
 * @throws DomainError for no samples
 */
export function medianOf(samples: Float64Array, { confidence, resamples, stream }: MedianOptions): Median {
  const R = requireInteger("samples.length", samples.length, { min: 1 }, "Give at least one sample.");
  const sorted = samples.slice().sort();
  const [low, high] = [(R - 1) >> 1, R >> 1];
  const resampled = new Float64Array(resamples);
  const counts = new Uint32Array(R);
  for (let b = 0; b < resamples; b++) {
    counts.fill(0);
    for (let i = 0; i < R; i++) counts[stream.integer(R)]! += 1;
    resampled[b] = middle(sorted, counts, low, high);
  }
  return { value: (sorted[low]! + sorted[high]!) / 2, interval: percentiles(resampled, confidence), resampled };
}

/** Mean of the entries of rank low and high in the multiset that has each sample as often as counted. */
function middle(sorted: Float64Array, counts: Uint32Array, low: number, high: number): number {
  let before = 0;
  let first = Number.NaN;
  for (let i = 0; i < sorted.length; i++) {
    before += counts[i]!;
    if (Number.isNaN(first) && before > low) first = sorted[i]!;
    if (before > high) return (first + sorted[i]!) / 2;
  }
  return first;
}

/** A power of the size with its percentile interval. */
export interface MedianPower {
  readonly value: number;
  /** One for each confidence that was asked for. */
  readonly intervals: readonly (readonly [number, number])[];
  /** e^intercept: the line is amplitude n^value. */
  readonly amplitude: number;
}

/**
 * The power p of the line ln m = ln a + p ln n through medians at several sizes, by least squares, and its intervals over their resamples. The power between these sizes, not the one that
 * it tends to: where two powers compete it lies between them.
 * @throws DomainError for fewer than two sizes, or a median that is not positive
 */
export function powerOfMedians(sizes: readonly number[], medians: readonly Median[], confidences: readonly number[]): MedianPower {
  requireInteger("sizes.length", sizes.length, { min: 2 }, "Give at least two sizes.");
  medians.forEach(({ value, resampled }, k) => {
    if (!(value > 0) || resampled.some((one) => !(one > 0))) throw new DomainError({ name: `medians[${k}]`, value, rule: "must be positive, in every resample", remedy: "Leave out what has not moved yet." });
  });
  const line = lineThrough(sizes, medians.map(({ value }) => value));
  const slopes = medians[0]!.resampled.map((_, b) => lineThrough(sizes, medians.map(({ resampled }) => resampled[b]!)).power);
  return { value: line.power, intervals: confidences.map((confidence) => percentiles(slopes, confidence)), amplitude: line.amplitude };
}

function lineThrough(sizes: readonly number[], values: readonly number[]): { readonly power: number; readonly amplitude: number } {
  const x = sizes.map((n) => log(n));
  const y = values.map((value) => log(value));
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [mx, my] = [mean(x), mean(y)];
  const power = x.reduce((sum, one, k) => sum + (one - mx) * (y[k]! - my), 0) / x.reduce((sum, one) => sum + (one - mx) * (one - mx), 0);
  return { power, amplitude: exp(my - power * mx) };
}

function percentiles(values: Float64Array, confidence: number): readonly [number, number] {
  const sorted = values.slice().sort();
  return [quantileIn(sorted, (1 - confidence) / 2), quantileIn(sorted, (1 + confidence) / 2)];
}
