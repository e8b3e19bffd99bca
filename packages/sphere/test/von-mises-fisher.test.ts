/** Sampling is tested at a family-wise 1 % over its sixteen tests of a mean (Sidak: two-sided normal point 3.4192). */
import { DomainError, integrate, key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { normaliseRows, sampleVonMisesFisher, vonMisesFisherLogDensity, vonMisesFisherMeanLength, zonalFunkHecke } from "../src/index.js";

const NORMAL = 3.4192;
const LAWS = [[2, 0.5], [2, 20], [3, 0], [3, 5], [3, 1e6], [8, 3], [8, 100], [128, 50], [1024, 4000]] as const;

/** Cosines <mean, x> of n points of the law, mean along the diagonal. */
function cosines(d: number, kappa: number, n: number): number[] {
  const mean = normaliseRows(new Float64Array(d).fill(1), 1, d);
  const x = sampleVonMisesFisher(key(20260101).fold("vMF", d, kappa).stream(), mean, kappa, n);
  return Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let a = 0; a < d; a++) sum += x[i * d + a]! * mean[a]!;
    return sum;
  });
}

function score(values: readonly number[], expectation: number): number {
  const n = values.length;
  const mean = values.reduce((s, v) => s + v, 0) / n;
  const variance = values.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1);
  return (mean - expectation) / Math.sqrt(variance / n);
}

describe("the von Mises-Fisher law", () => {
  it.each(LAWS)("samples have the mean length of the formula, d = %f, kappa = %f", (d, kappa) => {
    const values = cosines(d, kappa, d > 100 ? 500 : 5000);
    const expectation = vonMisesFisherMeanLength(d, kappa);
    expect(Math.abs(score(values, expectation))).toBeLessThan(NORMAL);
    // E t^2 from Var t = 1 - A^2 - (d - 1) A/kappa
    if (kappa > 0 && kappa < 1e4) {
      const second = 1 - ((d - 1) * expectation) / kappa;
      expect(Math.abs(score(values.map((t) => t * t), second))).toBeLessThan(NORMAL);
    }
  });

  it("notices a concentration that is 10 % off (negative control)", () => {
    expect(Math.abs(score(cosines(3, 5.5, 5000), vonMisesFisherMeanLength(3, 5)))).toBeGreaterThan(NORMAL);
  });

  it("has a density of mass 1 whose mean is the mean length", () => {
    const tolerance = { relative: 1e-11, absolute: 1e-12 };
    for (const [d, kappa] of [[2, 3], [3, 10], [8, 40]] as const) {
      const density = (t: number): number => Math.exp(vonMisesFisherLogDensity(d, kappa, t));
      expect(zonalFunkHecke(density, 0, d, tolerance).value).toBeCloseTo(1, 10);
      expect(zonalFunkHecke(density, 1, d, tolerance).value).toBeCloseTo(vonMisesFisherMeanLength(d, kappa), 10);
    }
    const height = integrate((t) => 0.5 * Math.exp(vonMisesFisherLogDensity(3, 7, t)), -1, 1, tolerance);
    expect(height.value).toBeCloseTo(1, 10);
  });

  it("has on S^2 the mean length coth kappa - 1/kappa", () => {
    for (const kappa of [0.1, 1, 10, 100]) {
      expect(vonMisesFisherMeanLength(3, kappa)).toBeCloseTo(1 / Math.tanh(kappa) - 1 / kappa, kappa < 1 ? 13 : 15);
    }
  });

  it("refuses negative concentrations", () => {
    expect(() => sampleVonMisesFisher(key(1).stream(), Float64Array.of(1, 0), -1, 1)).toThrow(DomainError);
    expect(() => vonMisesFisherMeanLength(3, NaN)).toThrow(DomainError);
  });
});
