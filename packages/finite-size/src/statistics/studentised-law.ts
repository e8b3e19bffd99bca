/** @file The law of a studentised statistic as the bootstrap shows it, with tails that reach beyond the resamples. */
import { studentQuantile, studentTail } from "../distributions/student.js";

/** The law of t = (estimate - truth) / standard error. */
export interface StudentisedLaw {
  /** P(T <= t). */
  cdf(t: number): number;
  /** P(T > t); keeps its digits where it is small. */
  tail(t: number): number;
  /** t with P(T <= t) = p, 0 < p < 1. */
  quantile(p: number): number;
}

/** Below this many replicas resamples repeat too few values to have a law of their own. */
export const FEWEST_REPLICAS_FOR_BOOTSTRAP = 8;
/** The outermost resamples that are believed; beyond them the tail goes on as Student's, scaled to meet them. */
const RESAMPLES_IN_TAIL = 20;

/** Student's law with R - 1 degrees of freedom. */
export function studentLaw(freedom: number): StudentisedLaw {
  return {
    cdf: (t) => studentTail(-t, freedom),
    tail: (t) => studentTail(t, freedom),
    quantile: (p) => studentQuantile(p, freedom),
  };
}

/**
 * The law of B studentised resamples, [eq:bootstrap]: linear between the order statistics t_(i) at probabilities i / (B + 1).
 * Beyond the 20th from either end, P(T > t) = P(Student > c t) with c such that the two agree there: a joint statement over hundreds
 * of entries asks for probabilities that 2,000 resamples alone could never show.
 * @param resampled (B), sorted in place
 */
export function bootstrapLaw(resampled: Float64Array, freedom: number): StudentisedLaw {
  const sorted = resampled.sort();
  const count = sorted.length;
  const edge = Math.min(RESAMPLES_IN_TAIL, Math.max(1, Math.floor(count / 10)));
  const edgeProbability = edge / (count + 1);
  const believed = studentQuantile(1 - edgeProbability, freedom);
  const lowest = sorted[edge - 1]!;
  const highest = sorted[count - edge]!;
  // Student's scale on either side; an edge on the wrong side of zero has no scale, and the tail then starts from Student's own.
  const below = lowest < 0 ? believed / -lowest : 1;
  const above = highest > 0 ? believed / highest : 1;

  const cdf = (t: number): number => {
    if (t <= lowest) return Math.min(edgeProbability, studentTail(-t * below, freedom));
    if (t >= highest) return 1 - tailAbove(t);
    return between(sorted, t) / (count + 1);
  };
  const tailAbove = (t: number): number => Math.min(edgeProbability, studentTail(t * above, freedom));
  return {
    cdf,
    tail: (t) => (t >= highest ? tailAbove(t) : 1 - cdf(t)),
    quantile: (p) => {
      if (p <= edgeProbability) return Math.min(lowest, studentQuantile(p, freedom) / below);
      if (p >= 1 - edgeProbability) return Math.max(highest, studentQuantile(p, freedom) / above);
      return quantileOfSorted(sorted, p);
    },
  };
}

/** The order statistic at probability p, linear between i / (B + 1). */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length + 1) - 1;
  const below = Math.min(sorted.length - 1, Math.max(0, Math.floor(position)));
  const above = Math.min(sorted.length - 1, below + 1);
  const share = Math.min(1, Math.max(0, position - below));
  return sorted[below]! + share * (sorted[above]! - sorted[below]!);
}

/** Rank of t among the sorted values, 1 at the first, linear between them; equal values count half. */
function between(sorted: Float64Array, t: number): number {
  const first = countBelow(sorted, (value) => value < t);
  const last = countBelow(sorted, (value) => value <= t);
  if (last > first) return (first + 1 + last) / 2;
  const left = sorted[first - 1]!;
  const right = sorted[first]!;
  return first + (t - left) / (right - left);
}

function countBelow(sorted: Float64Array, isBelow: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBelow(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
