import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError, leastSquares, qr } from "../../src/index.js";
import { distance, identity, product, randomMatrix, transposed } from "./matrices.js";

const shape = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 1000 }));

describe("qr", () => {
  it("rebuilds any matrix from orthonormal columns and a triangle with diagonal >= 0", () => {
    fc.assert(
      fc.property(shape, ([n, more, seed]) => {
        const m = n + more;
        const a = randomMatrix(m, n, seed);
        const { q, r } = qr(a, m, n);
        expect(distance(product(q, r, m, n, n), a)).toBeLessThan(2e-14);
        expect(distance(product(transposed(q, m, n), q, n, m, n), identity(n))).toBeLessThan(5e-15);
        for (let i = 0; i < n; i++) {
          expect(r[i * n + i]!).toBeGreaterThanOrEqual(0);
          for (let j = 0; j < i; j++) expect(r[i * n + j]).toBe(0);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it("keeps q orthonormal where Gram-Schmidt loses it: columns equal to 1e-10", () => {
    const a = [1, 1, 1, 1e-10, 0, 0, 0, 1e-10, 0, 0, 0, 1e-10];
    const { q } = qr(a, 4, 3);
    expect(distance(product(transposed(q, 4, 3), q, 3, 4, 3), identity(3))).toBeLessThan(1e-15);
  });

  it("serves deficient rank, zero and extreme scales", () => {
    const { q, r } = qr([1, 2, 2, 4, 3, 6], 3, 2);
    expect(Math.abs(r[3]!)).toBeLessThan(1e-15);
    expect(distance(product(q, r, 3, 2, 2), [1, 2, 2, 4, 3, 6])).toBeLessThan(1e-14);
    expect(qr(new Float64Array(6), 3, 2).r).toEqual(new Float64Array(4));
    for (const scale of [1e-300, 1e300]) expect(qr([3 * scale, 4 * scale], 2, 1).r[0]! / scale).toBeCloseTo(5, 13);
  });

  it("refuses wide matrices and entries that are not finite", () => {
    expect(() => qr([1, 2], 1, 2)).toThrow("must be at least n = 2");
    expect(() => qr([1, Infinity], 2, 1)).toThrow(DomainError);
  });
});

describe("leastSquares", () => {
  const tolerance = 1e-12;

  it("leaves a residual orthogonal to every column", () => {
    fc.assert(
      fc.property(shape, ([n, more, seed]) => {
        const m = n + more + 1;
        const a = randomMatrix(m, n, seed);
        const b = randomMatrix(m, 1, seed + 1);
        const { x, residual, rank } = leastSquares(a, b, m, n, { tolerance });
        const rest = product(a, x, m, n, 1).map((value, i) => b[i]! - value);
        expect(rank).toBe(n);
        expect(distance(product(transposed(a, m, n), rest, n, m, 1), new Float64Array(n))).toBeLessThan(1e-11);
        expect(Math.abs(Math.sqrt(product(rest, rest, 1, m, 1)[0]!) - residual)).toBeLessThan(1e-12);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it("finds an exact polynomial through the normal equations' downfall: columns of condition 1e8 and more", () => {
    const m = 40;
    const n = 12;
    const coefficients = Float64Array.from({ length: n }, (_, j) => (j % 3) - 1);
    const a = Float64Array.from({ length: m * n }, (_, at) => (Math.floor(at / n) / m) ** (at % n));
    const { x } = leastSquares(a, product(a, coefficients, m, n, 1), m, n, { tolerance: 0 });
    expect(distance(x, coefficients)).toBeLessThan(1e-6);
  });

  it("finds the rank and zeroes the dropped columns", () => {
    const f = randomMatrix(10, 3, 1);
    const a = product(f, randomMatrix(3, 6, 2), 10, 3, 6);
    const b = product(f, [1, -2, 0.5], 10, 3, 1);
    const { x, rank, residual } = leastSquares(a, b, 10, 6, { tolerance });
    expect(rank).toBe(3);
    expect(residual).toBeLessThan(1e-13);
    expect(x.filter((entry) => entry !== 0)).toHaveLength(3);
    expect(distance(product(a, x, 10, 6, 1), b)).toBeLessThan(1e-13);
  });

  it("serves wide systems, zero matrices and extreme scales", () => {
    const wide = leastSquares([1, 2, 3, 4, 5, 6], [1, 2], 2, 3, { tolerance });
    expect(distance(product([1, 2, 3, 4, 5, 6], wide.x, 2, 3, 1), [1, 2])).toBeLessThan(1e-14);
    expect(leastSquares([0, 0], [3, 4], 2, 1, { tolerance: 0 })).toMatchObject({ rank: 0, residual: 5 });
    expect(leastSquares([2e300, 0], [1e300, 1e-300], 2, 1, { tolerance: 0 }).x[0]).toBeCloseTo(0.5, 14);
  });

  it("is worse through the normal equations (negative control of the condition test)", () => {
    const epsilon = 1e-8;
    const a = [1, 1, epsilon, 0, 0, epsilon];
    const b = [2, epsilon, epsilon];
    expect(distance(leastSquares(a, b, 3, 2, { tolerance: 0 }).x, [1, 1])).toBeLessThan(1e-7);
    const gram = product(transposed(a, 3, 2), a, 2, 3, 2);
    expect(gram[0]! * gram[3]! - gram[1]! * gram[2]!).toBe(0); // singular in doubles
  });
});
