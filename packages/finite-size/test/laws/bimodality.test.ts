import { describe, expect, it } from "vitest";
import { bimodality, dip } from "../../src/index.js";
import { spreadOverSteps } from "../../src/laws/bimodality.js";
import { draw, laws, mostAtFivePercent, rejections, resampling, shuffled, table, tabulated } from "./draws.js";

type Law = keyof typeof laws;
const judge = (x: Float64Array, step = 0, seed: number | string = 1): ReturnType<typeof bimodality> => bimodality(x, { ...resampling(99, seed), level: 0.05, step, leastWeight: 0.05 });
const of = (law: Law, count: number, s: number, step = 0): ReturnType<typeof bimodality> => judge(draw(laws[law], count, law, s), step, s);

describe("the dip", () => {
  it.each(table.dip)("of %s is what its definition gives by linear programs", (name, value) => {
    expect(dip(tabulated(name).sort()).value).toBeCloseTo(value, 8);
  });
  it("is 1/4 for two far modes of equal weight, the lesser weight over 2 for atoms, 0 for one atom, 1 / (2 R) for an even grid", () => {
    const far = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? 1e-6 * i : 1 + 1e-6 * i));
    expect(dip(far).value).toBeCloseTo(0.25, 2);
    expect(dip(Float64Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1)).value).toBeCloseTo(0.2, 15);
    expect(dip(new Float64Array(7).fill(3)).value).toBe(0);
    expect(dip(Float64Array.from({ length: 50 }, (_, i) => i)).value).toBeCloseTo(1 / 100, 12);
  });
  it("does not change under x -> a + b x, nor under b < 0", () => {
    const x = draw(laws.exponential, 60, "scale").sort();
    expect(dip(x.map((v) => 4 * v)).value).toBe(dip(x).value);
    expect(dip(x.map((v) => 3 - 2 * v).reverse()).value).toBeCloseTo(dip(x).value, 12);
  });
  it("falls as R^(-1/2) for the uniform law: 4 times the samples, half the dip", () => {
    const meanOf = (count: number): number => Array.from({ length: 200 }, (_, s) => dip(draw(laws.uniform, count, "rate", s).sort()).value).reduce((a, b) => a + b) / 200;
    expect(meanOf(100) / meanOf(400)).toBeCloseTo(2, 0);
    // The known limit of sqrt(R) E dip is 0.36 to 0.37.
    expect(20 * meanOf(400)).toBeGreaterThan(0.33);
    expect(20 * meanOf(400)).toBeLessThan(0.39);
  });
});

describe("bimodality", () => {
  it("rejects the uniform law in 5 %, and peaked ones less", () => {
    const rejected = rejections(150, (s) => of("uniform", 50, s).goodness);
    expect(rejected).toBeGreaterThanOrEqual(1);
    expect(rejected).toBeLessThanOrEqual(mostAtFivePercent(150));
    for (const law of ["normal", "exponential", "cauchy"] as const) expect(rejections(30, (s) => of(law, 50, s).goodness)).toBeLessThan(4);
  });
  it("sees two modes of width 1/2 at -2 and 2 with 50 replicas, always, and where they are", () => {
    for (let s = 0; s < 10; s++) {
      const { outcome, modes } = of("bimodal", 50, s);
      expect(outcome).toBe("multimodal");
      expect(modes!.positions[0]).toBeGreaterThan(-2.6);
      expect(modes!.positions[0]).toBeLessThan(-1.4);
      expect(modes!.positions[1]).toBeGreaterThan(1.4);
      expect(modes!.positions[1]).toBeLessThan(2.6);
      expect(Math.abs(modes!.antimode)).toBeLessThan(1);
      expect(modes!.weights[0] + modes!.weights[1]).toBe(1);
    }
  });
  it("finds a mode of one fifth beside a far outlier, which is none", () => {
    const x = draw((s) => (s.uniform() < 0.2 ? 5 : 0) + s.normal(), 500, "fifth");
    x[0] = 400;
    const { modes } = judge(x);
    expect(modes!.positions[0]).toBeCloseTo(0, 0);
    expect(modes!.positions[1]).toBeCloseTo(5, 0);
    expect(modes!.weights[1]).toBeCloseTo(0.2, 1);
  });
  it("calls no lattice multimodal: 16 spins, 1000 replicas; without the step told it would", () => {
    expect(rejections(6, (s) => of("spins", 1000, s, 1 / 8).goodness)).toBe(0);
    // Negative control: a step that is too small leaves every value a mode of its own.
    expect(judge(draw(laws.spins, 1000, "spins", 1), 1e-6)).toMatchObject({ outcome: "multimodal" });
    expect(() => judge(draw(laws.spins, 1000, "spins", 1))).toThrow(/step = 0: must be positive where most samples repeat a value/);
  });
  it("sees two modes of a lattice: spins that point all up or all down but for a few", () => {
    const x = draw((s) => ((s.bits() & 1) === 1 ? 1 : -1) * (1 - s.integer(4) / 8), 300, "magnet");
    const { outcome, modes, goodness } = judge(x, 1 / 8);
    expect([outcome, goodness]).toEqual(["multimodal", 0.01]);
    expect(Math.abs(modes!.positions[1])).toBeGreaterThan(0.6);
    expect(modes!.bandwidth).toBeGreaterThanOrEqual(1 / 8);
  });
  it("spreads a value evenly over its step, and leaves a single one at its place", () => {
    expect([...spreadOverSteps(Float64Array.of(0, 0, 1, 3), 1)]).toEqual([-0.25, 0.25, 1, 3]);
  });
  it("gives the same bytes for any order of the replicas, plain JSON, and refuses a level that no resample can reach", () => {
    const x = draw(laws.bimodal, 50, "order");
    const found = judge(x);
    expect(judge(shuffled(x))).toEqual(found);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(() => bimodality(x, { ...resampling(99), level: 0.001, step: 0, leastWeight: 0.05 })).toThrow(/level = 0.001/);
  });
});
