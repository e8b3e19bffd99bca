import { DomainError, integrate, key } from "@mesoscope/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erf, erfc, erfcScaled } from "../src/index.js";

const check = (min: number, max: number, law: (x: number) => void): void => {
  fc.assert(fc.property(fc.double({ min, max, noNaN: true }), law), { seed: 20260106, numRuns: 500 });
};
const EPS = Number.EPSILON;

describe("the error function and its complement", () => {
  it("add to 1, and reflect: erf odd in every bit, erfc(-x) = 2 - erfc(x)", () => {
    check(-6, 6, (x) => {
      expect(Math.abs(erf(x) + erfc(x) - 1)).toBeLessThanOrEqual(EPS);
      expect(erf(-x)).toBe(-erf(x));
      expect(Math.abs(erfc(-x) + erfc(x) - 2)).toBeLessThanOrEqual(2 * EPS);
    });
  });

  it("are joined to the scaled form by exp(-x^2)", () => {
    check(-5, 25, (x) => {
      expect(Math.abs((erfcScaled(x) * Math.exp(-x * x)) / erfc(x) - 1)).toBeLessThan((4 + x * x) * EPS);
    });
  });

  it("keep the scaled form within its bounds: 2/(x + sqrt(x^2 + 2)) < sqrt(pi) exp(x^2) erfc(x) <= 2/(x + sqrt(x^2 + 4/pi))", () => {
    check(0, 1e6, (x) => {
      const value = Math.sqrt(Math.PI) * erfcScaled(x);
      expect(value).toBeGreaterThan((2 / (x + Math.sqrt(x * x + 2))) * (1 - 4 * EPS));
      expect(value).toBeLessThanOrEqual((2 / (x + Math.sqrt(x * x + 4 / Math.PI))) * (1 + 4 * EPS));
    });
  });

  it("have the derivative 2/sqrt(pi) exp(-x^2): differences are integrals, across every change of method", () => {
    for (const x of [0, 0.2, 0.4, 0.49, 0.75, 1.2, 1.7, 2.4, 3.4, 4.9, 8]) {
      const rise = (2 / Math.sqrt(Math.PI)) * integrate((t) => Math.exp(-t * t), x, x + 0.1, { relative: 1e-14, absolute: 0 }).value;
      expect(Math.abs(erfc(x) - erfc(x + 0.1) - rise)).toBeLessThan((6 + 2 * x * x) * EPS * erfc(x));
      expect(Math.abs(erf(x + 0.1) - erf(x) - rise)).toBeLessThan(3 * EPS);
    }
  });

  it("fall and rise: neighbours a few ulp apart never swap by more than the error", () => {
    check(-6, 26, (x) => {
      const next = x + 8 * EPS * Math.max(1, Math.abs(x));
      expect(erfc(next)).toBeLessThanOrEqual(erfc(x));
      expect(erf(next)).toBeGreaterThanOrEqual(erf(x));
    });
  });

  it("are the law of a normal stream: P(|Z| < z) = erf(z/sqrt 2)", () => {
    const drawn = key("erf").stream().fillNormal(new Float64Array(40_000));
    for (const z of [0.3, 1, 2]) {
      const p = erf(z / Math.SQRT2);
      const share = drawn.filter((value) => Math.abs(value) < z).length / drawn.length;
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / drawn.length));
    }
  });

  it("overflow and underflow as documented, and serve infinities", () => {
    expect([erf(Infinity), erf(-Infinity), erfc(Infinity), erfc(-Infinity), erfcScaled(Infinity)]).toEqual([1, -1, 0, 2, 0]);
    expect([erfc(27.22) > 0, erfc(27.24), erfcScaled(-26.63)]).toEqual([true, 0, Infinity]);
    expect(erfcScaled(-26.62)).toBeLessThan(Infinity);
    expect(Object.is(erf(-0), -0)).toBe(true);
    expect(erfcScaled(1e200) * 1e200 * Math.sqrt(Math.PI)).toBeCloseTo(1, 14);
  });

  it("lose digits in the forms they replace (negative control): 1 - erf(x), exp(-x^2) without the rounding of x^2", () => {
    expect(Math.abs((1 - erf(5)) / erfc(5) - 1)).toBeGreaterThan(1e-6);
    const x = 20.3;
    expect(Math.abs((Math.exp(-x * x) * erfcScaled(x)) / erfc(x) - 1)).toBeGreaterThan(10 * EPS);
  });

  it("refuse NaN", () => {
    for (const f of [erf, erfc, erfcScaled]) expect(() => f(NaN)).toThrow(DomainError);
  });
});
