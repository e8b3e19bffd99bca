import { describe, expect, test } from "vitest";
import { cholesky, growingCholesky, key } from "../../src/index.js";

/** G G^T of a (n, m) normal matrix: rank min(n, m). */
function gram(n: number, m: number, seed: number): number[][] {
  const g = key(seed).stream().fillNormal(new Float64Array(n * m));
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => g.subarray(i * m, i * m + m).reduce((sum, value, k) => sum + value * g[j * m + k]!, 0)));
}

function grown(a: readonly (readonly number[])[], tolerance: number): ReturnType<typeof growingCholesky> {
  const factor = growingCholesky({ tolerance });
  a.forEach((row, i) => factor.append(row.slice(0, i + 1)));
  return factor;
}

/** Largest |a - factor factor^T|. */
function residual(a: readonly (readonly number[])[], factor: ReturnType<typeof growingCholesky>): number {
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j <= i; j++) {
      const [x, y] = [factor.row(i), factor.row(j)];
      const product = y.reduce((sum, value, k) => sum + value * x[k]!, 0);
      worst = Math.max(worst, Math.abs(product - a[i]![j]!));
    }
  }
  return worst;
}

describe("growing Cholesky", () => {
  test("backward error some n ulp at full rank and at any rank; the rank is found", () => {
    for (const [n, m] of [[1, 1], [6, 6], [12, 3], [20, 8]] as const) {
      const a = gram(n, m, 10 * n + m);
      const factor = grown(a, 1e-12);
      expect(factor.pivots).toHaveLength(Math.min(n, m));
      expect(residual(a, factor)).toBeLessThan(1e-12 * n * n);
    }
  });

  test("rows do not change when the matrix grows: the factor of the first rows is the first rows of the factor", () => {
    const a = gram(9, 9, 4);
    const [part, whole] = [grown(a.slice(0, 5), 1e-12), grown(a, 1e-12)];
    for (let i = 0; i < 5; i++) expect([...part.row(i)]).toEqual([...whole.row(i)]);
  });

  test("the same product as with free pivots; a repeated row brings no column", () => {
    const a = gram(5, 5, 7);
    const twice = [...a, a[2]!].map((_row, i, all) => all.map((__, j) => a[i === 5 ? 2 : i]![j === 5 ? 2 : j]!));
    const factor = grown(twice, 1e-12);
    expect(factor.pivots).toEqual([0, 1, 2, 3, 4]);
    [...factor.row(5)].forEach((value, k) => { expect(value).toBeCloseTo(factor.row(2)[k] ?? 0, 12); });
    expect(cholesky(twice.flat(), 6, { tolerance: 1e-12 }).rank).toBe(5);
  });

  test("solveTransposed inverts the triangle of the pivots", () => {
    const factor = grown(gram(10, 4, 3), 1e-12);
    const s = [0.3, -1, 2, 0.7];
    const r = factor.solveTransposed(s);
    s.forEach((value, k) => {
      expect(r.reduce((sum, coefficient, i) => sum + coefficient * (factor.row(factor.pivots[i]!)[k] ?? 0), 0)).toBeCloseTo(value, 11);
    });
  });

  test("a matrix that is not positive semidefinite is refused with its row, rule and remedy", () => {
    const factor = growingCholesky({ tolerance: 1e-12 });
    factor.append([1]);
    expect(() => factor.append([1.1, 1])).toThrow(/a\[1\]\[1\] after the pivots before it = -0\.2.*positive semidefinite matrix\. Give a covariance matrix/);
    expect(() => factor.append([1])).toThrow("row");
    expect(() => growingCholesky({ tolerance: 1 })).toThrow("tolerance = 1");
  });
});
