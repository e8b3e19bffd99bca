import { describe, expect, it } from "vitest";
import { DomainError, key } from "@mesoscope/numerics";
import { equivalence, spreadEquivalence, summarise, type Equivalence } from "../../src/index.js";
import { meanEquivalence } from "../../src/statistics/equivalence.js";

const STUDIES = 1000;
const EPS = 0.1;
/** Predicted mean 2, tolerance 10 %; 20 replicas of spread 0.224: SE is a quarter of the margin of 0.2. */
const PREDICTED = 2;

function studies(name: string, draw: (z: number) => number, test: (samples: Float64Array, s: number) => Equivalence, count = STUDIES): Record<Equivalence["outcome"], number> {
  const shares = { holds: 0, fails: 0, undecided: 0 };
  for (let s = 0; s < count; s++) {
    const stream = key("equivalence").fold(name, s).stream();
    const samples = Float64Array.from({ length: 20 }, () => draw(stream.normal()));
    shares[test(samples, s).outcome] += 1 / count;
  }
  return shares;
}
/** 499 resamples: with 199 the noise of their quantiles alone makes 5 % into 5.7 %. */
const ofMean = (samples: Float64Array, s: number): Equivalence =>
  equivalence(samples, PREDICTED, { tolerance: { relative: EPS }, level: 0.05, resamples: 499, stream: key("resamples").fold(s).stream() });
const withBias = (bias: number) => (z: number) => PREDICTED * (1 + bias) + 0.224 * z;
/** 5 % and two standard errors of a share of 1000. */
const NOMINAL = 0.05 + 2 * Math.sqrt((0.05 * 0.95) / STUDIES);

describe("two one-sided tests at level 5 %", () => {
  it("at the boundary: a wrong holds in at most 5 % + 2 SE on either side, a wrong fails in at most 5 % + 3 SE over both (alpha 0.1 %)", () => {
    // Measured once over 8,000 studies: holds 4.9 %, fails 5.2 %, each +- 0.24 %.
    const upper = studies("upper", withBias(EPS), ofMean);
    const lower = studies("lower", withBias(-EPS), ofMean);
    expect(upper.holds).toBeLessThanOrEqual(NOMINAL);
    expect(lower.holds).toBeLessThanOrEqual(NOMINAL);
    expect((upper.fails + lower.fails) / 2).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / (2 * STUDIES)));
  });
  it("hardly ever fail at half the tolerance", () => {
    expect(studies("half", withBias(EPS / 2), ofMean, 300).fails).toBeLessThanOrEqual(0.01);
  });
  it("have power: bias a third of the tolerance, SE a quarter", () => {
    expect(studies("third", withBias(EPS / 3), ofMean, 300).holds).toBeGreaterThan(0.7);
    expect(studies("double", withBias(2 * EPS), ofMean, 300).fails).toBeGreaterThan(0.95);
  });
  it("are caught when the standard error is too small", () => {
    // The same data at half their spread about their mean: an estimator that believes its error is half of what it is.
    const overconfident = (samples: Float64Array, s: number): Equivalence => {
      const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
      return ofMean(samples.map((x) => mean + (x - mean) / 2), s);
    };
    expect(studies("upper", withBias(EPS), overconfident, 400).holds).toBeGreaterThan(NOMINAL);
  });
  it("agree with themselves: holds exactly when the level it just holds at is below the level", () => {
    for (let s = 0; s < 300; s++) {
      const stream = key("agree").fold(s).stream();
      const samples = Float64Array.from({ length: 30 }, () => withBias(0.08)(stream.normal()));
      const found = ofMean(samples, s);
      expect(found.holdsAt < 0.05).toBe(found.outcome === "holds");
      expect(found.failsAt < 0.05).toBe(found.outcome === "fails");
    }
  });
});

describe("the spread", () => {
  const ofSpread = (samples: Float64Array, s: number): Equivalence => spreadEquivalence(samples, 0.4, { tolerance: 0.8, level: 0.05, resamples: 299, stream: key("resamples").fold(s).stream() });
  it("holds at the truth and is wrong at the boundary in at most 5 % + 2 SE", () => {
    expect(studies("truth", (z) => 0.4 * z, ofSpread, 300).holds).toBeGreaterThan(0.8);
    expect(studies("boundary", (z) => 0.4 * 1.8 * z, ofSpread).holds).toBeLessThanOrEqual(NOMINAL);
    expect(studies("beyond", (z) => 0.4 * 4 * z, ofSpread, 300).fails).toBeGreaterThan(0.95);
  });
  it("of nothing agrees with a prediction of none, and with no other", () => {
    const same = new Float64Array(10).fill(1);
    const options = { tolerance: 0.1, level: 0.05, resamples: 199, stream: key(1).stream() };
    expect(spreadEquivalence(same, 0, options).outcome).toBe("holds");
    expect(spreadEquivalence(same, 0.1, options)).toMatchObject({ outcome: "fails", value: -0.1, scale: "absolute" });
  });
});

describe("margins", () => {
  const samples = Float64Array.from({ length: 40 }, (_, i) => 1 + 0.001 * ((i * 7) % 11));
  const options = { level: 0.05, resamples: 199, stream: key(1).stream() };
  it("are widened against the prediction's own error", () => {
    expect(equivalence(samples, 1, { ...options, tolerance: { relative: 0.02 } }).outcome).toBe("holds");
    expect(equivalence(samples, 1, { ...options, tolerance: { relative: 0.02 }, predictedError: 0.03 }).outcome).toBe("undecided");
    expect(equivalence(samples, 2, { ...options, tolerance: { relative: 0.02 }, predictedError: 0.9 }).outcome).toBe("fails");
    expect(equivalence(samples, 2, { ...options, tolerance: { relative: 0.02 }, predictedError: 1.1 }).outcome).toBe("undecided");
  });
  it("are absolute where told, and must be where the prediction is zero", () => {
    expect(equivalence(samples, 0, { ...options, tolerance: { absolute: 1.1 } })).toMatchObject({ outcome: "holds", scale: "absolute", margins: [-1.1, 1.1] });
    expect(() => equivalence(samples, 0, { ...options, tolerance: { relative: 0.02 } })).toThrow(DomainError);
    expect(() => equivalence(samples, 1, { ...options, tolerance: {} })).toThrow(/must leave a margin/);
    expect(() => equivalence(samples, 1, { ...options, tolerance: { relative: -1 } })).toThrow(/tolerance\.relative/);
  });
  it("that are a share of zero leave nothing to test, and exact agreement needs none", () => {
    const summary = summarise(samples, 1, options);
    const found = meanEquivalence(summary, 0, 0, { level: 0.05, tolerance: { relative: 0.02 }, predictedError: 0.01 });
    expect(found).toMatchObject({ outcome: "undecided", scale: "absolute", margins: [0, 0], holdsAt: 1, failsAt: 1, untested: "a share of zero is zero: give an absolute tolerance" });
    expect(found.value).toBeCloseTo(1.005, 2);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    // A deviation of 1 is no finite share of 1e-320 either.
    expect(meanEquivalence(summary, 0, 1e-320, { level: 0.05, tolerance: { relative: 0.02 } }).untested).toBeDefined();
    const nothing = summarise(new Float64Array(10), 1, options);
    expect(meanEquivalence(nothing, 0, 0, { level: 0.05, tolerance: { relative: 0.02 } })).toMatchObject({ outcome: "holds", value: 0, margins: [0, 0], holdsAt: 0 });
    expect(meanEquivalence(nothing, 0, 0, { level: 0.05, tolerance: { relative: 0.02 }, predictedError: 1e-9 }).outcome).toBe("undecided");
    expect(() => meanEquivalence(summary, 0, 0, { level: 0.05, tolerance: {} })).toThrow(DomainError);
  });
  it("take the larger of relative and absolute", () => {
    expect(equivalence(samples, 1, { ...options, tolerance: { relative: 0.01, absolute: 0.5 } })).toMatchObject({ scale: "absolute", margins: [-0.5, 0.5] });
  });
  it("refuse a level that is none", () => {
    for (const level of [0, 0.5, 5, Number.NaN]) expect(() => equivalence(samples, 1, { ...options, tolerance: { relative: 0.02 }, level })).toThrow(DomainError);
  });
});
