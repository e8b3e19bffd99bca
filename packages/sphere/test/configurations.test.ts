import { describe, expect, it } from "vitest";
import { crossPolytope, fibonacciSphere, simplex } from "../src/index.js";

function gram(x: Float64Array, n: number, d: number): number[][] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => {
      let sum = 0;
      for (let a = 0; a < d; a++) sum += x[i * d + a]! * x[j * d + a]!;
      return sum;
    }),
  );
}

describe("point configurations", () => {
  it("simplex: all inner products -1/d", () => {
    for (const d of [1, 2, 3, 8, 64]) {
      gram(simplex(d), d + 1, d).forEach((row, i) => {
        row.forEach((value, j) => {
          expect(Math.abs(value - (i === j ? 1 : -1 / d))).toBeLessThan(2e-15);
        });
      });
    }
  });

  it("cross-polytope: inner products 0 and -1", () => {
    gram(crossPolytope(4), 8, 4).forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value === (i === j ? 1 : i >> 1 === j >> 1 ? -1 : 0)).toBe(true);
      });
    });
  });

  it("Fibonacci lattice: unit rows, mean and second moments of the uniform law at rate 1/n, well separated", () => {
    const moments = (n: number): number => {
      const x = fibonacciSphere(n);
      let worst = 0;
      for (let a = 0; a < 3; a++) {
        let first = 0;
        let second = 0;
        for (let i = 0; i < n; i++) {
          first += x[3 * i + a]! / n;
          second += x[3 * i + a]! ** 2 / n;
        }
        worst = Math.max(worst, Math.abs(first), Math.abs(second - 1 / 3));
      }
      return worst;
    };
    expect(moments(100)).toBeLessThan(2 / 100);
    expect(moments(1000)).toBeLessThan(2 / 1000);
    let closest = -1;
    gram(fibonacciSphere(300), 300, 3).forEach((row, i) => {
      row.forEach((value, j) => {
        if (i === j) expect(value).toBeCloseTo(1, 14);
        else closest = Math.max(closest, value);
      });
    });
    expect(Math.acos(closest)).toBeGreaterThan(2.5 / Math.sqrt(300)); // a hexagonal lattice would have 3.81
  });
});
