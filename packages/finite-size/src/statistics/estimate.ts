/** @file Estimates of means and spreads with intervals, entry by entry. */
import { exp, requireInRange } from "@mesoscope/numerics";
import { summarise, type Resampling, type Summary } from "./summary.js";
import type { StudentisedLaw } from "./studentised-law.js";

/** Numbers with their intervals, one for each entry of an observable. Plain JSON. */
export interface Estimate {
  readonly value: readonly number[];
  readonly standardError: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly confidence: number;
}

export interface EstimateOptions extends Resampling {
  /** Entries per replica; 1 for a scalar. */
  readonly length?: number;
  readonly confidence: number;
}

/**
 * Mean over replicas with studentised bootstrap intervals, [eq:bootstrap]: [m - q_{1 - a/2} se, m - q_{a/2} se].
 * Second-order right also for skewed laws; below 8 replicas Student's interval.
 * @param samples (R, length) row-major
 * @throws DomainError as `summarise`, or for a confidence outside (0, 1)
 */
export function estimateMean(samples: Float64Array, options: EstimateOptions): Estimate {
  return meanEstimate(summarise(samples, options.length ?? 1, options), options.confidence);
}

/** Standard deviation over replicas with studentised bootstrap intervals of its logarithm, so that no bound is negative. */
export function estimateSpread(samples: Float64Array, options: EstimateOptions): Estimate {
  return spreadEstimate(summarise(samples, options.length ?? 1, options), options.confidence);
}

/** The estimate of the mean that a summary holds. */
export function meanEstimate(summary: Summary, confidence: number): Estimate {
  const intervals = Array.from(summary.mean, (mean, i) => studentisedInterval(mean, summary.meanError[i]!, summary.meanLaw(i), confidence));
  return estimateFrom(summary.mean, summary.meanError, intervals, confidence);
}

/** The estimate of the spread that a summary holds. */
export function spreadEstimate(summary: Summary, confidence: number): Estimate {
  const intervals = Array.from(summary.sd, (sd, i) => {
    const [lower, upper] = studentisedInterval(0, summary.logSdError[i]!, summary.logSdLaw(i), confidence);
    return [sd * exp(lower), sd * exp(upper)] as const;
  });
  return estimateFrom(
    summary.sd,
    summary.sd.map((sd, i) => sd * summary.logSdError[i]!),
    intervals,
    confidence,
  );
}

/** [value - q_{1 - a/2} error, value - q_{a/2} error] with 1 - a the confidence. A value without error is its own interval. */
export function studentisedInterval(value: number, error: number, law: StudentisedLaw, confidence: number): readonly [number, number] {
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  if (error === 0) return [value, value];
  const half = (1 - confidence) / 2;
  return [value - law.quantile(1 - half) * error, value - law.quantile(half) * error];
}

function estimateFrom(value: Float64Array, error: Float64Array, intervals: readonly (readonly [number, number])[], confidence: number): Estimate {
  return {
    value: [...value],
    standardError: [...error],
    lower: intervals.map(([lower]) => lower),
    upper: intervals.map(([, upper]) => upper),
    confidence,
  };
}
