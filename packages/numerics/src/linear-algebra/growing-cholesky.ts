/** @file Cholesky of a covariance that grows by a row at a time: for Gaussian processes that are advanced causally. */
import { DomainError, requireInRange } from "../errors.js";
import type { CholeskyOptions } from "./cholesky.js";
import { copyOfVector } from "./matrix.js";

/** a = factor factor^T of the rows so far, up to what was dropped. Its arrays are its own. */
export interface GrowingCholesky {
  /** Rows so far. */
  readonly size: () => number;
  /** Rows that were pivots, in their order: the k-th brought in the k-th column. */
  readonly pivots: readonly number[];
  /** Row i of the factor, as long as the rank was after row i: what is missing is 0. */
  readonly row: (i: number) => Float64Array;
  /**
   * Takes in the next row: a[i][0], ..., a[i][i - 1], a[i][i].
   * @throws DomainError if the row has another length, is not finite, or makes the matrix indefinite beyond the tolerance
   */
  readonly append: (row: ArrayLike<number>) => Float64Array;
  /**
   * r (rank) with sum_i r_i factor[pivots[i]][k] = s_k: coefficients of the pivots' variables from those of the white ones.
   * @throws DomainError if s has another length
   */
  readonly solveTransposed: (s: ArrayLike<number>) => Float64Array;
}

/**
 * Cholesky factor of a symmetric positive semidefinite matrix, row by row in the order given, as causality wants it: a row whose remainder
 * is at most `tolerance` times its diagonal entry brings no column. A later row then misses at most the square root of the product of two remainders in its
 * entry with a dropped one; {@link cholesky}, which may choose its pivots, misses less and is to be taken where the whole matrix is there.
 *
 * @throws DomainError unless 0 <= tolerance < 1
 */
export function growingCholesky(options: CholeskyOptions): GrowingCholesky {
  const tolerance = requireInRange("tolerance", options.tolerance, { min: 0, max: 0.999 });
  const rows: Float64Array[] = [];
  const pivots: number[] = [];

  const append = (entries: ArrayLike<number>): Float64Array => {
    const i = rows.length;
    const a = copyOfVector("row", entries, i + 1);
    const row = new Float64Array(pivots.length + 1);
    let rest = a[i]!;
    pivots.forEach((pivot, k) => {
      const other = rows[pivot]!;
      let sum = a[pivot]!;
      for (let j = 0; j < k; j++) sum -= row[j]! * other[j]!;
      row[k] = sum / other[k]!;
      rest -= row[k] * row[k];
    });
    const noise = Math.max(tolerance, 4 * (i + 1) * Number.EPSILON) * Math.abs(a[i]!);
    if (rest < -16 * noise || a[i]! < 0) {
      throw new DomainError({
        name: `a[${i}][${i}] after the pivots before it`,
        value: rest,
        rule: `must be at least ${-16 * noise} for a positive semidefinite matrix`,
        remedy: "Give a covariance matrix, or a larger tolerance if the entry is noise.",
      });
    }
    if (rest > noise) {
      row[pivots.length] = Math.sqrt(rest);
      pivots.push(i);
    }
    rows.push(row.slice(0, pivots.length));
    return rows[i]!;
  };

  const solveTransposed = (s: ArrayLike<number>): Float64Array => {
    const r = copyOfVector("s", s, pivots.length);
    for (let k = pivots.length - 1; k >= 0; k--) {
      for (let i = k + 1; i < pivots.length; i++) r[k]! -= r[i]! * rows[pivots[i]!]![k]!;
      r[k]! /= rows[pivots[k]!]![k]!;
    }
    return r;
  };

  return { size: () => rows.length, pivots, row: (i) => rows[i]!, append, solveTransposed };
}
