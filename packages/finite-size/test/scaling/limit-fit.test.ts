import { describe, expect, it } from "vitest";
import { DomainError, key } from "@mesoscope/numerics";
import { normalQuantile } from "../../src/distributions/normal.js";
import { compareLimit, fitLimit, type FittedLimit, type LimitFit, type ResampledCurve } from "../../src/index.js";
import { holds, leastCoverage, noisyCurve, share } from "./noisy-curve.js";
import { table } from "./table.js";

const sizes = [16, 32, 64, 128, 256];
const confidence = 0.95;
const STUDIES = 80;

function fitted(fit: LimitFit): FittedLimit {
  if (fit.kind === "unresolved") throw new DomainError({ name: "fit", value: fit.reason, rule: "must be resolved", remedy: "See the test." });
  return fit;
}
const exactCurve = (values: readonly number[], errors: readonly number[]): ResampledCurve => noisyCurve(values, errors, key("exact").stream(), 99, 0);

describe("values", () => {
  it("are those of SciPy's least squares, with the exponent fitted and with it given", () => {
    for (const one of table.limits) {
      const curve = exactCurve(one.values, one.standardErrors);
      const free = fitted(fitLimit(one.sizes, curve, { confidence }));
      expect(free.limit).toBeCloseTo(one.free[0], 6);
      expect(free.amplitude / one.free[1]).toBeCloseTo(1, 4);
      expect(free.exponent).toBeCloseTo(one.free[2], 5);
      expect(free.chiSquare).toBeCloseTo(one.chiSquare, 8);
      const fixed = fitted(fitLimit(one.sizes, curve, { confidence, exponent: one.order }));
      expect(fixed.limit).toBeCloseTo(one.fixed[0], 10);
      expect(fixed.amplitude / one.fixed[1]).toBeCloseTo(1, 10);
      // Where resamples ask for no more the interval is the normal one.
      expect((fixed.limit - fixed.limitInterval[0]!) / one.fixedError).toBeGreaterThanOrEqual(normalQuantile(0.975) - 1e-9);
    }
  });
  it.each([[0.5, 2], [1, -3], [2.3, 0.01]])("exact laws are found exactly: p = %f, a = %f", (p, a) => {
    const values = sizes.map((n) => 7 + a * n ** -p);
    const fit = fitted(fitLimit(sizes, exactCurve(values, values.map(() => Math.abs(a) * 1e-5)), { confidence }));
    expect(fit.limit).toBeCloseTo(7, 5);
    expect(fit.exponent).toBeCloseTo(p, 4);
    expect(fit.goodness).toBeGreaterThan(0.999);
  });
});

describe("laws", () => {
  const curve = noisyCurve(sizes.map((n) => 1 + 1 / n), sizes.map(() => 0.001), key("laws").stream(), 199);
  const fit = fitted(fitLimit(sizes, curve, { confidence }));
  it("moving and stretching the values moves and stretches the limit, and leaves the exponent", () => {
    const moved = fitted(fitLimit(sizes, { values: curve.values.map((y) => 8 - 4 * y), standardErrors: curve.standardErrors.map((e) => 4 * e), resampled: curve.resampled.map((r) => r.map((y) => 8 - 4 * y)) }, { confidence }));
    expect(moved.limit).toBeCloseTo(8 - 4 * fit.limit, 8);
    expect(moved.exponent).toBeCloseTo(fit.exponent, 5);
    expect(moved.limitInterval[0]).toBeCloseTo(8 - 4 * fit.limitInterval[1]!, 6);
  });
  it("sizes in another unit change the amplitude alone", () => {
    const scaled = fitted(fitLimit(sizes.map((n) => 10 * n), curve, { confidence }));
    expect(scaled.limit).toBeCloseTo(fit.limit, 8);
    expect(scaled.amplitude / (fit.amplitude * 10 ** fit.exponent)).toBeCloseTo(1, 4);
  });
  it("a given exponent makes the interval narrower", () => {
    const given = fitted(fitLimit(sizes, curve, { confidence, exponent: 1 }));
    expect(given.limitInterval[1]! - given.limitInterval[0]!).toBeLessThan(0.7 * (fit.limitInterval[1]! - fit.limitInterval[0]!));
    expect(given).not.toHaveProperty("exponentInterval");
  });
  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  });
});

describe(`95 % intervals cover (${STUDIES} studies, three standard errors below 95 %)`, () => {
  it.each([[1, 0.002], [0.5, 0.005]])("p = %f, errors %f: limit, exponent, limit with p given, and z", (p, error) => {
    const seen = { limit: 0, exponent: 0, given: 0, z: 0 };
    for (let s = 0; s < STUDIES; s++) {
      const curve = noisyCurve(sizes.map((n) => 1 + n ** -p), sizes.map(() => error), key("limit").fold(s).stream(), 99);
      const fit = fitted(fitLimit(sizes, curve, { confidence }));
      const given = fitted(fitLimit(sizes, curve, { confidence, exponent: p }));
      if (holds(fit.limitInterval, 1)) seen.limit += 1;
      if (holds(fit.exponentInterval, p)) seen.exponent += 1;
      if (holds(given.limitInterval, 1)) seen.given += 1;
      if (compareLimit(fit, { value: 1, numericalError: 0 }).outcome === "consistent") seen.z += 1;
    }
    for (const count of Object.values(seen)) expect(count / STUDIES).toBeGreaterThanOrEqual(leastCoverage(STUDIES));
  });
  it("and a wrong exponent, forced, is caught", () => {
    const covered = share(20, (s) => {
      const curve = noisyCurve(sizes.map((n) => 1 + 1 / n), sizes.map(() => 0.002), key("forced").fold(s).stream(), 99);
      return holds(fitted(fitLimit(sizes, curve, { confidence, exponent: 0.5 })).limitInterval, 1);
    });
    expect(covered).toBeLessThan(0.2);
  });
});

describe("where there is no decay to extrapolate", () => {
  it("says so, with the constant: equal values, and noise about a constant in at least 90 % of 40 studies", () => {
    expect(fitLimit(sizes, exactCurve(sizes.map(() => 3), sizes.map(() => 0.1)), { confidence })).toMatchObject({ kind: "unresolved", constant: { value: 3, goodness: 1 }, reason: expect.stringContaining("a constant fits as well") as string });
    const unresolved = share(40, (s) => fitLimit(sizes, noisyCurve(sizes.map(() => 1), sizes.map(() => 0.01), key("flat").fold(s).stream(), 99), { confidence }).kind === "unresolved");
    expect(unresolved).toBeGreaterThanOrEqual(0.9);
  });
  it("also where the values grow like a logarithm, or die at once", () => {
    expect(fitLimit(sizes, exactCurve(sizes.map((n) => Math.log(n)), sizes.map(() => 0.001)), { confidence })).toMatchObject({ kind: "unresolved", reason: expect.stringContaining("slower than any searched") as string });
    expect(fitLimit(sizes, exactCurve(sizes.map((n) => (n === 16 ? 1 : 0)), sizes.map(() => 0.001)), { confidence })).toMatchObject({ kind: "unresolved", reason: expect.stringContaining("faster than any searched") as string });
  });
  it("nothing is compared with it", () => {
    const fit = fitLimit(sizes, exactCurve(sizes.map(() => 3), sizes.map(() => 0.1)), { confidence });
    expect(compareLimit(fit, { value: 3, numericalError: 0 })).toMatchObject({ outcome: "undecided" });
  });
  it("huge ratios of sizes, values and errors end in numbers", () => {
    const far = [1, 1e3, 1e7, 1e11, 1e15];
    for (const fit of [fitLimit(far, exactCurve(far.map((n) => 1e30 + 1e32 / n), far.map(() => 1e20)), { confidence }), fitLimit(far, exactCurve(far.map(() => 1e-200), far.map((_, k) => 1e-300 * 10 ** k)), { confidence })]) {
      expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    }
  });
});

describe("the comparison with a solver", () => {
  const fit = fitted(fitLimit(sizes, noisyCurve(sizes.map((n) => 1 + 1 / n), sizes.map(() => 0.001), key("solver").stream(), 199), { confidence }));
  it("a solver that is off is found, unless its own error says so", () => {
    const off = { value: 1.1, numericalError: 0 };
    expect(compareLimit(fit, off)).toMatchObject({ outcome: "inconsistent" });
    expect(compareLimit(fit, { ...off, numericalError: 0.1 })).toMatchObject({ outcome: "consistent" });
  });
  it("z is the difference in units of both errors", () => {
    const found = compareLimit(fit, { value: 1.1, numericalError: 0.02 });
    if (found.outcome === "undecided") throw new RangeError(found.reason);
    expect(found.z).toBeCloseTo(found.difference / Math.hypot(found.standardError, 0.02), 10);
  });
});

describe("what cannot be fitted is refused", () => {
  const curve = noisyCurve(sizes.map((n) => 1 / n), sizes.map(() => 0.1), key("bad").stream(), 99);
  const with3 = { values: curve.values.slice(2), standardErrors: curve.standardErrors.slice(2), resampled: curve.resampled.slice(2) };
  it.each<[string, () => unknown, RegExp]>([
    ["three sizes", () => fitLimit(sizes.slice(2), with3, { confidence }), /sizes\.length = 3: must be an integer of at least 4/],
    ["zero errors", () => fitLimit(sizes, { ...curve, standardErrors: sizes.map(() => 0) }, { confidence }), /standardErrors\[0\] = 0/],
    ["one error 1e8 times smaller", () => fitLimit(sizes, { ...curve, standardErrors: [1e-9, 0.1, 0.1, 0.1, 0.1] }, { confidence }), /1e7 times smaller/],
    ["a NaN", () => fitLimit(sizes, { ...curve, values: [Number.NaN, 1, 1, 1, 1] }, { confidence }), /values\[0\] = NaN/],
    ["a NaN among the resamples", () => fitLimit(sizes, { ...curve, resampled: curve.resampled.map((r, k) => (k === 1 ? r.map(() => Number.NaN) : r)) }, { confidence }), /resampled\[1\]\[0\] = NaN/],
    ["double sizes", () => fitLimit([16, 16, 32, 64, 128], curve, { confidence }), /must be greater than 16/],
    ["few resamples", () => fitLimit(sizes, { ...curve, resampled: curve.resampled.map((r) => r.slice(9)) }, { confidence }), /resamples = 90/],
    ["a range backwards", () => fitLimit(sizes, curve, { confidence, range: [2, 1] }), /must begin below its end 1/],
    ["a negative numerical error", () => compareLimit(fitLimit(sizes, curve, { confidence, exponent: 1 }), { value: 1, numericalError: -1 }), /numericalError = -1/],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(DomainError);
    expect(run).toThrow(message);
  });
});
