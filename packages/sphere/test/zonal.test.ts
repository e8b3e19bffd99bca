import { describe, expect, it } from "vitest";
import { logFunkHecke, zonalFunkHecke } from "../src/index.js";

const TOLERANCE = { relative: 1e-11, absolute: 1e-13 };

describe("Funk-Hecke coefficients of a zonal kernel by quadrature", () => {
  it.each([2, 3, 4, 8, 128, 1024])("are those of exp(beta t) in closed form, d = %i", (d) => {
    for (const beta of [0.5, 3, 10]) {
      for (const k of [0, 1, 2, 5]) {
        const result = zonalFunkHecke((t) => Math.exp(beta * t), k, d, TOLERANCE);
        expect(result.outcome.kind).toBe("converged");
        expect(Math.abs(result.value - Math.exp(logFunkHecke(k, d, beta)))).toBeLessThan(1e-10 * Math.exp(beta));
      }
    }
  });

  it("are the powers of r for the Poisson kernel (1 - r^2)/|x - r y|^d", () => {
    for (const d of [2, 3, 7]) {
      for (const k of [0, 1, 4]) {
        const r = 0.4;
        const poisson = (t: number): number => (1 - r * r) / (1 + r * r - 2 * r * t) ** (d / 2);
        expect(Math.abs(zonalFunkHecke(poisson, k, d, TOLERANCE).value - r ** k)).toBeLessThan(1e-10);
      }
    }
  });
});
