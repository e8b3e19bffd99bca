/** @file Bootstrap intervals of any statistic of scalar samples. */
import { DomainError, requireInRange, requireInteger } from "@mesoscope/numerics";
import { normalCdf, normalQuantile } from "../distributions/normal.js";
import { inCanonicalOrder } from "./canonical-order.js";
import { drawRows } from "./draw-rows.js";
import { quantileOfSorted } from "./studentised-law.js";
import type { Resampling } from "./summary.js";

export interface BootstrapInterval {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
  /** The statistic of every resample, ascending. */
  readonly resampled: Float64Array;
}

export interface BootstrapOptions extends Resampling {
  readonly confidence: number;
  /** "bca" corrects bias and skewness, at the cost of R more evaluations; "percentile" does not. Default "bca". */
  readonly method?: "percentile" | "bca";
}

/**
 * Interval of a statistic by resampling replicas with replacement, [eq:bootstrap]: quantiles of the resampled statistic, by default
 * bias-corrected and accelerated (B. Efron, J. Amer. Statist. Assoc. 82 (1987) 171-185). For a mean or a standard deviation
 * `estimateMean` and `estimateSpread` are better: they studentise.
 * @param statistic a pure function of samples that does not depend on their order
 * @throws DomainError for fewer than 2 samples, fewer than 99 resamples, or a statistic that is not finite
 */
export function bootstrapInterval(samples: Float64Array, statistic: (samples: Float64Array) => number, options: BootstrapOptions): BootstrapInterval {
  return intervalOf(samples, { of: statistic, leftOut: (sorted) => jackknife(sorted, statistic) }, options);
}

/** A statistic that does not depend on the order of the samples. */
export interface Statistic {
  readonly of: (samples: Float64Array) => number;
  /** Its values with each of the ascending samples left out (R): a formula for them may be cheaper than R evaluations. */
  readonly leftOut: (sorted: Float64Array) => Float64Array;
}

/** {@link bootstrapInterval} of a statistic that knows its jackknife. */
export function intervalOf(samples: Float64Array, { of: statistic, leftOut }: Statistic, options: BootstrapOptions): BootstrapInterval {
  const { confidence, resamples, stream, method = "bca" } = options;
  requireInteger("samples.length", samples.length, { min: 2 }, "Give at least 2 samples.");
  requireInteger("resamples", resamples, { min: 99 }, "Give at least 99; 2,000 is usual.");
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  const sorted = inCanonicalOrder(samples, 1);
  const value = finite(statistic(sorted), "the samples");
  const resampled = new Float64Array(resamples);
  const draw = new Float64Array(sorted.length);
  const rows = new Uint32Array(sorted.length);
  for (let b = 0; b < resamples; b++) {
    drawRows(stream, sorted.length, rows);
    rows.forEach((row, i) => (draw[i] = sorted[row]!));
    resampled[b] = finite(statistic(draw), `resample ${b}`);
  }
  resampled.sort();
  const half = (1 - confidence) / 2;
  const probabilities = method === "bca" ? correctedProbabilities(half, value, resampled, leftOut(sorted)) : ([half, 1 - half] as const);
  return { value, interval: [quantileOfSorted(resampled, probabilities[0]), quantileOfSorted(resampled, probabilities[1])], confidence, resampled };
}

/** The statistic with one sample left out, for each. Equal neighbours give equal values, so they are computed once. */
function jackknife(sorted: Float64Array, statistic: (samples: Float64Array) => number): Float64Array {
  const out = new Float64Array(sorted.length);
  for (let left = 0; left < sorted.length; left++) {
    out[left] = left > 0 && sorted[left] === sorted[left - 1] ? out[left - 1]! : finite(statistic(sorted.filter((_, i) => i !== left)), `the samples without number ${left}`);
  }
  return out;
}

/** Phi(z0 + (z0 + z) / (1 - a (z0 + z))) with the bias z0 from the resamples and the acceleration a from the jackknife. */
function correctedProbabilities(half: number, value: number, resampled: Float64Array, left: Float64Array): readonly [number, number] {
  const below = resampled.reduce((count, r) => count + (r < value ? 1 : r === value ? 0.5 : 0), 0);
  const bias = normalQuantile(Math.min(1 - 0.5 / resampled.length, Math.max(0.5 / resampled.length, below / resampled.length)));
  const mean = left.reduce((sum, v) => sum + v, 0) / left.length;
  let second = 0;
  let third = 0;
  for (const v of left) {
    second += (mean - v) * (mean - v);
    third += (mean - v) * (mean - v) * (mean - v);
  }
  const acceleration = second > 0 ? third / (6 * second * Math.sqrt(second)) : 0;
  const corrected = (z: number): number => normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
  return [corrected(normalQuantile(half)), corrected(normalQuantile(1 - half))];
}

function finite(value: number, where: string): number {
  if (Number.isFinite(value)) return value;
  throw new DomainError({ name: `statistic of ${where}`, value, rule: "must be finite", remedy: "Choose a statistic that every resample has, or give more samples." });
}
