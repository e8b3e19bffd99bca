import { describe, expect, it } from "vitest";
import { cos, DomainError, exp, periodicTrapezoid } from "../../src/index.js";

const TURN = 2 * Math.PI;

describe("periodicTrapezoid", () => {
  it("is exact below degree n and wrong at degree n, where it sees the wave as a constant", () => {
    for (const n of [1, 2, 5, 12]) {
      for (let k = 1; k < n; k++) expect(Math.abs(periodicTrapezoid((x) => cos(k * x), 0, TURN, n))).toBeLessThan(1e-14);
      expect(periodicTrapezoid((x) => cos(n * x), 0, TURN, n)).toBeCloseTo(TURN, 12);
    }
  });

  it("gives 2 pi I_0(1) with the error 4 pi I_n(1): each further point is worth a factor 2n", () => {
    const exact = 7.954926521012846;
    const error = (n: number): number => periodicTrapezoid((x) => exp(cos(x)), 0.25, TURN, n) - exact;
    // I_6(1) = 2.2488661477147573e-5, times cos(6 * 0.25) for the shifted start.
    expect(error(6) / (4 * Math.PI * 2.2488661477147573e-5 * cos(1.5))).toBeCloseTo(1, 2);
    expect(Math.abs(error(20))).toBeLessThan(4e-15);
  });

  it("does not depend on the start once it has converged", () => {
    const f = (x: number): number => exp(3 * cos(x));
    expect(Math.abs(periodicTrapezoid(f, 0.1, TURN, 40) / periodicTrapezoid(f, 2.7, TURN, 40) - 1)).toBeLessThan(1e-14);
  });

  it("refuses bad arguments and integrands", () => {
    expect(() => periodicTrapezoid(cos, 0, 0, 5)).toThrow(DomainError);
    expect(() => periodicTrapezoid(cos, 0, TURN, 0)).toThrow(DomainError);
    expect(() => periodicTrapezoid(() => NaN, 0, TURN, 4)).toThrow("x[0] = NaN");
  });
});
