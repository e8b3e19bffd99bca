import { describe, expect, it } from "vitest";
import { fileURLToPath } from "node:url";
import { DomainError, key } from "@mesoscope/numerics";
import { qualityMeter } from "../../src/scaling/collapse-quality.js";
import { fitCollapse, type CollapseCurve, type CollapseFit, type FittedCollapse } from "../../src/index.js";
import { holds, noisyCurve } from "./noisy-curve.js";
import { table } from "./table.js";

interface Example {
  magnetisationLaw(parameters: { K: number; h: number }, N: number): { values: Float64Array; probabilities: Float64Array };
}
const example = (await import(fileURLToPath(new URL("../../../../examples/my-pair.mjs", import.meta.url)))) as Example;

/** Mean and standard deviation of |m| of the Curie-Weiss magnet, exactly. */
function magnetisation(K: number, N: number): readonly [mean: number, sd: number] {
  const { values, probabilities } = example.magnetisationLaw({ K, h: 0 }, N);
  let mean = 0;
  let square = 0;
  values.forEach((m, i) => {
    mean += probabilities[i]! * Math.abs(m);
    square += probabilities[i]! * m * m;
  });
  return [mean, Math.sqrt(square - mean * mean)];
}

const REPLICAS = 400;
/** Points within 1.5 scaled units of the critical coupling. */
const exactOf = (sizes: readonly number[]): readonly { n: number; x: number[]; law: (readonly [number, number])[] }[] =>
  sizes.map((n) => {
    const x = Array.from({ length: 13 }, (_, i) => 1 + ((i - 6) / 6) * (1.5 / Math.sqrt(n)));
    return { n, x, law: x.map((K) => magnetisation(K, n)) };
  });
const curvesOf = (exact: ReturnType<typeof exactOf>, study: number, noise = 1): CollapseCurve[] =>
  exact.map(({ n, x, law }) => ({ n, x, ...noisyCurve(law.map(([mean]) => mean), law.map(([, sd]) => sd / Math.sqrt(REPLICAS)), key("curie-weiss").fold(study, n).stream(), 99, noise) }));

const options = { a: [0, 1], b: [0.1, 1.5], critical: [0.8, 1.2] } as const;
const truth = { a: 0.25, b: 0.5, critical: 1 };
function fitted(fit: CollapseFit): FittedCollapse {
  if (fit.kind === "no-overlap") throw new DomainError({ name: "fit", value: fit.reason, rule: "must overlap", remedy: "See the test." });
  return fit;
}

it("the quality is that of a plain transcription of Houdayer and Hartmann's formula", () => {
  const { curves, quality, terms } = table.quality;
  const meter = qualityMeter(curves.map(({ x }) => x.length));
  const flat = (of: (curve: (typeof curves)[number]) => number[]): Float64Array => Float64Array.from(curves.flatMap(of));
  expect(meter.measure(flat(({ x }) => x), flat(({ y }) => y), flat(({ e }) => e))).toBeCloseTo(quality, 12);
  expect(meter.terms()).toBe(terms);
});

describe("the Curie-Weiss magnet at its critical coupling: |m| = N^(-1/4) f((K - 1) N^(1/2))", () => {
  const large = exactOf([1024, 2048, 4096, 8192]);
  it("exact moments: exponents 1/4 and 1/2 and K = 1 with a bias that falls with the sizes", () => {
    const far = fitted(fitCollapse(curvesOf(large, 0, 0), { ...options, confidence: 0.95 })).at;
    const near = fitted(fitCollapse(curvesOf(exactOf([64, 128, 256, 512]), 0, 0), { ...options, confidence: 0.95 })).at;
    // At N from 1024 corrections of relative order N^(-1/2) still move the exponents by 0.005 and 0.016.
    expect(Math.abs(far.a - 0.25)).toBeLessThan(0.01);
    expect(Math.abs(far.b - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(far.critical - 1)).toBeLessThan(5e-4);
    for (const name of ["a", "b", "critical"] as const) expect(Math.abs(far[name] - truth[name])).toBeLessThan(Math.abs(near[name] - truth[name]));
  });
  it("400 replicas a point: all three within their intervals, together at 95 % a study, and the predicted point consistent, in 4 of 4 studies but one", () => {
    let covered = 0;
    for (let s = 1; s <= 4; s++) {
      const fit = fitted(fitCollapse(curvesOf(large, s), { ...options, confidence: 1 - 0.05 / 3, predicted: truth }));
      expect(fit.goodness).toBeGreaterThan(0.01);
      expect(fit.quality).toBeLessThan(1.5);
      if (holds(fit.intervals.a, 0.25) && holds(fit.intervals.b, 0.5) && holds(fit.intervals.critical, 1) && fit.predicted!.outcome === "consistent") covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(3);
  });
  it("wrong exponents are seen by their quality, all predicted or only one", () => {
    const curves = curvesOf(large, 1);
    const all = fitted(fitCollapse(curves, { ...options, confidence: 0.95, predicted: { ...truth, a: 0.5 } }));
    expect(all.predicted).toMatchObject({ outcome: "inconsistent" });
    expect(all.predicted!.quality).toBeGreaterThan(20);
    expect(fitted(fitCollapse(curves, { ...options, confidence: 0.95, predicted: { b: 1 } })).predicted).toMatchObject({ outcome: "inconsistent", at: { b: 1 } });
    const forced = fitted(fitCollapse(curves, { ...options, a: 0.5, b: 0.5, critical: 1, confidence: 0.95 }));
    expect([forced.quality > 20, forced.goodness]).toEqual([true, 0.01]);
    expect(forced.intervals).toEqual({});
  });
  it("what is known is not fitted, and the rest is known better for it", () => {
    const curves = curvesOf(large, 2);
    const width = (fit: FittedCollapse): number => fit.intervals.a![1]! - fit.intervals.a![0]!;
    const known = fitted(fitCollapse(curves, { ...options, critical: 1, confidence: 0.95 }));
    expect(known.at.critical).toBe(1);
    expect(width(known)).toBeLessThan(0.8 * width(fitted(fitCollapse(curves, { ...options, confidence: 0.95 }))));
  });
});

describe("laws and refusals", () => {
  const sizes = [16, 64];
  const line = (shift = 0, points = 9): CollapseCurve[] =>
    sizes.map((n, c) => {
      const x = Array.from({ length: points }, (_, i) => shift * c + (i - 4) / Math.sqrt(n));
      return { n, x, ...noisyCurve(x.map((at) => Math.tanh(at * Math.sqrt(n))), x.map(() => 0.01), key("line").fold(n).stream(), 99) };
    });
  it("values in another unit change nothing, and it is plain JSON", () => {
    const given = { a: 0, b: [0.1, 1], critical: 0, confidence: 0.95 } as const;
    const fit = fitCollapse(line(), given);
    expect(fitted(fit).at.b).toBeCloseTo(0.5, 1);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    const scaled = fitted(fitCollapse(line().map((c) => ({ ...c, values: c.values.map((y) => 8 * y), standardErrors: c.standardErrors.map((e) => 8 * e), resampled: c.resampled.map((r) => r.map((y) => 8 * y)) })), given));
    expect(scaled.at.b).toBe(fitted(fit).at.b);
  });
  it("curves that do not overlap say so", () => {
    expect(fitCollapse(line(1e3), { a: [0, 1], b: [0, 1], critical: [-1, 1], confidence: 0.95 })).toMatchObject({ kind: "no-overlap", reason: expect.stringContaining("a quarter of the points") as string });
  });
  it.each<[string, () => unknown, RegExp]>([
    ["one size", () => fitCollapse(line().slice(1), { ...options, confidence: 0.95 }), /sizes\.length = 1/],
    ["two points", () => fitCollapse(line(0, 2), { ...options, confidence: 0.95 }), /x\.length = 2/],
    ["unsorted abscissae", () => fitCollapse(line().map((c) => ({ ...c, x: c.x.toReversed() })), { ...options, confidence: 0.95 }), /curves\[0\]\.x\[1\]/],
    ["zero errors", () => fitCollapse(line().map((c) => ({ ...c, standardErrors: c.x.map(() => 0) })), { ...options, confidence: 0.95 }), /standardErrors\[0\] = 0/],
    ["a negative width exponent", () => fitCollapse(line(), { ...options, b: -1, confidence: 0.95 }), /b = -1/],
  ])("%s is refused", (_, run, message) => {
    expect(run).toThrow(DomainError);
    expect(run).toThrow(message);
  });
});
