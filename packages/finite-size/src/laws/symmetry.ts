/** @file Is a law its own mirror image? About a known centre exactly, about an unknown one by resampling its symmetric part. */
import { requireFinite, requireInteger } from "@mesoscope/numerics";
import { inCanonicalOrder } from "../statistics/canonical-order.js";
import { drawRows } from "../statistics/draw-rows.js";
import type { Resampling } from "../statistics/summary.js";
import { randomisationTest } from "./randomisation.js";
import { randomSigns } from "./random-signs.js";

/** One statistic of asymmetry: 0 for a symmetric sample. */
export interface AsymmetryTest {
  readonly value: number;
  /** P(this large in modulus, or larger | the law is symmetric). */
  readonly goodness: number;
}

/** Plain JSON. */
export interface SymmetryAboutCentre {
  readonly centre: number;
  /** Samples away from the centre: those at it have no side. */
  readonly sided: number;
  /** max_t |#{x <= centre - t} - #{x >= centre + t}| / R: sees any asymmetry, best one in the bulk. */
  readonly kolmogorov: AsymmetryTest;
  /** Wilcoxon's signed ranks, from -1 (all below) to 1 (all above): sees a shift off the centre; blind to a skewness that balances. */
  readonly signedRank: AsymmetryTest;
}

/** Distances from the centre that differ by less, relative to the numbers themselves, are ties that rounding parted. */
const ROUNDING = 1e-12;

/**
 * Tests of symmetry about a known centre, [eq:sign-symmetry]. Given the distances |x - centre|, the sides of a symmetric law are fair coins: they are
 * thrown anew `resamples` times, so the level is exact for every law and number of replicas, ties and lattices included.
 * @param samples (R)
 * @throws DomainError for no samples, fewer than 99 resamples, or a centre that is not finite
 */
export function symmetryAbout(samples: Float64Array, centre: number, { resamples, stream }: Resampling): SymmetryAboutCentre {
  requireInteger("samples.length", samples.length, { min: 1 }, "Give at least one sample.");
  requireFinite("centre", centre, "Give the centre that the theory predicts.");
  requireInteger("resamples", resamples, { min: 99 }, "Give at least 99; 2,000 is usual.");
  const { signs, ranks, groupEnds } = sidesByDistance(inCanonicalOrder(samples, 1), centre);
  const largest = largestImbalance(signs, groupEnds);
  const rankSum = sumOf(signs, ranks);
  const thrown = new Int8Array(signs.length);
  const sums = { kolmogorov: 0, signedRank: 0 };
  for (let b = 0; b < resamples; b++) {
    randomSigns(stream, thrown);
    if (largestImbalance(thrown, groupEnds) >= largest) sums.kolmogorov += 1;
    if (Math.abs(sumOf(thrown, ranks)) >= Math.abs(rankSum)) sums.signedRank += 1;
  }
  const all = signs.length * (signs.length + 1);
  return {
    centre,
    sided: signs.length,
    kolmogorov: { value: largest / samples.length, goodness: (1 + sums.kolmogorov) / (1 + resamples) },
    signedRank: { value: all > 0 ? rankSum / all : 0, goodness: (1 + sums.signedRank) / (1 + resamples) },
  };
}

interface Sides {
  /** +-1 by descending distance from the centre. */
  readonly signs: Int8Array;
  /** Twice the mean rank of the distance among all, 1 the nearest: whole numbers, so that sums are exact. */
  readonly ranks: Float64Array;
  /** One past the last of each group of equal distances. */
  readonly groupEnds: readonly number[];
}

function sidesByDistance(sorted: Float64Array, centre: number): Sides {
  const rounding = ROUNDING * Math.max(Math.abs(centre), Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!));
  const off = [...sorted].map((x) => x - centre).filter((y) => Math.abs(y) > rounding);
  off.sort((a, b) => Math.abs(b) - Math.abs(a) || a - b);
  const ranks = new Float64Array(off.length);
  const groupEnds: number[] = [];
  for (let first = 0; first < off.length; ) {
    let end = first + 1;
    while (end < off.length && Math.abs(off[end - 1]!) - Math.abs(off[end]!) <= rounding) end += 1;
    ranks.fill(2 * off.length - first - end + 1, first, end);
    groupEnds.push(end);
    first = end;
  }
  return { signs: Int8Array.from(off, Math.sign), ranks, groupEnds };
}

/** max over groups of |sum of the signs from the farthest to the end of the group|. */
function largestImbalance(signs: Int8Array, groupEnds: readonly number[]): number {
  let largest = 0;
  let sum = 0;
  let at = 0;
  for (const end of groupEnds) {
    while (at < end) sum += signs[at++]!;
    largest = Math.max(largest, Math.abs(sum));
  }
  return largest;
}

function sumOf(signs: Int8Array, ranks: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < signs.length; i++) sum += signs[i]! * ranks[i]!;
  return sum;
}

/** Plain JSON. */
export interface SymmetryOfShape {
  /** The centre about which the samples are most symmetric: the median of the mid-sums (x_(i) + x_(R+1-i)) / 2. */
  readonly centre: number;
  /** Distance of the law from its mirror image, over twice the mean distance from the centre, in [0, 1]: sees any asymmetry. */
  readonly mirror: AsymmetryTest;
  /** sqrt(R) (mean - median) / (sqrt(pi / 2) mean |x - median|) of Miao, Gel and Gastwirth: sees a skew that parts mean and median, and its sign. */
  readonly meanAgainstMedian: AsymmetryTest;
}

/**
 * Tests of symmetry about an unknown centre, [eq:mirror-symmetry]. The null law is that of resamples of the symmetric part of the samples: a
 * sample drawn with replacement, thrown to either side of the centre by a fair coin, with the centre, mean and median of the resample its own.
 * Right for many replicas, also for laws with two modes; below about 30 replicas the level is a guide.
 * Source of the second statistic: W. Miao, Y. R. Gel, J. L. Gastwirth (2006).
 * @param samples (R)
 * @throws DomainError for fewer than 3 samples, or fewer than 99 resamples
 */
export function symmetryOfShape(samples: Float64Array, { resamples, stream }: Resampling): SymmetryOfShape {
  requireInteger("samples.length", samples.length, { min: 3 }, "Give at least 3 samples.");
  requireInteger("resamples", resamples, { min: 99 }, "Give at least 99; 2,000 is usual.");
  const sorted = inCanonicalOrder(samples, 1);
  const observed = shapeOf(sorted);
  const off = sorted.map((x) => x - observed.centre);
  const rows = new Uint32Array(off.length);
  const signs = new Int8Array(off.length);
  const drawn = Array.from({ length: resamples }, () => {
    drawRows(stream, off.length, rows);
    randomSigns(stream, signs);
    return shapeOf(Float64Array.from(rows, (row, i) => signs[i]! * off[row]!).sort());
  });
  const test = (value: number, of: (shape: Shape) => number): AsymmetryTest => {
    let next = 0;
    return { value, goodness: randomisationTest(Math.abs(value), resamples, () => Math.abs(of(drawn[next++]!))).goodness };
  };
  return { centre: observed.centre, mirror: test(observed.mirror, (s) => s.mirror), meanAgainstMedian: test(observed.meanAgainstMedian, (s) => s.meanAgainstMedian) };
}

interface Shape {
  readonly centre: number;
  readonly mirror: number;
  readonly meanAgainstMedian: number;
}

const SQRT_HALF_PI = 1.2533141373155003;

function shapeOf(sorted: Float64Array): Shape {
  const count = sorted.length;
  const middles = sorted.map((x, i) => (x + sorted[count - 1 - i]!) / 2);
  const centre = medianOfSorted(middles.slice().sort());
  const median = medianOfSorted(sorted);
  let carried = 0;
  let aboutCentre = 0;
  let aboutMedian = 0;
  let sum = 0;
  sorted.forEach((x, i) => {
    carried += Math.abs(middles[i]! - centre);
    aboutCentre += Math.abs(x - centre);
    aboutMedian += Math.abs(x - median);
    sum += x - median;
  });
  return {
    centre,
    mirror: aboutCentre > 0 ? carried / aboutCentre : 0,
    meanAgainstMedian: aboutMedian > 0 ? (Math.sqrt(count) * sum) / (SQRT_HALF_PI * aboutMedian) : 0,
  };
}

function medianOfSorted(sorted: Float64Array): number {
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
