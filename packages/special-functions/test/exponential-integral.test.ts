import { DomainError, integrate } from "@mesoscope/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { e1, e1Scaled, ei, eiScaled } from "../src/index.js";

const positive = fc.double({ min: Math.log(1e-6), max: Math.log(600), noNaN: true }).map(Math.exp);
const check = (law: (x: number) => void): void => {
  fc.assert(fc.property(positive, law), { seed: 20260101, numRuns: 400 });
};

describe("the exponential integrals", () => {
  it("keep E1 within its bounds: log(1 + 2/x)/2 < exp(x) E1(x) < log(1 + 1/x)", () => {
    check((x) => {
      const value = e1Scaled(x);
      expect(value).toBeGreaterThan(0.5 * Math.log1p(2 / x) * (1 - 1e-14));
      expect(value).toBeLessThan(Math.log1p(1 / x) * (1 + 1e-14));
      if (x < 500) expect(Math.abs(e1(x) * Math.exp(x) - value)).toBeLessThan(1e-14 * value);
    });
  });

  it("have the derivatives exp(x)/x and -exp(-x)/x: differences are integrals, across every change of method", () => {
    const tolerance = { relative: 1e-13, absolute: 0 };
    for (const x of [0.05, 0.2, 0.37, 0.9, 1, 2.9, 3, 39, 40, 90]) {
      const rise = integrate((t) => Math.exp(t) / t, x, 1.1 * x, tolerance).value;
      expect(Math.abs((ei(1.1 * x) - ei(x)) / rise - 1)).toBeLessThan(3e-13);
      const fall = integrate((t) => Math.exp(-t) / t, x, 1.1 * x, tolerance).value;
      expect(Math.abs((e1(x) - e1(1.1 * x)) / fall - 1)).toBeLessThan(3e-13);
    }
  });

  it("differ by twice the odd part near 0: Ei(x) + E1(x) = 2 (x + x^3/18 + ...)", () => {
    for (const x of [1e-3, 1e-2, 0.1]) {
      expect(Math.abs(ei(x) + e1(x) - 2 * (x + x ** 3 / 18 + x ** 5 / 600))).toBeLessThan(4e-15 + x ** 7 / 1e4);
    }
  });

  it("overflow and underflow as documented, the scaled forms tending to 1/x", () => {
    expect([ei(716), ei(717), e1(700) > 0, e1(760)]).toEqual([expect.any(Number), Infinity, true, 0]);
    expect(ei(716)).toBeLessThan(Infinity);
    expect(eiScaled(1e200) * 1e200).toBeCloseTo(1, 14);
    expect(e1Scaled(1e200) * 1e200).toBeCloseTo(1, 14);
  });

  it("refuse 0, negative numbers, NaN and Infinity", () => {
    for (const f of [ei, eiScaled, e1, e1Scaled]) for (const x of [0, -1, NaN, Infinity]) expect(() => f(x)).toThrow(DomainError);
  });
});
