import { describe, expect, it } from "vitest";
import { DomainError, key } from "@mesoscope/numerics";
import { boundaryOf, compareTwoAxisLaws, effectiveSize, fitTwoAxes, twoAxisLawAt, type AxisExponent, type GridPoint, type ResampledSurface, type TwoAxisLaw } from "../../src/index.js";
import { holds, leastCoverage, noisyCurve, share } from "./noisy-curve.js";
import { table } from "./table.js";

const sizes = [16, 32, 64, 128, 256];
const points = sizes.flatMap((n) => sizes.map((h): GridPoint => [n, h]));
const confidence = 0.95;

function surface(law: (n: number, h: number) => number, errorOf: (y: number) => number, study: number, noise = 1): ResampledSurface {
  const ys = points.map(([n, h]) => law(n, h));
  return { points, ...noisyCurve(ys, ys.map(errorOf), key("two-axes").fold(study).stream(), 99, noise) };
}
const intervalOf = (exponent: AxisExponent): readonly [number | null, number | null] | undefined => (exponent.kind === "fitted" ? exponent.interval : undefined);

describe("values", () => {
  it("are those of SciPy's least squares", () => {
    for (const { law, points: at, values, standardErrors, best, chiSquare } of table.surfaces) {
      const { fit } = fitTwoAxes({ points: at, ...noisyCurve(values, standardErrors, key("table").stream(), 99, 0) }, law, { confidence });
      const [a, b, p, q, c] = best as [number, number, number, number, number?];
      expect(fit.chiSquare).toBeCloseTo(chiSquare, 7);
      expect(fit.exponents[0]).toBeCloseTo(p, 4);
      expect(fit.exponents[1]).toBeCloseTo(q, 4);
      [a, b, ...(c === undefined ? [] : [c])].forEach((amplitude, j) => {
        expect(fit.amplitudes[j]! / amplitude).toBeCloseTo(1, 3);
      });
    }
  });
  it("exact laws are found exactly, and a law at a point is what it says", () => {
    const laws: readonly [TwoAxisLaw, readonly number[]][] = [["sum", [3, -2]], ["sum-and-product", [3, 2, 5]], ["product", [0.1]], ["first", [4]], ["second", [-1]]];
    for (const [law, amplitudes] of laws) {
      const { fit } = fitTwoAxes(surface((n, h) => twoAxisLawAt(law, amplitudes, [1.3, 0.6], [n, h]), () => 1e-7, 0, 0), law, { confidence });
      expect(fit.goodness).toBeGreaterThan(0.999);
      fit.amplitudes.forEach((a, j) => {
        expect(a / amplitudes[j]!).toBeCloseTo(1, 3);
      });
      if (law !== "second") expect(fit.exponents[0]).toBeCloseTo(1.3, 4);
      if (law !== "first") expect(fit.exponents[1]).toBeCloseTo(0.6, 4);
      expect([fit.first.kind === "absent", fit.second.kind === "absent"]).toEqual([law === "second", law === "first"]);
    }
    expect(twoAxisLawAt("sum-and-product", [1, 2, 3], [1, 0.5], [4, 9])).toBeCloseTo(1 / 4 + 2 / 3 + 3 / 12, 12);
  });
  it("the two axes are alike: exchanged, they exchange the exponents", () => {
    const one = surface((n, h) => 1 / n + 2 / Math.sqrt(h), () => 0.002, 1);
    const { fit } = fitTwoAxes(one, "sum", { confidence });
    const { fit: other } = fitTwoAxes({ ...one, points: one.points.map(([n, h]): GridPoint => [h, n]) }, "sum", { confidence });
    expect(other.exponents[0]).toBeCloseTo(fit.exponents[1], 4);
    expect(other.chiSquare).toBeCloseTo(fit.chiSquare, 6);
  });
});

describe("95 % intervals of both exponents cover (25 studies each, jointly at three standard errors)", () => {
  const cases: readonly [string, TwoAxisLaw, (n: number, h: number) => number, (y: number) => number, readonly [number, number]][] = [
    ["bias 1 / N + 0.3 / sqrt H", "sum", (n, h) => 1 / n + 0.3 / Math.sqrt(h), () => 0.003, [1, 0.5]],
    ["variance 1 / (N H)", "product", (n, h) => 1 / (n * h), (y) => 0.1 * y, [1, 1]],
    ["variance 1 / H, none along N", "product", (_, h) => 1 / h, (y) => 0.1 * y, [0, 1]],
  ];
  it.each(cases)("%s", (_, law, of, error, [p, q]) => {
    const covered = [0, 0];
    for (let s = 0; s < 25; s++) {
      const { fit } = fitTwoAxes(surface(of, error, s), law, { confidence });
      if (holds(intervalOf(fit.first), p)) covered[0]! += 1;
      if (holds(intervalOf(fit.second), q)) covered[1]! += 1;
    }
    for (const count of covered) expect(count / 25).toBeGreaterThanOrEqual(leastCoverage(25));
  });
});

describe("laws beside each other", () => {
  const sum = surface((n, h) => 1 / n + 1 / h, () => 0.001, 3);
  it("goodness of fit tells a sum from a product, and from either axis alone", () => {
    const good = Object.fromEntries(compareTwoAxisLaws(sum, ["sum", "sum-and-product", "product", "first", "second"]).map(({ law, goodness }) => [law, goodness]));
    expect(good["sum"]).toBeGreaterThan(0.01);
    expect(good["sum-and-product"]).toBeGreaterThan(0.01);
    for (const law of ["product", "first", "second"]) expect(good[law]).toBeLessThan(1e-6);
  });
  it("a part that is not there is unresolved, with its reason; a given exponent is not fitted", () => {
    const { fit } = fitTwoAxes(surface((_, h) => 1 / h, () => 0.002, 4), "sum", { confidence });
    expect(fit.first).toMatchObject({ kind: "unresolved", reason: expect.stringContaining("no part that falls along the first axis is seen") as string });
    expect(holds(intervalOf(fit.second), 1)).toBe(true);
    expect(fitTwoAxes(sum, "sum", { confidence, exponents: { first: 1 } }).fit).toMatchObject({ first: { kind: "given", value: 1 }, second: { kind: "fitted" }, freedom: 22 });
  });
  it("nothing at all is unresolved, and all equal values are numbers", () => {
    const { fit } = fitTwoAxes(surface(() => 0, () => 1, 0, 0), "sum", { confidence });
    expect([fit.first.kind, fit.second.kind]).toEqual(["unresolved", "unresolved"]);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    const equal = fitTwoAxes(surface(() => 5, () => 1e-3, 0, 0), "sum", { confidence });
    expect(JSON.parse(JSON.stringify(equal))).toEqual(equal);
  });
});

describe("the boundary N*(H)", () => {
  const found = fitTwoAxes(surface((n, h) => 1 / n + 0.5 / h, () => 0.0005, 5), "sum", { confidence });
  const hs = [4, 16, 64, 256];
  const boundary = boundaryOf(found.fit, found.refits, { margin: 0.05, confidence, hs });
  it("is 1 / (margin - 0.5 / H) with its interval, and not reached where the part of H is beyond the margin", () => {
    const [none, ...reached] = boundary.points;
    expect(none).toMatchObject({ h: 4, reached: false, reason: expect.stringContaining("is beyond the tolerance by itself") as string });
    for (const point of reached) {
      const truth = 1 / (0.05 - 0.5 / point.h);
      expect(point.reached && [point.interval[0] <= truth && truth <= point.interval[1]!, Math.abs(point.value / truth - 1) < 0.1]).toEqual([true, true]);
    }
    expect(JSON.parse(JSON.stringify(boundary))).toEqual(boundary);
  });
  it("parts of opposite sign: from N* on the deviation stays inside", () => {
    const curve = { ...found.fit, amplitudes: [1, -1], exponents: [1, 1] as const };
    const [point] = boundaryOf(curve, [curve], { margin: 0.05, confidence, hs: [25] }).points;
    expect(point).toMatchObject({ reached: true, value: expect.closeTo(1 / 0.09, 9) as number });
  });
  it("a product that does not fall along the first axis never gets there", () => {
    const flat = fitTwoAxes(surface((_, h) => 1 / h, (y) => 0.1 * y, 6), "product", { confidence, exponents: { first: 0 } });
    expect(boundaryOf(flat.fit, flat.refits, { margin: 1e-3, confidence, hs: [16] }).points[0]).toMatchObject({ reached: false, reason: expect.stringContaining("does not fall") as string });
  });
});

describe("the effective size", () => {
  const tenth = (y: number): number => 0.1 * y;
  it("N H and N sqrt(H), with a correction, are found in 10 studies each, jointly", () => {
    const laws: readonly [number, (n: number, h: number) => number][] = [[1, (n, h) => 1 / (n * h)], [0.5, (n, h) => (1 + 3 / (n * Math.sqrt(h))) / (n * Math.sqrt(h))]];
    for (const [ratio, law] of laws) {
      const covered = share(10, (s) => {
        const found = effectiveSize(surface(law, tenth, s), { confidence });
        return found.kind === "fitted" && holds(found.interval, ratio) && found.goodness > 0.01;
      });
      expect(covered).toBeGreaterThanOrEqual(leastCoverage(10));
    }
  });
  it("1 / N + 1 / H is no function of one size", () => {
    expect(effectiveSize(surface((n, h) => 1 / n + 1 / h, tenth, 1), { confidence })).toMatchObject({ kind: "fitted", goodness: 0.01, quality: expect.toSatisfy((q: number) => q > 3) as number });
  });
});

describe("what cannot be fitted is refused", () => {
  const good = surface((n, h) => 1 / n + 1 / h, () => 0.01, 7);
  const only = (keep: (point: GridPoint) => boolean): ResampledSurface => {
    const kept = points.flatMap((point, k) => (keep(point) ? [k] : []));
    return { points: kept.map((k) => points[k]!), values: kept.map((k) => good.values[k]!), standardErrors: kept.map((k) => 0.01 + 0 * k), resampled: kept.map((k) => good.resampled[k]!) };
  };
  it.each<[string, () => unknown, RegExp]>([
    ["two sizes along an axis", () => fitTwoAxes(only(([n]) => n < 64), "sum", { confidence }), /sizes along the first axis = 2/],
    ["fewer points than parameters", () => fitTwoAxes(only(([n, h]) => n === h && n < 128), "sum-and-product", { confidence }), /points\.length = 3: must be an integer of at least 6/],
    ["a point twice", () => fitTwoAxes({ ...good, points: points.map((): GridPoint => [16, 16]) }, "sum", { confidence }), /must not come twice/],
    ["zero errors", () => fitTwoAxes({ ...good, standardErrors: points.map(() => 0) }, "sum", { confidence }), /standardErrors\[0\] = 0/],
    ["an exponent beyond reason", () => fitTwoAxes(good, "sum", { confidence, exponents: { first: 20 } }), /exponents\.first = 20/],
    ["no margin", () => boundaryOf(fitTwoAxes(good, "sum", { confidence }).fit, [], { margin: 0, confidence, hs: [16] }), /margin = 0/],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(DomainError);
    expect(run).toThrow(message);
  });
});
