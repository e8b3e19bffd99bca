/** @file Densities for figures of whole laws. */

/** Histogram as densities between edges; about the square root of the number of samples, at most 40 bins. */
export function histogram(samples: Float64Array): { readonly edges: readonly number[]; readonly density: readonly number[] } {
  const sorted = Float64Array.from(samples).sort();
  const low = sorted[0] ?? 0;
  const high = sorted.at(-1) ?? 1;
  const bins = high > low ? Math.max(4, Math.min(40, Math.round(Math.sqrt(samples.length)))) : 1;
  const width = high > low ? (high - low) / bins : 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted) counts[Math.min(bins - 1, Math.floor((value - low) / width))]! += 1;
  return {
    edges: Array.from({ length: bins + 1 }, (_, i) => low + i * width),
    density: counts.map((count) => count / (Math.max(1, samples.length) * width)),
  };
}

/** What is needed of a law to draw its density. */
export interface DrawableLaw {
  quantile(p: number): number;
  cdf(t: number): number;
}

/**
 * Density of `rate` T by central differences of the distribution function of T, between the 0.1 % and 99.9 % quantiles: for the eye, not
 * for tests.
 */
export function densityOfLaw(law: DrawableLaw, rate = 1, points = 120): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const from = law.quantile(0.001);
  const to = law.quantile(0.999);
  const step = (to - from) / points;
  const times = Array.from({ length: points }, (_, i) => from + (i + 0.5) * step);
  return { x: times.map((t) => rate * t), y: times.map((t) => (law.cdf(t + step / 2) - law.cdf(t - step / 2)) / (rate * step)) };
}
