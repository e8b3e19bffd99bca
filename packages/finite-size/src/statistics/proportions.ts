/** @file Counts of rival outcomes against predicted probabilities: which mode wins, and how often. */
import { DomainError, log, requireInRange, requireInteger } from "@mesoscope/numerics";
import { betaQuantile } from "../distributions/beta.js";
import { chiSquareTail } from "../distributions/chi-square.js";
import { normalQuantile } from "../distributions/normal.js";

/** One category: how often it came, what was predicted, and the interval of its probability. */
export interface Proportion {
  readonly count: number;
  readonly predicted: number;
  readonly value: number;
  readonly interval: readonly [number, number];
}

export interface ProportionsComparison {
  readonly total: number;
  readonly categories: readonly Proportion[];
  readonly confidence: number;
  /**
   * Pearson's chi-square and the likelihood ratio G over the categories, rare ones pooled, with P(this large or larger). Where all
   * are rare and pooled into one there is no freedom and nothing to test: value 0, goodness 1.
   */
  readonly chiSquare: { readonly value: number; readonly freedom: number; readonly goodness: number };
  readonly likelihoodRatio: { readonly value: number; readonly freedom: number; readonly goodness: number };
}

/** Categories expected fewer times than this are pooled: below it the chi-square law is no guide. */
const LEAST_EXPECTED = 5;

/**
 * Compares multinomial counts with predicted probabilities.
 * @param counts (m) non-negative integers
 * @param predicted (m) probabilities with sum at most 1; what is missing to 1 is a category of its own with count 0
 * @param options.interval "wilson" (default) or "clopper-pearson", which never covers less than it says
 * @throws DomainError for no counts, negative ones, or probabilities that sum to more than 1
 */
export function compareProportions(
  counts: readonly number[],
  predicted: readonly number[],
  options: { readonly confidence: number; readonly interval?: "wilson" | "clopper-pearson" },
): ProportionsComparison {
  const { confidence, interval = "wilson" } = options;
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  counts.forEach((count, i) => requireInteger(`counts[${i}]`, count, { min: 0 }));
  predicted.forEach((p, i) => requireInRange(`predicted[${i}]`, p, { min: 0, max: 1 }, "Give probabilities."));
  const total = counts.reduce((sum, count) => sum + count, 0);
  requireInteger("total of the counts", total, { min: 1 }, "Give counts of at least one replica.");
  const mass = predicted.reduce((sum, p) => sum + p, 0);
  if (predicted.length !== counts.length || mass > 1 + 1e-9) {
    throw new DomainError({ name: "predicted", value: mass, rule: `must be ${counts.length} probabilities with sum at most 1`, remedy: "Give one probability for each category." });
  }
  const bounds = interval === "wilson" ? wilsonInterval : clopperPearsonInterval;
  const pooled = pool([...counts, 0], [...predicted, Math.max(0, 1 - mass)], total);
  const freedom = Math.max(0, pooled.length - 1);
  const pearson = pooled.reduce((sum, { count, expected }) => sum + (count === expected ? 0 : ((count - expected) * (count - expected)) / expected), 0);
  const ratio = pooled.reduce((sum, { count, expected }) => sum + (count > 0 ? 2 * count * log(count / expected) : 0), 0);
  return {
    total,
    categories: counts.map((count, i) => ({ count, predicted: predicted[i]!, value: count / total, interval: bounds(count, total, confidence) })),
    confidence,
    chiSquare: goodnessOf(pearson, freedom),
    likelihoodRatio: goodnessOf(ratio, freedom),
  };
}

/** Wilson's score interval of a proportion. */
export function wilsonInterval(count: number, total: number, confidence: number): readonly [number, number] {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const p = count / total;
  const z2 = (z * z) / total;
  const centre = (p + z2 / 2) / (1 + z2);
  const half = (z / (1 + z2)) * Math.sqrt((p * (1 - p)) / total + z2 / (4 * total));
  return [count === 0 ? 0 : Math.max(0, centre - half), count === total ? 1 : Math.min(1, centre + half)];
}

/** Clopper and Pearson's exact interval of a proportion. */
export function clopperPearsonInterval(count: number, total: number, confidence: number): readonly [number, number] {
  const half = (1 - confidence) / 2;
  return [
    count === 0 ? 0 : betaQuantile(half, count, total - count + 1),
    count === total ? 1 : betaQuantile(1 - half, count + 1, total - count),
  ];
}

/** Rare categories put together into one; if that is rare itself, the next rarest joins it. Empty impossible ones vanish. */
function pool(counts: readonly number[], predicted: readonly number[], total: number): readonly { count: number; expected: number }[] {
  const all = counts.map((count, i) => ({ count, expected: total * predicted[i]! })).filter(({ count, expected }) => count > 0 || expected > 0);
  all.sort((a, b) => a.expected - b.expected);
  const rest = { count: 0, expected: 0 };
  const impossible = all.filter(({ expected }) => expected === 0);
  // A count where nothing may come is no small number: the prediction is wrong, and the statistic infinite.
  if (impossible.length > 0) return all;
  let next = 0;
  while (next < all.length && (all[next]!.expected < LEAST_EXPECTED || (rest.expected > 0 && rest.expected < LEAST_EXPECTED))) {
    rest.count += all[next]!.count;
    rest.expected += all[next]!.expected;
    next += 1;
  }
  return rest.expected > 0 ? [rest, ...all.slice(next)] : all;
}

/** Rounding may leave either statistic a little off zero; an impossible category that came makes it infinite. */
function goodnessOf(statistic: number, freedom: number): ProportionsComparison["chiSquare"] {
  const goodness = chiSquareTail(Math.max(0, statistic), freedom);
  if (!Number.isFinite(statistic)) return { value: Number.MAX_VALUE, freedom, goodness };
  return { value: freedom === 0 ? 0 : statistic, freedom, goodness };
}
