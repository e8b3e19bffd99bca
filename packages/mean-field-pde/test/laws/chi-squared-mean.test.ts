import { describe, expect, test } from "vitest";
import { chiSquaredMean } from "../../src/index.js";
import { relativeError } from "../fixtures.js";

describe("chi2_D / D", () => {
  test("exponential for D = 2, by the general formulas too", () => {
    const law = chiSquaredMean(2);
    for (const x of [1e-9, 0.1, 1, 7, 40]) {
      expect(relativeError(law.survival(x), Math.exp(-x))).toBeLessThan(1e-14);
      expect(relativeError(law.cdf(x), -Math.expm1(-x))).toBeLessThan(1e-14);
    }
  });

  // scipy.special.gammaincc(D/2, D x/2), double precision
  test.each([
    [1, 0.5, 0.47950012218695337],
    [1, 9, 0.0026997960632601883],
    [3, 1, 0.3916251762710877],
    [8, 2.5, 0.010336050675925721],
    [112, 1.2, 0.07339223595458272],
    [1000, 0.95, 0.8691240657456883],
  ])("D = %d, x = %d", (dimension, x, upper) => {
    expect(relativeError(chiSquaredMean(dimension).survival(x), upper)).toBeLessThan(1e-11);
  });

  test("tails, density and quantiles agree with each other", () => {
    for (const dimension of [1, 3, 7, 40, 1001, 308961536]) {
      const law = chiSquaredMean(dimension);
      const width = Math.sqrt(law.varianceLog);
      for (const p of [1e-9, 0.03, 0.5, 0.97, 1 - 1e-9]) {
        const x = law.upperQuantile(p);
        const tail = p < 0.5 ? law.survival(x) / p : law.cdf(x) / (1 - p);
        expect(Math.abs(tail - 1)).toBeLessThan(1e-7);
        expect(Math.abs(law.survival(x) + law.cdf(x) - 1)).toBeLessThan(1e-12);
        const h = 1e-4 * width;
        const slope = (law.cdf(x * Math.exp(h)) - law.cdf(x * Math.exp(-h))) / (2 * h);
        if (p > 0.01 && p < 0.99) expect(relativeError(law.logDensity(x), slope)).toBeLessThan(1e-4);
      }
    }
  });

  test("many degrees of freedom: nearly deterministic", () => {
    const law = chiSquaredMean(1_000_000);
    expect(law.survival(0.99)).toBeCloseTo(1, 10);
    expect(law.survival(1.01)).toBeLessThan(1e-10);
  });

  test("refusals", () => {
    expect(() => chiSquaredMean(0)).toThrow(/degreesOfFreedom = 0/);
    expect(() => chiSquaredMean(3).upperQuantile(1.5)).toThrow(/p = 1.5/);
  });
});
