/** @file Whole laws compared: the largest distance between distribution functions. */
import { log, requireInRange, requireInteger } from "@mesoscope/numerics";
import { kolmogorovTail } from "../distributions/kolmogorov.js";
import { inCanonicalOrder } from "../statistics/canonical-order.js";
import { leastCensored } from "./censored-samples.js";
import { requireTable, type PredictedLaw, type QuantileTable } from "./predicted-law.js";

export interface LawDistance {
  /** sup |F_R - F|, over the tabulated quantiles if the law is a table. */
  readonly value: number;
  /** The true law's distance lies in here (Dvoretzky, Kiefer, Wolfowitz; Massart's constant): value +- sqrt(log(2 / a) / (2 R)). */
  readonly interval: readonly [number, number];
  readonly confidence: number;
  /** P(this far or farther | the law is right), by Kolmogorov's law; for a table it is too large, never too small. */
  readonly goodness: number;
  readonly replicas: number;
}

/**
 * Kolmogorov-Smirnov distance of samples from a predicted law. A table is compared at its quantiles alone, without interpolation.
 * Censored samples (lower bounds) leave F_R known up to the least of them, and it is compared up to there.
 * @param samples (R)
 * @throws DomainError for no samples, or a table that does not ascend inside [0, 1]
 */
export function kolmogorovSmirnov(samples: Float64Array, law: PredictedLaw, options: { readonly confidence: number; readonly censored?: Uint8Array | undefined }): LawDistance {
  requireInteger("samples.length", samples.length, { min: 1 }, "Give at least one sample.");
  requireInRange("confidence", options.confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  const sorted = inCanonicalOrder(samples, 1);
  const known = leastCensored(samples, options.censored);
  const value = typeof law === "function" ? distanceFrom(sorted, law, known) : distanceAt(sorted, law, known);
  const half = Math.sqrt(log(2 / (1 - options.confidence)) / (2 * samples.length));
  return {
    value,
    interval: [Math.max(0, value - half), Math.min(1, value + half)],
    confidence: options.confidence,
    goodness: kolmogorovTail(value, samples.length),
    replicas: samples.length,
  };
}

function distanceFrom(sorted: Float64Array, cdf: (x: number) => number, known: number): number {
  const count = sorted.length;
  let distance = 0;
  for (let r = 0; r < count && sorted[r]! < known; r++) {
    const f = requireInRange(`cdf(${sorted[r]!})`, cdf(sorted[r]!), { min: 0, max: 1 }, "A distribution function lies between 0 and 1.");
    distance = Math.max(distance, f - r / count, (r + 1) / count - f);
  }
  return distance;
}

function distanceAt(sorted: Float64Array, law: QuantileTable, known: number): number {
  requireTable(law);
  let distance = 0;
  let below = 0;
  let upTo = 0;
  law.quantiles.forEach((q, i) => {
    if (q >= known) return;
    const p = law.probabilities[i]!;
    while (below < sorted.length && sorted[below]! < q) below += 1;
    upTo = Math.max(upTo, below);
    while (upTo < sorted.length && sorted[upTo]! <= q) upTo += 1;
    // The law may jump at q as the samples do: only what lies outside both steps counts.
    distance = Math.max(distance, below / sorted.length - p, p - upTo / sorted.length);
  });
  return distance;
}
