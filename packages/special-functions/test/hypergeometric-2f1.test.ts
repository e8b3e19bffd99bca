import { DomainError } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { gamma, hypergeometric2F1 } from "../src/index.js";

describe("Gauss's hypergeometric function", () => {
  it("has its elementary cases", () => {
    for (const z of [0, 1e-9, 0.3, 0.79]) {
      expect(hypergeometric2F1(0.5, 2, 2, z)).toBeCloseTo((1 - z) ** -0.5, 13);
      expect(z * hypergeometric2F1(1, 1, 2, z)).toBeCloseTo(-Math.log1p(-z), 13);
    }
    for (const z of [0, 0.5, 0.9, 1]) expect(hypergeometric2F1(-3, 5, 5, z)).toBeCloseTo((1 - z) ** 3, 14);
  });

  it("is the mean of the Moebius image at d = 2 and d = 3", () => {
    for (const r of [0.01, 0.5, 0.9, 0.95, 0.999]) {
      expect(hypergeometric2F1(1, 0, 2, r * r)).toBe(1);
      const mean = (4 / 3) * r * hypergeometric2F1(1, -0.5, 2.5, r * r);
      const closed = (1 + r * r) / (2 * r) - ((1 - r * r) ** 2 / (4 * r * r)) * Math.log((1 + r) / (1 - r));
      expect(Math.abs(mean - closed)).toBeLessThan(r < 0.1 ? 1e-10 : 1e-14); // the closed form cancels for small r
    }
  });

  it("is Gauss's quotient of gammas at z = 1", () => {
    for (const [a, b, c] of [[1, -0.5, 2.5], [1, -1.5, 3.5], [0.5, 0.25, 3.75], [1, -7.5, 9.5]] as const) {
      const expected = (gamma(c) * gamma(c - a - b)) / (gamma(c - a) * gamma(c - b));
      expect(hypergeometric2F1(a, b, c, 1)).toBeCloseTo(expected, 13);
    }
  });

  it("is continuous where the method changes", () => {
    for (const d of [3, 5, 7, 9, 11]) {
      const f = (z: number): number => hypergeometric2F1(1, 1 - d / 2, 1 + d / 2, z);
      expect(Math.abs(f(0.8) - f(0.8 + 1e-15))).toBeLessThan(1e-14);
    }
  });

  it("refuses what it cannot do", () => {
    for (const call of [() => hypergeometric2F1(1, 1, 2, 1), () => hypergeometric2F1(1, 1, 2.5, 0.9), () => hypergeometric2F1(1, 1, 2, -0.1), () => hypergeometric2F1(1, 1, 0, 0.5), () => hypergeometric2F1(NaN, 1, 2, 0.5)]) {
      expect(call).toThrow(DomainError);
    }
  });
});
