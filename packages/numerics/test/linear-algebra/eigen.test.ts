import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError, eigenvalues, exp, symmetricEigen } from "../../src/index.js";
import { distance, gramMatrix, identity, product, orthogonalMatrix, randomMatrix, transposed } from "./matrices.js";

/** Second difference on n points: eigenvalues 2 - 2 cos(j pi/(n + 1)). */
function secondDifference(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const gap = Math.abs(Math.floor(at / n) - (at % n));
    return gap === 0 ? 2 : gap === 1 ? -1 : 0;
  });
}

const symmetric = (n: number, seed: number): Float64Array => {
  const a = randomMatrix(n, n, seed);
  return a.map((value, at) => (value + a[(at % n) * n + Math.floor(at / n)]!) / 2);
};

describe("symmetricEigen", () => {
  it("has orthonormal rows that diagonalise any symmetric matrix, values ascending", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 1000 }), (n, seed) => {
        const a = symmetric(n, seed);
        const { values, vectors, outcome } = symmetricEigen(a, n);
        expect(outcome.kind).toBe("converged");
        expect(distance(product(vectors, transposed(vectors, n, n), n, n, n), identity(n))).toBeLessThan(2e-14);
        const scaled = vectors.map((entry, at) => entry * values[Math.floor(at / n)]!);
        expect(distance(product(vectors, a, n, n, n), scaled)).toBeLessThan(5e-15 * (n + 5));
        expect([...values]).toEqual([...values].sort((x, y) => x - y));
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it.each([2, 10, 60])("has the closed spectrum of the second difference, n = %i", (n) => {
    const { values } = symmetricEigen(secondDifference(n), n);
    for (let j = 1; j <= n; j++) expect(Math.abs(values[j - 1]! - (2 - 2 * Math.cos((j * Math.PI) / (n + 1))))).toBeLessThan(5e-15);
  });

  it("keeps multiple eigenvalues and rank: projections, zero, Gram matrices", () => {
    expect([...symmetricEigen(identity(5), 5).values]).toEqual([1, 1, 1, 1, 1]);
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
    const { values } = symmetricEigen(gramMatrix(12, 4, 3), 12);
    expect(values.filter((value) => Math.abs(value) < 1e-13)).toHaveLength(8);
  });

  it("keeps trace and Frobenius norm, and scales with the matrix to the bit", () => {
    const n = 17;
    const a = symmetric(n, 11);
    const { values } = symmetricEigen(a, n);
    const trace = a.reduce((sum, entry, at) => sum + (at % (n + 1) === 0 ? entry : 0), 0);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 12);
    expect(values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(a.reduce((sum, entry) => sum + entry * entry, 0), 11);
    for (const factor of [2 ** 900, 2 ** -900]) expect(symmetricEigen(a.map((entry) => entry * factor), n).values).toEqual(values.map((value) => value * factor));
  });

  it("fixes the sign of a vector: its largest entry is positive", () => {
    const { vectors } = symmetricEigen([0, 1, 1, 0], 2);
    expect(Math.min(vectors[0]!, vectors[2]!)).toBeGreaterThan(0.7);
  });

  it("refuses asymmetry and what is not finite", () => {
    expect(() => symmetricEigen([1, 2, 0, 1], 2)).toThrow("Give a symmetric matrix");
    expect(() => symmetricEigen([1, Infinity, Infinity, 1], 2)).toThrow(DomainError);
  });
});

/** The matrix with the given last row of coefficients: eigenvalues are roots of x^n - c_{n-1} x^{n-1} - ... - c_0. */
function companion(c: readonly number[]): Float64Array {
  const n = c.length;
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return i === n - 1 ? c[j]! : j === i + 1 ? 1 : 0;
  });
}

describe("eigenvalues", () => {
  it("agrees with symmetricEigen on symmetric matrices", () => {
    for (const n of [1, 2, 3, 8, 30]) {
      const a = symmetric(n, n);
      const { real, imaginary, outcome } = eigenvalues(a, n);
      expect(outcome.kind).toBe("converged");
      expect(distance(real, symmetricEigen(a, n).values)).toBeLessThan(1e-14 * n);
      expect(imaginary.every((part) => part === 0)).toBe(true);
    }
  });

  it("recovers any chosen spectrum with conjugate pairs from an orthogonal similarity", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 1000 }), (pairs, singles, seed) => {
        const n = 2 * pairs + singles;
        const draw = randomMatrix(n, 2, seed);
        const block = new Float64Array(n * n);
        const wanted: [number, number][] = [];
        for (let k = 0; k < pairs; k++) {
          const [re, im] = [draw[2 * k]!, Math.abs(draw[2 * k + 1]!)];
          const at = 2 * k * (n + 1);
          block.set([re, im], at);
          block.set([-im, re], at + n);
          wanted.push([re, -im], [re, im]);
        }
        for (let k = 2 * pairs; k < n; k++) {
          block[k * (n + 1)] = draw[2 * k]!;
          wanted.push([draw[2 * k]!, 0]);
        }
        const q = orthogonalMatrix(n, seed);
        const a = product(transposed(q, n, n), product(block, q, n, n, n), n, n, n);
        const { real, imaginary } = eigenvalues(a, n);
        wanted.sort((x, y) => x[0] - y[0]);
        expect(distance(real, wanted.map(([re]) => re))).toBeLessThan(1e-13);
        expect(distance(imaginary.slice().sort(), wanted.map(([, im]) => im).sort((x, y) => x - y))).toBeLessThan(1e-13);
        for (let k = 0; k < n; k++) if (imaginary[k]! < 0) expect([real[k + 1], imaginary[k + 1]]).toEqual([real[k], -imaginary[k]!]);
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it("finds roots of unity from a permutation, which is orthogonal: the plain QR iteration stands still there", () => {
    const n = 12;
    const { real, imaginary } = eigenvalues(companion([1, ...new Array<number>(n - 1).fill(0)]), n);
    for (let k = 0; k < n; k++) expect(Math.abs(real[k]! ** 2 + imaginary[k]! ** 2 - 1)).toBeLessThan(1e-14);
    expect([real[0], imaginary[0]].map((x) => Math.round(1e12 * x!) / 1e12)).toEqual([-1, 0]);
    expect(new Set(Array.from(real, (re, k) => Math.round((Math.atan2(imaginary[k]!, re) * 6) / Math.PI))).size).toBe(n);
  });

  it("has the known real and complex roots of a cubic: x^3 - 2x - 5 (Newton's example)", () => {
    const { real, imaginary } = eigenvalues(companion([5, 2, 0]), 3);
    expect(real[2]).toBeCloseTo(2.0945514815423265, 14);
    expect(imaginary[0]).toBeCloseTo(-1.1359398890889282, 14);
    expect(imaginary[0]).toBe(-imaginary[1]!);
  });

  it("splits a defective eigenvalue only by the root of the rounding, and keeps its mean", () => {
    const n = 4;
    const jordan = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 0.5 : at % (n + 1) === 1 ? 1 : 0));
    const q = orthogonalMatrix(n, 2);
    const { real } = eigenvalues(product(transposed(q, n, n), product(jordan, q, n, n, n), n, n, n), n);
    for (const value of real) expect(Math.abs(value - 0.5)).toBeLessThan(1e-3);
    expect(real.reduce((sum, value) => sum + value, 0) / n).toBeCloseTo(0.5, 13);
  });

  it("balances: a badly scaled similarity does not spoil small eigenvalues", () => {
    const scales = [1, 1e6, 1e-6, 1e3];
    const a = randomMatrix(4, 4, 4);
    const scaled = a.map((entry, at) => (entry * scales[Math.floor(at / 4)]!) / scales[at % 4]!);
    const [one, two] = [eigenvalues(a, 4), eigenvalues(scaled, 4)];
    expect(distance(one.real, two.real)).toBeLessThan(1e-12);
    expect(distance(one.imaginary, two.imaginary)).toBeLessThan(1e-12);
  });

  it("satisfies det exp(A) = exp(trace A) in its sum, and zero and extreme scales", () => {
    const a = randomMatrix(9, 9, 9);
    const trace = a.reduce((sum, entry, at) => sum + (at % 10 === 0 ? entry : 0), 0);
    expect(exp(eigenvalues(a, 9).real.reduce((sum, value) => sum + value, 0))).toBeCloseTo(exp(trace), 10);
    expect([...eigenvalues(new Float64Array(9), 3).real]).toEqual([0, 0, 0]);
    expect(eigenvalues([0, 1e300, -1e300, 0], 2).imaginary[1]! / 1e300).toBeCloseTo(1, 14);
  });

  it("refuses what is not finite or not square", () => {
    expect(() => eigenvalues([NaN], 1)).toThrow(DomainError);
    expect(() => eigenvalues([1, 2, 3], 2)).toThrow("must have 4 entries");
  });
});
