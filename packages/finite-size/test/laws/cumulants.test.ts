import { describe, expect, it } from "vitest";
import { cumulants, kStatistics, type StatisticEstimate } from "../../src/index.js";
import { kStatisticsLeftOut } from "../../src/laws/k-statistics.js";
import { draw, laws, mostAtFivePercent, rejections, resampling, shuffled, table, tabulated } from "./draws.js";

const options = (seed: number | string = 1): Parameters<typeof cumulants>[1] => ({ confidence: 0.95, ...resampling(99, seed) });
const valueOf = (estimate: StatisticEstimate): number => (estimate.defined ? estimate.value : Number.NaN);

describe("cumulants", () => {
  it.each(table.moments)("of %s are SciPy's k-statistics, G1 and G2", (name, skewness, kurtosis, ...k) => {
    const samples = tabulated(name);
    const found = kStatistics(samples);
    [found.second, found.third, found.fourth].forEach((value, i) => {
      expect(value / k[i]!).toBeCloseTo(1, 9);
    });
    const all = cumulants(samples, options());
    expect(valueOf(all.skewness)).toBeCloseTo(skewness, 9);
    expect(valueOf(all.excessKurtosis)).toBeCloseTo(kurtosis, 9);
    expect(valueOf(all.third)).toBeCloseTo(found.third, 12);
  });
  it("are unbiased: their mean over 20,000 ensembles of 6 exponential samples is 1, 2, 6, to 4 standard errors", () => {
    const sums = [0, 0, 0];
    const squares = [0, 0, 0];
    for (let s = 0; s < 20_000; s++) {
      const k = kStatistics(draw(laws.exponential, 6, "unbiased", s));
      [k.second, k.third, k.fourth].forEach((v, i) => {
        sums[i]! += v / 20_000;
        squares[i]! += (v * v) / 20_000;
      });
    }
    [1, 2, 6].forEach((truth, i) => {
      expect(Math.abs(sums[i]! - truth) / Math.sqrt((squares[i]! - sums[i]! ** 2) / 20_000)).toBeLessThan(4);
    });
    // The plain third moment m3 = k3 (R - 1)(R - 2) / R^2 has mean 10/9 for 2, and is caught.
    expect(Math.abs((sums[1]! * 20) / 36 - 2) / Math.sqrt((squares[1]! - sums[1]! ** 2) / 20_000)).toBeGreaterThan(4);
  });
  it("move and scale as they should: x -> a - b x turns skewness over, keeps kurtosis, and scales k3 by -b^3, k4 by b^4", () => {
    const x = draw(laws.exponential, 60, "scale");
    const plain = cumulants(x, options());
    const turned = cumulants(x.map((v) => 4 - 2 * v), options());
    expect(valueOf(turned.skewness)).toBeCloseTo(-valueOf(plain.skewness), 12);
    expect(valueOf(turned.excessKurtosis)).toBeCloseTo(valueOf(plain.excessKurtosis), 11);
    expect(valueOf(turned.third)).toBeCloseTo(-8 * valueOf(plain.third), 11);
    expect(valueOf(turned.fourth)).toBeCloseTo(16 * valueOf(plain.fourth), 10);
  });
  it("have intervals that cover those of a uniform law, 60 replicas, at least 88 % of 100", () => {
    let covered = 0;
    for (let s = 0; s < 100; s++) {
      const { excessKurtosis } = cumulants(draw(laws.uniform, 60, "cover", s), options(s));
      if (excessKurtosis.defined && excessKurtosis.interval[0] <= -1.2 && -1.2 <= excessKurtosis.interval[1]) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
  });
  it("reject a Gaussian law in 5 %, whatever its mean and spread, and see an exponential one with 40 replicas", () => {
    const goodness = (law: "normal" | "exponential", s: number): number => cumulants(draw(laws[law], 40, "gauss", s).map((v) => 7 + 0.1 * v), options(s)).gaussian.skewness;
    const rejected = rejections(80, (s) => goodness("normal", s));
    expect(rejected).toBeLessThanOrEqual(mostAtFivePercent(80));
    expect(rejections(20, (s) => goodness("exponential", s))).toBeGreaterThan(14);
  });
  it("without spread have no ratio, and say so", () => {
    const none = cumulants(new Float64Array(20).fill(0.1), options());
    expect(none).toMatchObject({ third: { defined: true, value: 0, interval: [0, 0] }, skewness: { defined: false, reason: expect.stringContaining("all equal") as string }, gaussian: { skewness: 1 } });
    const nearly = cumulants(Float64Array.from({ length: 30 }, (_, r) => (r === 0 ? 1 : 0)), options());
    expect(nearly.skewness).toMatchObject({ defined: false, reason: expect.stringContaining("resamples have no spread") as string });
  });
  it("give the same bytes for any order of the replicas, and refuse too few or too large samples", () => {
    const x = draw(laws.normal, 40, "order");
    expect(cumulants(shuffled(x), options())).toEqual(cumulants(x, options()));
    expect(() => cumulants(x.subarray(0, 7), options())).toThrow(/at least 8/);
    expect(() => kStatistics(Float64Array.of(1e200, 0, 0, 0))).toThrow(/finite fourth powers/);
  });
});

describe("k-statistics with each sample left out, in one pass", () => {
  const wild = draw(laws.exponential, 30, "left out");
  it.each([
    ["exponential", wild],
    ["far from 0", wild.map((x) => 1e4 + x)],
    ["of one sample that is nearly all of the spread", Float64Array.from([...wild, 1e5])],
    ["with equal ones", Float64Array.from([...wild, ...wild, ...wild])],
  ])("are those of the others, %s", (_, samples) => {
    const sorted = samples.slice().sort();
    kStatisticsLeftOut(sorted).forEach((k, left) => {
      const rest = kStatistics(sorted.filter((__, i) => i !== left));
      expect(Math.abs(k.second / rest.second - 1)).toBeLessThan(1e-9);
      expect(Math.abs(k.third - rest.third)).toBeLessThan(1e-8 * rest.second ** 1.5);
      expect(Math.abs(k.fourth - rest.fourth)).toBeLessThan(1e-8 * rest.second ** 2);
    });
    // Not those of all: the one that was left out tells.
    expect(Math.abs(kStatisticsLeftOut(sorted).at(-1)!.second / kStatistics(sorted).second - 1)).toBeGreaterThan(1e-4);
  });
  it("are none but 0 where nothing else has spread", () => {
    const sorted = Float64Array.from([...new Array<number>(10).fill(0.1), 3]);
    expect(Math.abs(kStatisticsLeftOut(sorted).at(-1)!.second)).toBeLessThan(1e-30);
  });
});
