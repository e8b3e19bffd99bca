/** @file Laws of whole numbers of tokens as densities over bins of whole tokens. */
import type { Prediction } from "@mesoscope/contracts";

/** Bins at most. */
const MOST_BINS = 40;

/** Histogram of whole numbers: every bin holds equally many of them, so that no comb is seen. */
export function onWholeTokens(times: Float64Array): { readonly edges: readonly number[]; readonly density: readonly number[] } {
  const [low, high] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  const width = Math.max(1, Math.ceil((high - low + 1) / MOST_BINS));
  const bins = Math.ceil((high - low + 1) / width);
  const counts = new Array<number>(bins).fill(0);
  for (const time of times) counts[Math.floor((time - low) / width)]! += 1;
  return { edges: Array.from({ length: bins + 1 }, (_, i) => low - 0.5 + i * width), density: counts.map((count) => count / (times.length * width)) };
}

/** A predicted law of whole numbers at the centres of the same bins: its table has each number at the two probabilities between which it lies. */
export function predictedOnTokens({ probabilities, quantiles }: NonNullable<Prediction["law"]>, edges: readonly number[]): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const mass = new Array<number>(edges.length - 1).fill(0);
  const width = edges[1]! - edges[0]!;
  for (let i = 0; i + 1 < quantiles.length; i += 2) {
    const bin = Math.floor((quantiles[i]! - edges[0]!) / width);
    if (bin >= 0 && bin < mass.length) mass[bin]! += probabilities[i + 1]! - probabilities[i]!;
  }
  return { x: mass.map((_, i) => (edges[i]! + edges[i + 1]!) / 2), y: mass.map((weight) => weight / width) };
}
