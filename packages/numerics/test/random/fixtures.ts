/** @file The tables of fixtures/make_tables.py, typed. */
import tables from "./fixtures/tables.json" with { type: "json" };

/** A binomial law cut into bins: bin i holds (upper[i - 1], upper[i]], the last one everything above. */
export interface BinomialBins {
  readonly n: number;
  readonly p: number;
  readonly upper: readonly number[];
  readonly probability: readonly number[];
}

export const normalQuantiles = tables.normal_quantile as [number, number][];
export const stirlingErrors = tables.stirling_error as [number, number][];
export const logDensities = tables.log_density as [number, number, number, number][];
export const binomialBins: readonly BinomialBins[] = tables.binomial_bins;
