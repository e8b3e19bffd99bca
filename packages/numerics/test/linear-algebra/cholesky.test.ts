import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky, choleskySolve, DomainError } from "../../src/index.js";
import { distance, gramMatrix, product, randomMatrix, transposed } from "./matrices.js";

const tolerance = 1e-12;
const rebuilt = ({ n, rank, factor }: ReturnType<typeof cholesky>): Float64Array => product(factor, transposed(factor, n, rank), n, rank, n);

describe("cholesky", () => {
  it("rebuilds any Gram matrix and finds its rank", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(sizes, ([n, asked, seed]) => {
        const rank = Math.min(n, asked);
        const a = gramMatrix(n, rank, seed);
        const found = cholesky(a, n, { tolerance });
        expect(found.rank).toBe(rank);
        expect(distance(rebuilt(found), a)).toBeLessThan(1e-13 * n);
        expect(found.dropped).toBeLessThan(1e-12);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it("has a lower triangle with descending positive diagonal at the pivots' rows", () => {
    const { factor, pivots, rank } = cholesky(gramMatrix(9, 6, 1), 9, { tolerance });
    expect([...pivots].sort()).toEqual([...new Set(pivots)].sort());
    for (let k = 0; k < rank; k++) {
      expect(factor[pivots[k]! * rank + k]!).toBeGreaterThan(0);
      if (k > 0) expect(factor[pivots[k]! * rank + k]!).toBeLessThanOrEqual(factor[pivots[k - 1]! * rank + k - 1]!);
      for (let j = k + 1; j < rank; j++) expect(factor[pivots[k]! * rank + j]).toBe(0);
    }
  });

  it("drops what the tolerance calls noise, and says how much", () => {
    const a = [1, 0.5, 0, 0.5, 0.25 + 1e-6, 0, 0, 0, 1e-9];
    expect(cholesky(a, 3, { tolerance: 0 })).toMatchObject({ rank: 3, dropped: 0 });
    expect(cholesky(a, 3, { tolerance: 1e-8 }).rank).toBe(2);
    const coarse = cholesky(a, 3, { tolerance: 1e-3 });
    expect(coarse.rank).toBe(1);
    expect(coarse.dropped).toBeCloseTo(1e-6, 12);
  });

  it("serves the zero matrix, 1 x 1 and extreme scales", () => {
    expect(cholesky(new Float64Array(4), 2, { tolerance: 0 }).rank).toBe(0);
    expect(cholesky([4], 1, { tolerance: 0 }).factor[0]).toBe(2);
    for (const scale of [1e-300, 1e300]) expect(cholesky([scale, 0, 0, scale], 2, { tolerance: 0 }).rank).toBe(2);
  });

  it("refuses what is not symmetric, not finite, not semidefinite or of another shape", () => {
    expect(() => cholesky([1, 2, 3, 9], 2, { tolerance })).toThrow("a[1][0] = 3: must equal a[0][1] = 2");
    expect(() => cholesky([1, NaN, NaN, 1], 2, { tolerance })).toThrow(DomainError);
    expect(() => cholesky([1, 0, 0, -1e-3], 2, { tolerance })).toThrow("positive semidefinite");
    expect(() => cholesky([0, 1, 1, 0], 2, { tolerance })).toThrow("symmetricEigen");
    expect(() => cholesky([1, 0, 0], 2, { tolerance })).toThrow("must have 4 entries, has 3");
    expect(() => cholesky([1], 1, { tolerance: -1 })).toThrow("tolerance");
  });
});

describe("choleskySolve", () => {
  it("solves a full-rank system", () => {
    const n = 12;
    const a = gramMatrix(n, n, 5);
    const x = randomMatrix(n, 1, 6);
    const b = product(a, x, n, n, 1);
    expect(distance(product(a, choleskySolve(cholesky(a, n, { tolerance: 0 }), b), n, n, 1), b)).toBeLessThan(1e-12);
  });

  it("gives one of the solutions of a singular system, zero where pivots were dropped", () => {
    const n = 8;
    const rank = 5;
    const a = gramMatrix(n, rank, 7);
    const b = product(a, randomMatrix(n, 1, 8), n, n, 1);
    const x = choleskySolve(cholesky(a, n, { tolerance }), b);
    expect(distance(product(a, x, n, n, 1), b)).toBeLessThan(1e-11);
    expect(x.filter((entry) => entry === 0)).toHaveLength(n - rank);
  });

  it("fails the check with a factor of another matrix (negative control)", () => {
    const b = randomMatrix(4, 1, 9);
    const x = choleskySolve(cholesky(gramMatrix(4, 4, 1), 4, { tolerance: 0 }), b);
    expect(distance(product(gramMatrix(4, 4, 2), x, 4, 4, 1), b)).toBeGreaterThan(1e-3);
  });
});
