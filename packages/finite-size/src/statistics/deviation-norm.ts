/** @file How far a series lies from its prediction, replica by replica: the norm whose fall with the size is an exponent. */
import { DomainError } from "@mesoscope/numerics";
import { summarise, type Resampling } from "./summary.js";
import { studentisedInterval } from "./estimate.js";

/** Root mean square over replicas of |x - prediction|, with its interval and resamples. */
export interface DeviationNorm {
  readonly value: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
  /** The rms of every resample: ready for `fitExponent`. */
  readonly resampled: Float64Array;
  /** The mean square itself, whose power law (a / n)(1 + b / n) has twice the exponent. */
  readonly meanSquare: { readonly value: number; readonly standardError: number; readonly resampled: Float64Array };
}

/**
 * sqrt(mean over replicas of sum_i w_i (x_i - predicted_i)^2).
 * @param samples (R, length) row-major
 * @param predicted (length)
 * @param weights (length), >= 0: the quadrature of the norm; default 1 / length, the mean square over the grid
 * @throws DomainError for wrong lengths or a negative weight, and as `summarise`
 */
export function deviationNorm(
  samples: Float64Array,
  predicted: readonly number[],
  options: Resampling & { readonly confidence: number; readonly weights?: readonly number[] },
): DeviationNorm {
  const length = predicted.length;
  const weights = options.weights ?? predicted.map(() => 1 / length);
  if (weights.length !== length || weights.some((w) => !(w >= 0 && Number.isFinite(w)))) {
    throw new DomainError({ name: "weights", value: weights, rule: `must be ${length} finite numbers, none negative`, remedy: "Give one weight for each entry of the prediction." });
  }
  if (length === 0 || samples.length % length !== 0) {
    throw new DomainError({ name: "samples", value: samples.length, rule: `must be a whole number of rows of ${length}`, remedy: "Give (replicas, length) row-major." });
  }
  const squares = new Float64Array(samples.length / length);
  for (let r = 0; r < squares.length; r++) {
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const off = samples[r * length + i]! - predicted[i]!;
      sum += weights[i]! * off * off;
    }
    squares[r] = sum;
  }
  const summary = summarise(squares, 1, options);
  const meanSquare = summary.mean[0]!;
  const error = summary.meanError[0]!;
  const value = Math.sqrt(meanSquare);
  const [low, high] = studentisedInterval(meanSquare, error, summary.meanLaw(0), options.confidence);
  return {
    value,
    standardError: value > 0 ? error / (2 * value) : 0,
    interval: [Math.sqrt(Math.max(0, low)), Math.sqrt(Math.max(0, high))],
    confidence: options.confidence,
    resampled: summary.resampledMean.map(Math.sqrt),
    meanSquare: { value: meanSquare, standardError: error, resampled: summary.resampledMean },
  };
}
