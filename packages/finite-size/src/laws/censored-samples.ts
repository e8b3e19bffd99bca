/** @file Samples of which some are lower bounds. */

/** The least of the values that are lower bounds: up to here the law of the samples is known, beyond it is not. */
export function leastCensored(samples: Float64Array, censored: Uint8Array | undefined): number {
  return samples.reduce((least, x, r) => (censored?.[r] === 1 ? Math.min(least, x) : least), Infinity);
}
