/** @file Eigenvalues of a general real matrix: balancing, Hessenberg form, Francis' double-shift QR iteration. */
import { outcome } from "../outcome.js";
import type { Outcome } from "../outcome.js";
import { francisEigenvalues } from "./francis-qr.js";
import { reflectFromLeft, reflectFromRight, reflection } from "./householder.js";
import { balancingPower, copyOfMatrix, scale } from "./matrix.js";

export interface Eigenvalues {
  /** (n) real parts, ascending. */
  readonly real: Float64Array;
  /** (n) imaginary parts; of a conjugate pair the negative one first. */
  readonly imaginary: Float64Array;
  /** `converged`; `stalled` if some eigenvalue did not settle: the lists then hold those that did, fewer than n. */
  readonly outcome: Outcome;
}

/**
 * The eigenvalues of a real (n, n) matrix, complex ones in exactly conjugate pairs. They are those of a matrix some n ulp (of
 * the norm) away: the error is that times the condition of the eigenvalue, which for a defective one of multiplicity m means
 * the m-th root.
 *
 * @param a (n, n) row-major
 * @throws DomainError if the length is not n^2 or an entry is not finite
 * @see Golub and Van Loan, Matrix Computations, sections 7.4, 7.5; Parlett and Reinsch (1969), Numer. Math. 13, 293
 */
export function eigenvalues(a: ArrayLike<number>, n: number): Eigenvalues {
  const h = copyOfMatrix("a", a, n, n);
  const power = balancingPower(h);
  scale(h, power);
  balance(h, n);
  toHessenberg(h, n);
  const found = francisEigenvalues(h, n);
  found.sort((x, y) => x.real - y.real || x.imaginary - y.imaginary);
  const ending =
    found.length === n
      ? outcome("converged", "Every eigenvalue settled.")
      : outcome("stalled", `${n - found.length} of ${n} eigenvalues did not settle. Perturb the matrix in its last digits.`);
  return {
    real: Float64Array.from(found, ({ real }) => real / power),
    imaginary: Float64Array.from(found, ({ imaginary }) => imaginary / power),
    outcome: ending,
  };
}

/** Similarity by powers of two, hence without rounding, until rows and columns are of like size. */
function balance(h: Float64Array, n: number): void {
  for (let done = false; !done; ) {
    done = true;
    for (let i = 0; i < n; i++) {
      let row = 0;
      let column = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        row += Math.abs(h[i * n + j]!);
        column += Math.abs(h[j * n + i]!);
      }
      if (row === 0 || column === 0) continue;
      const factor = balancingFactor(row, column);
      if (column * factor + row / factor >= 0.95 * (column + row)) continue;
      done = false;
      for (let j = 0; j < n; j++) h[i * n + j]! /= factor;
      for (let j = 0; j < n; j++) h[j * n + i]! *= factor;
    }
  }
}

/** The power of two f for which column f and row / f are closest. */
function balancingFactor(row: number, column: number): number {
  let factor = 1;
  let size = column;
  for (; size < row / 2; size *= 4) factor *= 2;
  for (; size >= row * 2; size /= 4) factor /= 2;
  return factor;
}

function toHessenberg(h: Float64Array, n: number): void {
  const v = new Float64Array(n);
  const sums = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    const { beta } = reflection(h, n, n, k + 1, k, v);
    reflectFromLeft(h, n, v, beta, k + 1, k, sums);
    reflectFromRight(h, n, n, v, beta, k + 1);
    for (let i = k + 2; i < n; i++) h[i * n + k] = 0;
  }
}
