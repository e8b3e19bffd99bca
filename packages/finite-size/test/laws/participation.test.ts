import { describe, expect, it } from "vitest";
import { exp, log } from "@mesoscope/numerics";
import { participation, type StatisticEstimate } from "../../src/index.js";
import { hillEstimate } from "../../src/laws/participation.js";
import { draw, laws, resampling } from "./draws.js";

const measure = (x: Float64Array, units: number, tail = 3, seed: number | string = 1): ReturnType<typeof participation> => participation(x, { units, tail, confidence: 0.95, ...resampling(199, seed) });
const valueOf = (estimate: StatisticEstimate): number => (estimate.defined ? estimate.value : Number.NaN);
const repeat = (row: readonly number[], times: number): Float64Array => Float64Array.from(Array.from({ length: times }, () => row).flat());
const pareto = (exponent: number) => (s: { uniformOpen(): number }): number => exp(-log(s.uniformOpen()) / exponent);

describe("participation", () => {
  it("is N for equal units and 1 for one unit alone, with the Gini index 0 and 1 - 1 / N", () => {
    const equal = measure(repeat([2, -2, 2, -2, 2], 4), 5);
    expect([equal.ratio, equal.share, equal.inverse, equal.gini, equal.largest].map(valueOf)).toEqual([5, 1, 0.2, 0, 0.2]);
    expect(equal.tailExponent).toMatchObject({ defined: false });
    const alone = measure(repeat([0, 0, 3, 0, 0], 4), 5);
    expect([alone.ratio, alone.inverse, alone.gini, alone.largest].map(valueOf)).toEqual([1, 1, 0.8, 1]);
  });
  it("of weights 1, 2, 3, 4 by hand: 100 / 30, Gini 1/4, largest 2/5", () => {
    const found = measure(repeat([1, 2, 3, 4].map(Math.sqrt), 3), 4, 2);
    expect(valueOf(found.ratio)).toBeCloseTo(100 / 30, 12);
    expect(valueOf(found.gini)).toBeCloseTo(0.25, 12);
    expect(valueOf(found.largest)).toBeCloseTo(0.4, 12);
  });
  it("of Gaussian units: the inverse has mean 3 / (N + 2) exactly, covered at 95 % in at least 90 % of 100", () => {
    let covered = 0;
    for (let s = 0; s < 100; s++) {
      const { inverse } = measure(draw(laws.normal, 40 * 10, "gauss", s), 10, 3, s);
      if (inverse.defined && inverse.interval[0] <= 3 / 12 && 3 / 12 <= inverse.interval[1]) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(90);
    // 1 / (the mean of the ratio) is not the mean of the inverse, and would be caught.
    const many = measure(draw(laws.normal, 4000 * 10, "many"), 10);
    expect(many.inverse.defined && many.inverse.interval[0] > 1 / valueOf(many.ratio)).toBe(true);
  });
  it("of many Gaussian units: share 1/3, Gini 2 / pi", () => {
    const found = measure(draw(laws.normal, 20 * 2000, "large"), 2000, 50);
    expect(valueOf(found.share)).toBeCloseTo(1 / 3, 1);
    expect(valueOf(found.gini)).toBeCloseTo(2 / Math.PI, 2);
  });
  it("does not change with the unit of the observable, its signs, or the order of units and replicas", () => {
    const x = draw(laws.normal, 30 * 8, "order");
    const plain = measure(x, 8);
    expect(measure(x.map((v) => -4 * v), 8)).toEqual(plain);
    const replicas = Float64Array.from(Array.from({ length: 30 }, (_, r) => [...x.subarray(8 * (29 - r), 8 * (30 - r))]).flat());
    expect(measure(replicas, 8)).toEqual(plain);
    const units = Float64Array.from(x, (_, at) => x[8 * Math.floor(at / 8) + ((3 * at + 5) % 8)]!);
    expect(measure(units, 8)).toEqual(plain);
  });
  it("leaves silent replicas out and counts them", () => {
    const found = measure(Float64Array.from([...repeat([0, 0, 0], 2), ...repeat([1, 1, 2], 3)]), 3, 2);
    expect(found).toMatchObject({ silent: 2, replicas: 3 });
    expect(() => measure(new Float64Array(9), 3, 2)).toThrow(/at least 2 replicas with a unit that is not zero/);
    expect(() => measure(new Float64Array(9), 3, 3)).toThrow(/tail = 3/);
  });
});

describe("Hill's estimator", () => {
  it("is the mean logarithm over the threshold, and scales away", () => {
    expect(hillEstimate(Float64Array.of(1, 2, 4, 8), 2)).toBeCloseTo((log(2) + log(4)) / 2, 14);
    expect(hillEstimate(Float64Array.of(1, 2, 4, 8).map((x) => x / 3), 2)).toBeCloseTo((log(2) + log(4)) / 2, 14);
    expect(hillEstimate(Float64Array.of(0, 0, 4, 8), 2)).toBeUndefined();
  });
  it("covers the exponent of a Pareto law, 30 replicas of 50 units, in at least 90 % of 100", () => {
    let covered = 0;
    for (let s = 0; s < 100; s++) {
      const { tailExponent } = measure(draw(pareto(1.5), 30 * 50, "pareto", s), 50, 10, s);
      if (tailExponent.defined && tailExponent.interval[0] <= 1.5 && 1.5 <= tailExponent.interval[1]) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(90);
  });
  it("negative control: with the threshold counted among the tail the inverse exponent loses 1/k of itself, and is caught", () => {
    const found = measure(draw(pareto(1.5), 400 * 50, "control"), 50, 10).tailExponent;
    const valueOfWrong = valueOf(found) * (11 / 10);
    expect(found.defined && found.interval[0] <= 1.5 && 1.5 <= found.interval[1]).toBe(true);
    expect(found.defined && valueOfWrong > found.interval[1]).toBe(true);
  });
});
