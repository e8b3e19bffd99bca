import { describe, expect, test } from "vitest";
import { layerScheme } from "../src/index.js";
import { attention, equiangularTokens, sections } from "./problems.js";
import { logSlope } from "./observed-order.js";

/** Cosine of the first two of n rows of length n. */
function cosine(x: Float64Array, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k += 1) sum += x[k]! * x[n + k]!;
  return sum;
}

describe("the layer scheme x <- normalise(x + eta A(x))", () => {
  test("is the exact map of equiangular tokens, all cases of the table", () => {
    expect(sections.equiangular_layer.cases.length).toBeGreaterThan(90);
    for (const { n, beta, eta, rho, rho_next: next } of sections.equiangular_layer.cases) {
      const { y, outcome } = layerScheme(attention(n, n, beta), equiangularTokens(n, rho), { d: n, eta, layers: 1 });
      expect(outcome.kind).toBe("converged");
      expect(Math.abs(cosine(y, n) - next)).toBeLessThan(1e-14);
    }
  });

  test.each(sections.equiangular_layers.cases)("iterated: $steps layers of weight $eta at beta = $beta", ({ n, beta, eta, steps, one_minus_rho: rest }) => {
    let seen = 0;
    const { y, t } = layerScheme(attention(n, n, beta), equiangularTokens(n, 0), { d: n, eta, layers: steps, observe: (_, __, layer) => (seen = layer) });
    expect(seen).toBe(steps);
    expect(t).toBe(steps * eta);
    // 1 - rho from the distance of the rows, without cancellation.
    const distance = y.subarray(0, n).reduce((sum, value, k) => sum + (value - y[n + k]!) ** 2, 0);
    expect(Math.abs(distance / 2 / rest - 1)).toBeLessThan(1e-9);
  });

  test("tends to the flow at the order 1 in eta, and lags behind it at eta = 0.1", () => {
    const { time } = sections.equiangular_time.cases.find((one) => one.mode === "SA" && one.n === 3 && one.beta === 1 && one.rho0 === 0)!;
    const points = [64, 128, 256].map((layers) => {
      const { y } = layerScheme(attention(3, 3, 1), equiangularTokens(3, 0), { d: 3, eta: time / layers, layers });
      expect(cosine(y, 3)).toBeLessThan(0.5);
      return [1 / layers, 0.5 - cosine(y, 3)] as const;
    });
    expect(Math.abs(logSlope(points) - 1)).toBeLessThan(0.1);
  });

  test("projecting A first is another map (negative control), and a row that vanishes is told", () => {
    const { n, beta, eta, rho, rho_next: next } = sections.equiangular_layer.cases.find((one) => one.eta === 1 && one.rho === 0.3 && one.n === 4)!;
    const tangentOnly = layerScheme(
      (t, x, out) => {
        attention(n, n, beta)(t, x, out);
        for (let i = 0; i < n; i += 1) {
          let along = 0;
          for (let k = 0; k < n; k += 1) along += out[i * n + k]! * x[i * n + k]!;
          for (let k = 0; k < n; k += 1) out[i * n + k]! -= along * x[i * n + k]!;
        }
      },
      equiangularTokens(n, rho),
      { d: n, eta, layers: 1 },
    );
    expect(Math.abs(cosine(tangentOnly.y, n) - next)).toBeGreaterThan(1e-3);
    const away = layerScheme((_, x, out) => { out.set(x.map((value) => -value)); }, [0.6, 0.8], { d: 2, eta: 1, layers: 3 });
    expect(away.outcome.kind).toBe("diverged");
    expect([...away.y]).toEqual([0.6, 0.8]);
    expect(() => layerScheme(attention(2, 2, 1), equiangularTokens(2, 0), { d: 2, eta: 0, layers: 1 })).toThrow(/eta = 0/);
  });
});
