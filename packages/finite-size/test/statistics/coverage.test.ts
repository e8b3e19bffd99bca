/**
 * Honesty of the intervals: synthetic ensembles with known truth, seeds fixed. A share of 1000 has a standard error of 0.7 %
 * near 95 %, so the band 92.5 % to 97.5 % is 3.6 standard errors wide on either side (alpha about 3e-4).
 */
import { describe, expect, it } from "vitest";
import { key, type Stream } from "@mesoscope/numerics";
import { bootstrapInterval, estimateMean, estimateSpread } from "../../src/index.js";

type Interval = readonly [number, number];
type Law = (stream: Stream) => number;
const normal: Law = (stream) => 3 + 2 * stream.normal();
const exponential: Law = (stream) => stream.exponential();
const STUDIES = 1000;

function coverage(name: string, law: Law, truth: number, replicas: number, interval: (samples: Float64Array, stream: Stream) => Interval, studies = STUDIES): number {
  let covered = 0;
  for (let s = 0; s < studies; s++) {
    const stream = key("coverage").fold(name, s).stream();
    const samples = Float64Array.from({ length: replicas }, () => law(stream));
    const [low, high] = interval(samples, key("bootstrap").fold(name, s).stream());
    if (low <= truth && truth <= high) covered += 1;
  }
  return covered / studies;
}

const ofMean = (samples: Float64Array, stream: Stream): Interval => {
  const { lower, upper } = estimateMean(samples, { confidence: 0.95, resamples: 199, stream });
  return [lower[0]!, upper[0]!];
};
const ofSpread = (samples: Float64Array, stream: Stream): Interval => {
  const { lower, upper } = estimateSpread(samples, { confidence: 0.95, resamples: 199, stream });
  return [lower[0]!, upper[0]!];
};

function expectHonest(share: number): void {
  expect(share).toBeGreaterThanOrEqual(0.925);
  expect(share).toBeLessThanOrEqual(0.975);
}

describe("95 % intervals cover the truth in 92.5 % to 97.5 % of synthetic ensembles", () => {
  it("mean of a normal law, 30 replicas", () => {
    expectHonest(coverage("normal", normal, 3, 30, ofMean));
  });
  it("mean of an exponential law (skewness 2), 40 replicas", () => {
    expectHonest(coverage("exponential", exponential, 1, 40, ofMean));
  });
  it("mean of a normal law, 5 replicas: too few to resample, Student's interval", () => {
    expectHonest(coverage("few", normal, 3, 5, ofMean));
  });
  it("spread of a normal law, 40 replicas", () => {
    expectHonest(coverage("spread", normal, 2, 40, ofSpread));
  });
  it("median of an exponential law by BCa, 60 replicas", () => {
    const median = (x: Float64Array): number => {
      const sorted = x.toSorted();
      return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
    };
    const interval = (samples: Float64Array, stream: Stream): Interval => bootstrapInterval(samples, median, { confidence: 0.95, resamples: 199, stream }).interval;
    expectHonest(coverage("median", exponential, Math.LN2, 60, interval, 400));
  });
});

describe("the same test catches a bootstrap that is wrong", () => {
  it("standard errors divided by sqrt 2", () => {
    const tooNarrow = (samples: Float64Array, stream: Stream): Interval => {
      const [low, high] = ofMean(samples, stream);
      const centre = (low + high) / 2;
      return [centre + (low - centre) / Math.SQRT2, centre + (high - centre) / Math.SQRT2];
    };
    expect(coverage("normal", normal, 3, 30, tooNarrow, 500)).toBeLessThan(0.9);
  });
  it("resamples that never draw the largest tenth", () => {
    const biased = (samples: Float64Array, stream: Stream): Interval => ofMean(samples.toSorted().slice(0, Math.floor(0.9 * samples.length)), stream);
    expect(coverage("exponential", exponential, 1, 40, biased, 300)).toBeLessThan(0.8);
  });
  it("percentiles of the mean, not studentised, on the skewed law with few replicas", () => {
    const mean = (x: Float64Array): number => x.reduce((sum, v) => sum + v, 0) / x.length;
    const percentile = (samples: Float64Array, stream: Stream): Interval => bootstrapInterval(samples, mean, { confidence: 0.95, resamples: 199, stream, method: "percentile" }).interval;
    expect(coverage("exponential", exponential, 1, 12, percentile, 600)).toBeLessThan(0.925);
  });
});

it("the order of the replicas does not change a bit", () => {
  const stream = key("permutation").stream();
  const samples = Float64Array.from({ length: 60 }, () => stream.normal());
  const options = (): Parameters<typeof estimateMean>[1] => ({ confidence: 0.95, resamples: 199, stream: key(5).stream(), length: 3 });
  const rows = Array.from({ length: 20 }, (_, r) => samples.subarray(3 * r, 3 * r + 3));
  const shuffled = Float64Array.from(rows.toReversed().flatMap((row) => [...row]));
  expect(estimateMean(shuffled, options())).toEqual(estimateMean(samples, options()));
  expect(estimateSpread(shuffled, options())).toEqual(estimateSpread(samples, options()));
});

it("a spread with heavy tails and few replicas says so, and no other", () => {
  const caution = (law: Law, replicas: number): string | undefined => {
    const stream = key("caution").fold(replicas).stream();
    const samples = Float64Array.from({ length: replicas }, () => law(stream));
    return estimateSpread(samples, { confidence: 0.95, resamples: 99, stream: key(5).stream() }).caution;
  };
  expect(caution(exponential, 100)).toBe("heavy tails and only 100 replicas: the interval of the spread may end too low; give 1600 or more");
  expect(caution(exponential, 1600)).toBeUndefined();
  expect(caution(normal, 100)).toBeUndefined();
});

it("entries of a series are estimated as they are alone", () => {
  const stream = key("series").stream();
  const pairs = Float64Array.from({ length: 40 }, () => stream.normal());
  const both = estimateMean(pairs, { confidence: 0.95, resamples: 199, stream: key(5).stream(), length: 2 });
  expect(both.value).toHaveLength(2);
  const second = pairs.filter((_, i) => i % 2 === 1);
  expect(both.value[1]).toBeCloseTo(second.reduce((sum, v) => sum + v, 0) / 20, 14);
});

describe("samples that are no ensemble are refused", () => {
  const options = { confidence: 0.95, resamples: 199, stream: key(5).stream() };
  it.each([
    ["one replica", Float64Array.of(1), {}, /replicas = 1: must be an integer of at least 2/],
    ["a NaN", Float64Array.of(1, Number.NaN, 2), {}, /samples\[1\] = NaN: must be finite/],
    ["half a row", Float64Array.of(1, 2, 3), { length: 2 }, /whole number of rows of 2/],
    ["too few resamples", Float64Array.of(1, 2), { resamples: 5 }, /resamples = 5/],
    ["confidence in percent", Float64Array.of(1, 2), { confidence: 95 }, /confidence = 95/],
    ["an overflowing variance", Float64Array.of(1e300, -1e300), {}, /finite variance/],
  ])("%s", (_, samples, change, message) => {
    expect(() => estimateMean(samples, { ...options, ...change })).toThrow(message);
  });
});

it("equal samples have an interval of no width", () => {
  const estimate = estimateMean(new Float64Array(20).fill(0.1), { confidence: 0.95, resamples: 199, stream: key(5).stream() });
  expect(estimate).toMatchObject({ value: [0.1], lower: [0.1], upper: [0.1], standardError: [0] });
});
