/** @file Where the two modes of a sample lie, once there is evidence that there are two. */
import { exp } from "@mesoscope/numerics";
import { quantileOfSorted } from "../statistics/studentised-law.js";

/** Plain JSON. */
export interface TwoModes {
  /** Positions of the peaks of the density, ascending. */
  readonly positions: readonly [number, number];
  /** The lowest point of the density between them. */
  readonly antimode: number;
  /** Shares of the samples below and above the antimode; they sum to 1. */
  readonly weights: readonly [number, number];
  /** Of the Gaussian kernel at which the two were read off: all is blurred by that much. */
  readonly bandwidth: number;
}

const CELLS = 1024;
/** Bandwidths tried fall by this factor: 2^(-1/8). */
const LADDER = 0.9170040432046712;
/** Kernels reach this many bandwidths. */
const REACH = 6;

/**
 * Reads two modes off a kernel density, [eq:critical-bandwidth]: the Gaussian bandwidth falls until a third mode of at least `leastWeight` would
 * appear (Silverman's critical bandwidth for two modes, to within 9 %), and the last density before that is read. Lesser
 * modes are outliers' and belong to their neighbour across the shallower valley.
 * @param sorted (R) ascending
 * @param step samples are multiples of this apart (0 if not): no bandwidth goes below it
 * @param leastWeight share of the samples, above 0 and below 1/2
 * @returns undefined if at no bandwidth exactly two modes have that weight
 */
export function twoModes(sorted: Float64Array, step: number, leastWeight: number): TwoModes | undefined {
  // A mode of the least weight has three quarters of its samples inside.
  const low = quantileOfSorted(sorted, leastWeight / 4);
  const high = quantileOfSorted(sorted, 1 - leastWeight / 4);
  if (!(high > low)) return undefined;
  const cell = (high - low) / (CELLS - 1);
  const counts = binned(sorted, low, cell);
  let found: TwoModes | undefined;
  for (let bandwidth = high - low; bandwidth >= Math.max(step, 2 * cell); bandwidth *= LADDER) {
    const peaks = weightyPeaks(smoothed(counts, bandwidth / cell), sorted, low, cell, leastWeight);
    if (peaks.length > 2) break;
    if (peaks.length === 2) found = describe(peaks, low, cell, bandwidth);
  }
  return found;
}

/** Samples shared between the two nearest grid points; those beyond the grid are left out. */
function binned(sorted: Float64Array, low: number, cell: number): Float64Array {
  const counts = new Float64Array(CELLS);
  for (const x of sorted) {
    const position = (x - low) / cell;
    const below = Math.floor(position);
    if (below < 0 || below >= CELLS) continue;
    const share = position - below;
    counts[below]! += 1 - share;
    if (below + 1 < CELLS) counts[below + 1]! += share;
  }
  return counts;
}

/** Convolved with a Gaussian whose standard deviation is `width` cells. */
function smoothed(counts: Float64Array, width: number): Float64Array {
  const reach = Math.min(CELLS, Math.ceil(REACH * width));
  const kernel = Float64Array.from({ length: reach + 1 }, (_, lag) => exp((-0.5 * lag * lag) / (width * width)));
  const out = new Float64Array(CELLS);
  for (let i = 0; i < CELLS; i++) {
    if (counts[i] === 0) continue;
    for (let j = Math.max(0, i - reach); j <= Math.min(CELLS - 1, i + reach); j++) out[j]! += counts[i]! * kernel[Math.abs(i - j)]!;
  }
  return out;
}

/** A peak of the density, with the valley above it (the end of the grid for the last) and its share of the samples. */
interface Peak {
  readonly at: number;
  readonly height: number;
  readonly valley: number;
  readonly depth: number;
  readonly weight: number;
}

/** Peaks after those below the least weight have joined a neighbour, the lightest first. */
function weightyPeaks(density: Float64Array, sorted: Float64Array, low: number, cell: number, leastWeight: number): readonly Peak[] {
  const shareBelow = (valley: number): number => (valley >= CELLS - 1 ? 1 : sorted.filter((x) => x < low + valley * cell).length / sorted.length);
  let below = 0;
  const peaks = peaksOf(density).map((peak) => {
    const upTo = shareBelow(peak.valley);
    const weight = upTo - below;
    below = upTo;
    return { ...peak, weight };
  });
  while (peaks.length > 1) {
    const lightest = peaks.reduce((best, peak, i) => (peak.weight < peaks[best]!.weight ? i : best), 0);
    if (peaks[lightest]!.weight >= leastWeight) break;
    const left = lightest === 0 ? -1 : peaks[lightest - 1]!.depth;
    const right = lightest === peaks.length - 1 ? -1 : peaks[lightest]!.depth;
    const first = left >= right ? lightest - 1 : lightest;
    peaks.splice(first, 2, joined(peaks[first]!, peaks[first + 1]!));
  }
  return peaks;
}

/** The taller of two neighbours, with the weight of both and the valley above both. */
function joined(a: Peak, b: Peak): Peak {
  const taller = a.height >= b.height ? a : b;
  return { at: taller.at, height: taller.height, valley: b.valley, depth: b.depth, weight: a.weight + b.weight };
}

function peaksOf(density: Float64Array): Omit<Peak, "weight">[] {
  const peaks: Omit<Peak, "weight">[] = [];
  let at = 0;
  while (at < CELLS - 1 || peaks.length === 0) {
    while (at + 1 < CELLS && density[at + 1]! >= density[at]!) at += 1;
    const top = at;
    while (at + 1 < CELLS && density[at + 1]! <= density[at]!) at += 1;
    peaks.push({ at: top, height: density[top]!, valley: at, depth: density[at]! });
    if (at === CELLS - 1) break;
  }
  return peaks;
}

function describe(peaks: readonly Peak[], low: number, cell: number, bandwidth: number): TwoModes {
  const [a, b] = [peaks[0]!, peaks[1]!];
  return { positions: [low + a.at * cell, low + b.at * cell], antimode: low + a.valley * cell, weights: [a.weight, 1 - a.weight], bandwidth };
}
