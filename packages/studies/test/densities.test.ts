import { describe, expect, it } from "vitest";
import { exp, log } from "@mesoscope/numerics";
import { densityOfLaw, histogram } from "../src/findings/densities.js";

describe("densities for figures", () => {
  it("of a histogram integrate to one, whatever the samples", () => {
    for (const samples of [[1, 2, 2.5, 7], [3, 3, 3], [0.1]]) {
      const { edges, density } = histogram(Float64Array.from(samples));
      expect(edges.length).toBe(density.length + 1);
      expect(density.reduce((sum, p, i) => sum + p * (edges[i + 1]! - edges[i]!), 0)).toBeCloseTo(1, 12);
    }
  });

  it("of a law are its density, in the units asked for: p(rate T) = p(T) / rate", () => {
    const law = { cdf: (t: number) => 1 - exp(-2 * t), quantile: (p: number) => -log(1 - p) / 2 };
    for (const rate of [1, 5]) {
      const { x, y } = densityOfLaw(law, rate, 400);
      for (const [i, s] of x.entries()) expect(y[i]).toBeCloseTo((2 / rate) * exp((-2 * s) / rate), 3);
    }
  });
});
