/** @file Bands that hold the whole series at once, not each of its entries by itself. */
import { requireInRange, requireInteger } from "@mesoscope/numerics";
import type { Summary } from "./summary.js";

/** A band around the means of a series. Plain JSON. */
export interface SimultaneousBand {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Probability that the means of all entries lie inside. */
  readonly confidence: number;
  /** Half width in standard errors, the same at every entry: compare 1.96 of a single entry. */
  readonly quantile: number;
}

/**
 * Max-t band, [eq:max-t]: m_i -+ q se_i, with q the quantile of max_i |t_i| over resamples of whole replicas. Entries that go
 * together (times close by) cost hardly more than one; independent ones cost what Bonferroni's bound costs.
 * @param entries the first of these many entries; default all
 * @throws DomainError for a confidence outside (0.5, 1) or no entries
 */
export function simultaneousBand(summary: Summary, confidence: number, entries: number = summary.length): SimultaneousBand {
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  requireInteger("entries", entries, { min: 1, max: summary.length }, "Give at least one entry of the series.");
  const quantile = summary.largestMeanQuantile(confidence, entries);
  const edge = (sign: number): readonly number[] => Array.from({ length: entries }, (_, i) => summary.mean[i]! + sign * quantile * summary.meanError[i]!);
  return { lower: edge(-1), upper: edge(1), confidence, quantile };
}
