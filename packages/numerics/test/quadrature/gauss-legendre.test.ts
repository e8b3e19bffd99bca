import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compensatedSum, cos, DomainError, dot, exp, gaussLegendre } from "../../src/index.js";

/** Legendre polynomial P_m(x): of all polynomials of degree m with its leading coefficient, the smallest. */
function legendre(m: number, x: number): number {
  let previous = 1;
  let value = x;
  if (m === 0) return 1;
  for (let k = 1; k < m; k++) [previous, value] = [value, ((2 * k + 1) * x * value - k * previous) / (k + 1)];
  return value;
}

function integralByRule(n: number, f: (x: number) => number): number {
  const { nodes, weights } = gaussLegendre(n);
  return dot(weights, nodes.map(f));
}

describe.each([1, 2, 3, 7, 16, 33, 64])("the rule of %i points", (n) => {
  it("is exact for every degree up to 2n - 1", () => {
    for (let m = 0; m <= 2 * n - 1; m++) {
      expect(Math.abs(integralByRule(n, (x) => legendre(m, x)) - (m === 0 ? 2 : 0))).toBeLessThan(3e-15);
    }
  });

  it("is not exact one degree higher, by the known amount", () => {
    // P_n^2 vanishes at every node, so the rule gives 0 where the integral is 2/(2n + 1).
    const byRule = integralByRule(n, (x) => legendre(n, x) ** 2);
    expect(Math.abs(byRule)).toBeLessThan(1e-25);
    expect(integralByRule(n + 1, (x) => legendre(n, x) ** 2)).toBeCloseTo(2 / (2 * n + 1), 13);
  });

  it("is symmetric, ascending and positive", () => {
    const { nodes, weights } = gaussLegendre(n);
    for (let i = 0; i < n; i++) {
      expect(nodes[i]! + nodes[n - 1 - i]!).toBe(0);
      expect(weights[i]!).toBe(weights[n - 1 - i]!);
      expect(weights[i]!).toBeGreaterThan(0);
      if (i > 0) expect(nodes[i]!).toBeGreaterThan(nodes[i - 1]!);
    }
  });
});

describe("nodes and weights against the reference", () => {
  const table = JSON.parse(readFileSync(new URL("../tables/gauss-legendre.json", import.meta.url), "utf8")) as {
    rows: [number, number, number, number][];
  };
  const rules = new Map(table.rows.map(([n]) => [n, gaussLegendre(n)]));

  it.each(table.rows)("n = %i, node %i from the right", (n, i, distance, weight) => {
    const rule = rules.get(n)!;
    expect(Math.abs(rule.nodes[n - 1 - i]! - (1 - distance))).toBeLessThan(2.3e-16);
    expect(Math.abs(rule.weights[n - 1 - i]! / weight - 1)).toBeLessThan(1e-15);
  });

  it("weights add to 2 up to n = 2000", () => {
    for (const n of [100, 777, 2000]) expect(Math.abs(compensatedSum(gaussLegendre(n).weights) - 2)).toBeLessThan(1e-15);
  });
});

describe("convergence", () => {
  it("is faster than geometric for an entire function", () => {
    const error = (n: number): number => Math.abs(integralByRule(n, (x) => exp(x)) - 2.3504023872876028);
    expect(error(2)).toBeGreaterThan(1e-3);
    expect(error(4)).toBeLessThan(error(2) * 1e-3);
    expect(error(8)).toBeLessThan(1e-14);
  });

  it("is geometric with the rate of the nearest pole: 1/(1 + 4 x^2), poles at +-i/2, rate ((1 + sqrt 5)/2)^2 a point", () => {
    const exact = 1.1071487177940904;
    const error = (n: number): number => Math.abs(integralByRule(n, (x) => 1 / (1 + 4 * x * x)) - exact);
    const rate = Math.log(error(10) / error(30)) / 20;
    expect(rate).toBeCloseTo(2 * Math.log((1 + Math.sqrt(5)) / 2), 1);
  });

  it("resolves an oscillation once there are pi points a wave", () => {
    const integral = (n: number): number => integralByRule(n, (x) => cos(200 * x));
    const exact = -0.008732972972139945;
    expect(Math.abs(integral(90) - exact)).toBeGreaterThan(1e-2);
    expect(Math.abs(integral(130) - exact)).toBeLessThan(1e-14);
  });
});

it("refuses a count that is none", () => {
  for (const n of [0, -1, 1.5, NaN, 20001]) expect(() => gaussLegendre(n)).toThrow(DomainError);
});
