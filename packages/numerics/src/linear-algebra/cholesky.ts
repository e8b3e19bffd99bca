/** @file Cholesky with diagonal pivoting: rank-revealing, for covariance and Gram matrices that may be singular. */
import { DomainError, requireInRange } from "../errors.js";
import { copyOfSymmetricMatrix, copyOfVector, largestEntry } from "./matrix.js";

export interface CholeskyOptions {
  /**
   * Pivots at or below this much of the largest diagonal entry are dropped, 0 <= tolerance < 1. No default: which directions
   * count as noise is the caller's question; n 2^-52 drops what rounding alone can make.
   */
  readonly tolerance: number;
}

/** a = factor factor^T up to what was dropped. */
export interface Cholesky {
  readonly n: number;
  /** Number of pivots kept. */
  readonly rank: number;
  /** (n, rank) in the rows' own order: rows pivots[0], pivots[1], ... form a lower triangle with a positive diagonal. */
  readonly factor: Float64Array;
  /** (rank) the pivots, in the order taken: diagonal entries of what was left, descending. */
  readonly pivots: Uint32Array;
  /** Largest |entry| of a - factor factor^T that was dropped: 0 at full rank. */
  readonly dropped: number;
}

/**
 * Cholesky factor of a symmetric positive semidefinite matrix: at each step the largest remaining diagonal entry is the
 * pivot, and the first one within the tolerance ends the factorisation. Backward error some n ulp of the largest entry.
 *
 * @param a (n, n) row-major, symmetric
 * @throws DomainError if a is not symmetric, not finite, or not positive semidefinite beyond the tolerance
 * @see Higham (1990), in: Reliable Numerical Computation, 161-185
 */
export function cholesky(a: ArrayLike<number>, n: number, options: CholeskyOptions): Cholesky {
  const tolerance = requireInRange("tolerance", options.tolerance, { min: 0, max: 0.999 });
  const rest = copyOfSymmetricMatrix(a, n);
  const noise = Math.max(tolerance, 4 * n * Number.EPSILON) * largestEntry(rest);
  const columns: Float64Array[] = [];
  const pivots: number[] = [];
  const taken = new Uint8Array(n);
  for (let least = 0; pivots.length < n; ) {
    const pivot = largestPivot(rest, n, taken);
    const value = rest[pivot * n + pivot]!;
    if (pivots.length === 0) least = tolerance * value;
    if (!(value > least)) break;
    columns.push(eliminate(rest, n, pivot, taken));
    pivots.push(pivot);
  }
  const dropped = requireSmallRemainder(rest, n, taken, noise);
  const rank = pivots.length;
  const factor = new Float64Array(n * rank);
  for (let i = 0; i < n; i++) for (let k = 0; k < rank; k++) factor[i * rank + k] = columns[k]![i]!;
  return { n, rank, factor, pivots: Uint32Array.from(pivots), dropped };
}

/**
 * x (n) with a x = b on the rows of the pivots and x = 0 elsewhere: the solution where a has full rank, and a solution
 * where a is singular and b lies in its range (b outside it goes unseen: compare a x with b).
 *
 * @param b (n)
 * @throws DomainError if b has another length or is not finite
 */
export function choleskySolve({ n, rank, factor, pivots }: Cholesky, b: ArrayLike<number>): Float64Array {
  const x = copyOfVector("b", b, n);
  const y = new Float64Array(rank);
  for (let k = 0; k < rank; k++) {
    const row = pivots[k]! * rank;
    let sum = x[pivots[k]!]!;
    for (let j = 0; j < k; j++) sum -= factor[row + j]! * y[j]!;
    y[k] = sum / factor[row + k]!;
  }
  x.fill(0);
  for (let k = rank - 1; k >= 0; k--) {
    let sum = y[k]!;
    for (let j = k + 1; j < rank; j++) sum -= factor[pivots[j]! * rank + k]! * y[j]!;
    y[k] = sum / factor[pivots[k]! * rank + k]!;
    x[pivots[k]!] = y[k]!;
  }
  return x;
}

/** Place of the largest remaining diagonal entry, the first of equals. */
function largestPivot(rest: Float64Array, n: number, taken: Uint8Array): number {
  let best = -1;
  for (let i = 0; i < n; i++) {
    if (taken[i] === 0 && (best < 0 || rest[i * n + i]! > rest[best * n + best]!)) best = i;
  }
  return best;
}

/** The column of the factor; takes its outer product off what is left. */
function eliminate(rest: Float64Array, n: number, pivot: number, taken: Uint8Array): Float64Array {
  const column = new Float64Array(n);
  const root = Math.sqrt(rest[pivot * n + pivot]!);
  column[pivot] = root;
  taken[pivot] = 1;
  for (let i = 0; i < n; i++) if (taken[i] === 0) column[i] = rest[i * n + pivot]! / root;
  for (let i = 0; i < n; i++) {
    if (taken[i] !== 0 || column[i] === 0) continue;
    for (let j = 0; j < n; j++) if (taken[j] === 0) rest[i * n + j]! -= column[i]! * column[j]!;
  }
  return column;
}

/** In a semidefinite matrix no entry exceeds the largest of the diagonal, and that one was within the tolerance. */
function requireSmallRemainder(rest: Float64Array, n: number, taken: Uint8Array, noise: number): number {
  let dropped = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      if (taken[i] !== 0 || taken[j] !== 0) continue;
      const entry = rest[i * n + j]!;
      dropped = Math.max(dropped, Math.abs(entry));
      if (Math.abs(entry) <= noise) continue;
      throw new DomainError({
        name: `a[${i}][${j}] after the last pivot`,
        value: entry,
        rule: `must be at most ${noise} in size for a positive semidefinite matrix`,
        remedy: "Use `symmetricEigen` for an indefinite matrix, or a larger tolerance if the entry is noise.",
      });
    }
  }
  return dropped;
}
