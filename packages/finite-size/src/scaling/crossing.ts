/** @file Where fitted curves over the size cross a tolerance for the last time. */
import { exp, log, requirePositive } from "@mesoscope/numerics";
import { powerLawAt, type PowerLawFit } from "./power-law.js";
import { quantileOfSorted } from "../statistics/studentised-law.js";

/** Sizes beyond this are not worth naming. */
export const LARGEST_SIZE = 1e12;

/**
 * Largest n in [1, 1e12] at which the worst of all curves has the margin's height; 1 if they are below it everywhere, undefined if one
 * is above it at the end.
 */
export function lastCrossing(fits: readonly PowerLawFit[], margin: number): number | undefined {
  requirePositive("margin", margin);
  const height = (logN: number): number => {
    const n = exp(logN);
    let worst = 0;
    for (const fit of fits) for (let c = 0; c < fit.amplitudes.length; c++) worst = Math.max(worst, Math.abs(powerLawAt(fit, c, n)));
    return worst;
  };
  if (height(log(LARGEST_SIZE)) > margin) return undefined;
  let above = Math.min(log(LARGEST_SIZE), Math.max(0, ...fits.map((fit) => lastPossible(fit, margin))));
  // Downwards in steps of a factor 1.5: a correction may bend the curve, so the first crossing from above is the one meant.
  const step = log(1.5);
  let below = above;
  while (below > 0 && height(below) <= margin) {
    above = below;
    below = Math.max(0, below - step);
  }
  if (height(below) <= margin) return 1;
  for (let i = 0; i < 45; i++) {
    const middle = (above + below) / 2;
    if (height(middle) > margin) below = middle;
    else above = middle;
  }
  return exp((above + below) / 2);
}

/**
 * log n beyond which no curve of a falling fit can reach the margin: |a| (1 + |b| / n) / n^p < margin, where |b| / n < 1. A fit that does not fall
 * gives no bound.
 */
function lastPossible({ exponent, amplitudes, corrections }: PowerLawFit, margin: number): number {
  if (!(exponent > 0)) return log(LARGEST_SIZE);
  return amplitudes.reduce((most, a, c) => Math.max(most, a === 0 ? 0 : log((2 * Math.abs(a)) / margin) / exponent, corrections[c] === 0 ? 0 : log(Math.abs(corrections[c]!))), 0);
}

/** The crossing of every resample, Infinity where one never crosses. Resample b of several curves is one draw of replicas. */
export function crossingsOf(refits: readonly (readonly PowerLawFit[])[], margin: number): Float64Array {
  const resamples = Math.min(...refits.map((curve) => curve.length));
  return Float64Array.from({ length: resamples }, (_, b) => lastCrossing(refits.map((curve) => curve[b]!), margin) ?? Infinity);
}

/** Percentile interval of crossings; an infinite upper end is null, an infinite lower end leaves nothing to tell. */
export function crossingInterval(crossings: Float64Array, confidence: number): readonly [number, number | null] | undefined {
  const sorted = crossings.slice().sort();
  const half = (1 - confidence) / 2;
  // An infinite neighbour makes the quantile between it and a finite one infinite, or not a number: both mean unbounded.
  const lower = quantileOfSorted(sorted, half);
  const upper = quantileOfSorted(sorted, 1 - half);
  return Number.isFinite(lower) ? [lower, Number.isFinite(upper) ? upper : null] : undefined;
}
