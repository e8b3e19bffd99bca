/** @file Eigenvalues and eigenvectors of a symmetric matrix: Householder to tridiagonal form, then QL. */
import { outcome } from "../outcome.js";
import type { Outcome } from "../outcome.js";
import { reflectFromRight, reflection } from "./householder.js";
import { balancingPower, copyOfSymmetricMatrix, scale } from "./matrix.js";
import { tridiagonalQl } from "./tridiagonal-ql.js";

export interface SymmetricEigen {
  /** (n) ascending. */
  readonly values: Float64Array;
  /** (n, n): row i is the unit eigenvector of values[i]; its largest entry (the first of equals) is positive. */
  readonly vectors: Float64Array;
  /** `converged`, or `stalled` if the iteration did not settle, which no matrix is known to cause. */
  readonly outcome: Outcome;
}

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix. Errors of values, residuals and orthogonality are some n
 * ulp of the largest eigenvalue (small eigenvalues have that absolute error, not a relative one). Cost about 9 n^3.
 *
 * @param a (n, n) row-major, symmetric
 * @throws DomainError if a is not symmetric up to rounding or not finite
 * @see Golub and Van Loan, Matrix Computations, section 8.3
 */
export function symmetricEigen(a: ArrayLike<number>, n: number): SymmetricEigen {
  const t = copyOfSymmetricMatrix(a, n);
  const power = balancingPower(t);
  scale(t, power);
  const values = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const rows = tridiagonalise(t, n, values, offDiagonal);
  const settled = tridiagonalQl(values, offDiagonal, rows);
  scale(values, 1 / power);
  const order = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]! || i - j);
  const vectors = new Float64Array(n * n);
  for (const [i, from] of order.entries()) vectors.set(withPositiveLargestEntry(rows.subarray(from * n, (from + 1) * n)), i * n);
  const ending = settled
    ? outcome("converged", "Every eigenvalue settled.")
    : outcome("stalled", "The QL iteration did not settle. Perturb the matrix in its last digits.");
  return { values: values.sort(), vectors, outcome: ending };
}

/** t = q T q^T: fills the diagonals of T and returns q^T. */
function tridiagonalise(t: Float64Array, n: number, diagonal: Float64Array, offDiagonal: Float64Array): Float64Array {
  const reflections: { v: Float64Array; beta: number }[] = [];
  const w = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    const v = new Float64Array(n);
    const { beta, leading } = reflection(t, n, n, k + 1, k, v);
    reflectBothSides(t, n, k + 1, v, beta, w);
    offDiagonal[k] = leading;
    reflections.push({ v, beta });
  }
  if (n >= 2) offDiagonal[n - 2] = t[n * n - 2]!;
  for (let i = 0; i < n; i++) diagonal[i] = t[i * n + i]!;
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (let k = n - 3; k >= 0; k--) reflectFromRight(rows, n, n, reflections[k]!.v, reflections[k]!.beta, k + 1);
  return rows;
}

/** t <- H t H on the block k ... n - 1, H = I - beta v v^T, as t - v w^T - w v^T. */
function reflectBothSides(t: Float64Array, n: number, k: number, v: Float64Array, beta: number, w: Float64Array): void {
  if (beta === 0) return;
  let product = 0;
  for (let i = k; i < n; i++) {
    let sum = 0;
    for (let j = k; j < n; j++) sum += t[i * n + j]! * v[j]!;
    w[i] = beta * sum;
    product += v[i]! * w[i]!;
  }
  const correction = (beta * product) / 2;
  for (let i = k; i < n; i++) w[i]! -= correction * v[i]!;
  for (let i = k; i < n; i++) {
    for (let j = k; j <= i; j++) {
      t[i * n + j]! -= v[i]! * w[j]! + w[i]! * v[j]!;
      t[j * n + i] = t[i * n + j]!;
    }
  }
}

function withPositiveLargestEntry(row: Float64Array): Float64Array {
  let largest = 0;
  for (const entry of row) if (Math.abs(entry) > Math.abs(largest)) largest = entry;
  return largest < 0 ? row.map((entry) => -entry) : row;
}
