import { describe, expect, it } from "vitest";
import { wassersteinBetween, wassersteinFromLaw } from "../../src/index.js";
import { quantileDistance, steps } from "../../src/laws/quantile-function.js";
import { normalQuantile } from "../../src/distributions/normal.js";
import { draw, laws, mostAtFivePercent, rejections, resampling, shuffled, table, tabulated } from "./draws.js";

const probabilities = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const normal = { probabilities, quantiles: probabilities.map(normalQuantile) };
const options = (seed: number | string = 1, resamples = 99): Parameters<typeof wassersteinBetween>[2] => ({ order: 1, confidence: 0.95, ...resampling(resamples, seed) });

describe("Wasserstein distance between samples", () => {
  it.each(table.wasserstein)("of %s from %s is SciPy's", (a, b, value) => {
    expect(wassersteinBetween(tabulated(a), tabulated(b), options()).value / value).toBeCloseTo(1, 13);
  });
  it("of a law from itself moved is the move, for both orders; it scales as the unit does, and is symmetric", () => {
    const x = draw(laws.exponential, 50, "shift");
    const y = draw(laws.normal, 30, "other");
    for (const order of [1, 2] as const) {
      expect(wassersteinBetween(x, x.map((v) => v + 0.7), { ...options(), order }).value).toBeCloseTo(0.7, 13);
      const plain = wassersteinBetween(x, y, { ...options(), order });
      const scaled = wassersteinBetween(x.map((v) => 8 * v), y.map((v) => 8 * v), { ...options(), order });
      expect(scaled.value).toBeCloseTo(8 * plain.value, 12);
      expect(scaled.goodness).toBe(plain.goodness);
      expect(wassersteinBetween(y, x, { ...options(), order }).value).toBe(plain.value);
    }
  });
  it("of order 2 is sqrt(shift^2 + (difference of spreads)^2) for one shape: no less than of order 1", () => {
    const x = draw(laws.normal, 4000, "shape");
    const spread = Math.sqrt(x.reduce((s, v) => s + v * v, 0) / x.length);
    const root = quantileDistance(steps(x.toSorted()), steps(x.map((v) => 3 * v).sort()), 2);
    expect(root).toBeCloseTo(2 * spread, 12);
    expect(quantileDistance(steps(x.toSorted()), steps(x.map((v) => 3 * v).sort()), 1)).toBeLessThan(root);
  });
  it("has an interval that covers the true distance: N(0, 1) from N(1, 1), 30 replicas each, at least 92 % of 150", () => {
    let covered = 0;
    for (let s = 0; s < 150; s++) {
      const { interval } = wassersteinBetween(draw(laws.normal, 30, "a", s), draw(laws.normal, 30, "b", s).map((v) => v + 1), options(s));
      if (interval[0] <= 1 && 1 <= interval[1]) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(138);
  });
  it("rejects equal laws in 5 %, skewed ones too", () => {
    const rejected = rejections(200, (s) => wassersteinBetween(draw(laws.exponential, 15, "c", s), draw(laws.exponential, 25, "d", s), options(s)).goodness);
    expect(rejected).toBeGreaterThanOrEqual(1);
    expect(rejected).toBeLessThanOrEqual(mostAtFivePercent(200));
  });
});

describe("Wasserstein distance from a predicted law", () => {
  it("is int |F_R - F| over the table's range, by a direct sum", () => {
    // A uniform law on [0, 1]; two samples: F_R = 0, 1/2, 1 with steps at 0.2 and 0.9: the areas |F_R - x| add to 0.19.
    const uniform = { probabilities: [0, 1], quantiles: [0, 1] };
    const areas = 0.2 ** 2 / 2 + (0.3 ** 2 + 0.4 ** 2) / 2 + 0.1 ** 2 / 2;
    const found = wassersteinFromLaw(Float64Array.of(0.9, 0.2), uniform, options());
    expect(found.value).toBeCloseTo(areas, 14);
    expect(found).toMatchObject({ beyond: 0, resolution: 0.5 });
  });
  it("has its expected value under the right law, covers 0 and rejects in 5 %; sees a shift of 0.4 with 100 replicas", () => {
    let value = 0;
    let expected = 0;
    let covered = 0;
    const rejected = rejections(200, (s) => {
      const found = wassersteinFromLaw(draw(laws.normal, 50, "null", s), normal, options(s));
      value += found.value / 200;
      expected += found.expected / 200;
      if (found.interval[0] === 0) covered += 1;
      return found.goodness;
    });
    expect(rejected).toBeGreaterThanOrEqual(1);
    expect(rejected).toBeLessThanOrEqual(mostAtFivePercent(200));
    expect(covered).toBeGreaterThanOrEqual(200 - mostAtFivePercent(200));
    // One distance has a standard deviation of 35 % of its mean, the mean of 200 has 2.5 %.
    expect(Math.abs(value / expected - 1)).toBeLessThan(0.1);
    expect(rejections(40, (s) => wassersteinFromLaw(draw(laws.normal, 100, "far", s).map((v) => v + 0.4), normal, options(s)).goodness)).toBeGreaterThan(32);
  });
  it("falls as R^(-1/2) under the right law: a quarter of the samples, twice the distance", () => {
    const law = steps(Float64Array.from({ length: 800 }, (_, i) => normalQuantile((i + 0.5) / 800)));
    const meanOf = (count: number): number => Array.from({ length: 200 }, (_, s) => quantileDistance(steps(draw(laws.normal, count, "rate", s).sort()), law, 1)).reduce((a, b) => a + b) / 200;
    expect(meanOf(50) / meanOf(200)).toBeCloseTo(2, 0);
  });
  it("negative control: percentiles of resampled distances never cover 0", () => {
    const x = draw(laws.normal, 50, "control").sort();
    const law = steps(Float64Array.from({ length: 1000 }, (_, i) => normalQuantile((i + 0.5) / 1000)));
    const rows = resampling(1, "control").stream;
    const lowest = Math.min(...Array.from({ length: 200 }, () => quantileDistance(steps(x.map(() => x[rows.integer(50)]!).sort()), law, 1)));
    expect(lowest).toBeGreaterThan(0.04);
  });
  it("compares what lies beyond the table by its amount alone, and censored samples up to the least of them", () => {
    const x = draw(laws.normal, 200, "tails");
    const farther = x.map((v) => (v > normal.quantiles[98]! ? 1e9 : v));
    expect(wassersteinFromLaw(farther, normal, options())).toEqual(wassersteinFromLaw(x, normal, options()));
    const cut = x.map((v) => Math.min(v, 0.5));
    const censored = Uint8Array.from(cut, (v) => (v === 0.5 ? 1 : 0));
    expect(wassersteinFromLaw(cut, normal, options()).goodness).toBeLessThan(0.02);
    expect(wassersteinFromLaw(cut, normal, { ...options(), censored }).goodness).toBeGreaterThan(0.05);
  });
  it("gives the same bytes for any order of the replicas, plain JSON", () => {
    const x = draw(laws.normal, 40, "order");
    const found = wassersteinFromLaw(x, normal, options());
    expect(wassersteinFromLaw(shuffled(x), normal, options())).toEqual(found);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
  it("refuses what is no table or no sample", () => {
    const x = draw(laws.normal, 10, "bad");
    expect(() => wassersteinFromLaw(x, { probabilities: [0.5, 0.2], quantiles: [0, 1] }, options())).toThrow(/must ascend/);
    expect(() => wassersteinFromLaw(x, { probabilities: [0.5], quantiles: [0] }, options())).toThrow(/must span a range/);
    expect(() => wassersteinFromLaw(x, { probabilities: [0.5], quantiles: [0, 1] }, options())).toThrow(/one quantile for each probability/);
    expect(() => wassersteinFromLaw(Float64Array.of(1), normal, options())).toThrow(/samples.length = 1/);
    expect(() => wassersteinBetween(x, Float64Array.of(1), options())).toThrow(/b.length = 1/);
    expect(() => wassersteinBetween(x, x, options(1, 5))).toThrow(/resamples = 5/);
  });
});
