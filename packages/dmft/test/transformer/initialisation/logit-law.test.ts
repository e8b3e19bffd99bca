import { describe, expect, it } from "vitest";
import { logitLaw } from "../../../src/transformer/index.js";
import table from "../../fixtures/logit-law.json" with { type: "json" };

describe("law of a logit over heads", () => {
  it.each(table.cases.map((one) => [one.N, one.alphaA, one] as const))("is that of Bessel functions by mpmath, N = %i, alphaA = %f", (_N, _alphaA, { N, alphaA, query, key, x, density, cdf }) => {
    const law = logitLaw({ N, alphaA, query, key });
    x.forEach((at, i) => {
      expect(Math.abs(law.cdf(at) - cdf[i]!)).toBeLessThan(1e-13);
      expect(Math.abs(law.cdf(-at) - (1 - cdf[i]!))).toBeLessThan(1e-13);
      expect(Math.abs(law.density(at) / density[i]! - 1)).toBeLessThan(1e-11);
    });
  });

  it("has quantiles that invert its distribution function, in both tails", () => {
    for (const N of [1, 4, 300]) {
      const law = logitLaw({ N, alphaA: 0.5, query: 1.5, key: 0.7 });
      for (const p of [1e-9, 0.01, 0.3, 0.5, 0.9, 0.9999]) expect(Math.abs(law.cdf(law.quantile(p)) / p - 1)).toBeLessThan(1e-9);
    }
  });

  it("has a variance ~ N^(1 - 2 alphaA) and a kurtosis 3 (1 + 2/N), and tends to a normal law", () => {
    const of = (N: number, alphaA: number): ReturnType<typeof logitLaw> => logitLaw({ N, alphaA, query: 2, key: 3 });
    expect(of(16, 1).variance).toBe(6 / 16);
    expect(of(16, 0.5).variance).toBe(6);
    expect(of(16, 0.75).variance).toBeCloseTo(6 / 4, 12);
    expect(of(1, 1).kurtosis).toBe(9);
    // Phi(1), to O(1/N).
    expect(Math.abs(of(10_000, 0.5).cdf(Math.sqrt(6)) - 0.8413447460685429)).toBeLessThan(1e-4);
    expect(Math.abs(of(1, 0.5).cdf(Math.sqrt(6)) - 0.8413447460685429)).toBeGreaterThan(0.02);
  });

  it("refuses what is no head", () => {
    expect(() => logitLaw({ N: 0, alphaA: 1, query: 1, key: 1 })).toThrow(/N = 0/);
    expect(() => logitLaw({ N: 2, alphaA: 0.4, query: 1, key: 1 })).toThrow(/alphaA = 0.4/);
    expect(() => logitLaw({ N: 2, alphaA: 1, query: 0, key: 1 })).toThrow(/query = 0/);
    expect(() => logitLaw({ N: 2, alphaA: 1, query: 1, key: 1 }).quantile(0)).toThrow(/p = 0/);
  });
});
