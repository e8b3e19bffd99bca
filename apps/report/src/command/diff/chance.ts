/** @file Whether two estimates with intervals differ by more than chance. */
import { bracketedRoot, exp } from "@mesoscope/numerics";
import { erfc, logGamma } from "@mesoscope/special-functions";

/** An estimate whose interval covers the truth with the stated confidence. */
export interface IntervalEstimate {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
}

/** z of a difference and P(|Z| >= |z|), not yet adjusted for other tests; without z where no interval has any width. */
export interface DifferenceTest {
  readonly z?: number;
  readonly level: number;
}

/** P(|Z| >= |z|) of a standard normal Z. */
export function twoSidedLevel(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

const halfWidths = new Map<number, number>();

/** z with P(|Z| <= z) = confidence: half the width of an interval of a normal estimate, in standard errors. */
export function halfWidthInErrors(confidence: number): number {
  const known = halfWidths.get(confidence);
  if (known !== undefined) return known;
  const z = bracketedRoot((at) => twoSidedLevel(at) - (1 - confidence), 0, 40, { tolerance: 1e-13 }).root;
  if (halfWidths.size < 64) halfWidths.set(confidence, z);
  return z;
}

/**
 * Tests that two independent estimates have one truth: z = (b - a) / sqrt(se_a^2 + se_b^2), each standard error the width of its interval
 * over twice the normal quantile of its confidence. Exact for normal estimates of known error, an approximation for others.
 * Samples that are shared (equal seeds) make the true error of the difference smaller: the test then errs to "within chance".
 * @returns undefined where an interval is upside down, or an error is beyond the doubles
 */
export function testDifference(a: IntervalEstimate, b: IntervalEstimate): DifferenceTest | undefined {
  const [first, second] = [standardError(a), standardError(b)];
  if (first === undefined || second === undefined) return undefined;
  const difference = b.value - a.value;
  const larger = Math.max(first, second);
  if (difference === 0) return { z: 0, level: 1 };
  // Two numbers that leave nothing to chance, and are not one.
  if (larger === 0) return { level: 0 };
  const z = difference / larger / Math.sqrt((first / larger) * (first / larger) + (second / larger) * (second / larger));
  return Number.isFinite(z) ? { z, level: twoSidedLevel(z) } : undefined;
}

function standardError({ interval: [lower, upper], confidence }: IntervalEstimate): number | undefined {
  if (!(lower <= upper)) return undefined;
  const error = (upper - lower) / (2 * halfWidthInErrors(confidence));
  return Number.isFinite(error) ? error : undefined;
}

/** The most events for which Fisher's sum is taken term by term. */
const mostTerms = 100_000;

/**
 * Fisher's exact test that `a` events of `ofA` trials and `b` of `ofB` have one probability: the sum of all hypergeometric
 * probabilities not above that of what was seen.
 * @returns the level, or undefined for counts that are none, or so many that the sum would take long
 */
export function fisherLevel(a: number, ofA: number, b: number, ofB: number): number | undefined {
  const counts = [a, ofA, b, ofB];
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0) || a > ofA || b > ofB || a + b > mostTerms) return undefined;
  if (ofA === 0 || ofB === 0) return 1;
  const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const all = logChoose(ofA + ofB, a + b);
  const logOf = (k: number): number => logChoose(ofA, k) + logChoose(ofB, a + b - k) - all;
  // Probabilities that are equal but for rounding count as equal.
  const seen = logOf(a) + 1e-7;
  let level = 0;
  for (let k = Math.max(0, a + b - ofB); k <= Math.min(ofA, a + b); k++) {
    const log = logOf(k);
    if (log <= seen) level += exp(log);
  }
  return Math.min(1, level);
}
