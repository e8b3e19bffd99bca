import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { requireInteger } from "@mesoscope/numerics";
import { meanFieldMap } from "../map/mean-field-map.js";
import type { WindowState } from "../map/window-state.js";

export interface SeriesOptions {
  /** Tokens before the series begins. */
  readonly burnIn: number;
  /** Length of the series. */
  readonly tokens: number;
}

/** The overlaps of consecutive tokens. */
export interface OverlapSeries {
  /** m^o (tokens, M), oldest first; without the factor 1 - eps and the positional part. */
  readonly overlaps: Float64Array;
  readonly tokens: number;
  readonly features: number;
  /** Index of the first token. */
  readonly t: number;
  readonly end: WindowState;
}

/**
 * A trajectory of the mean-field map as overlaps.
 * @throws DomainError if an option is no integer in its range
 */
export function overlapSeries(network: AttentionNetwork, start: WindowState, { burnIn, tokens }: SeriesOptions): OverlapSeries {
  requireInteger("burnIn", burnIn, { min: 0 });
  requireInteger("tokens", tokens, { min: 1 });
  const m = network.features.features;
  const map = meanFieldMap(network, start);
  map.run(burnIn);
  const t = map.window.time + 1;
  const overlaps = new Float64Array(tokens * m);
  for (let i = 0; i < tokens; i++) {
    map.step();
    map.overlaps(overlaps, i * m);
  }
  return { overlaps, tokens, features: m, t, end: map.state() };
}

/**
 * One feature of a series (tokens).
 * @throws DomainError if there is no such feature
 */
export function featureOf({ overlaps, tokens, features }: OverlapSeries, feature: number): Float64Array {
  requireInteger("feature", feature, { min: 0, max: features - 1 });
  return Float64Array.from({ length: tokens }, (_, i) => overlaps[i * features + feature]!);
}

/**
 * The attractor in the plane of two overlaps: points (tokens, 2).
 * @throws DomainError if there is no such feature
 */
export function attractorPlane(series: OverlapSeries, horizontal: number, vertical: number): Float64Array {
  const x = featureOf(series, horizontal);
  const y = featureOf(series, vertical);
  return Float64Array.from({ length: 2 * series.tokens }, (_, i) => (i % 2 === 0 ? x : y)[i >> 1]!);
}
