/** @file Matrices to test with, and the few products a residual needs; all (m, n) row-major. */
import { key } from "../../src/index.js";
import type { Stream } from "../../src/index.js";

export const streamOf = (...parts: (string | number)[]): Stream => key("linear algebra").fold(...parts).stream();

export function randomMatrix(m: number, n: number, seed: number): Float64Array {
  return streamOf("random", m, n, seed).fillNormal(new Float64Array(m * n));
}

/** a b, of shapes (m, k) and (k, n). */
export function product(a: ArrayLike<number>, b: ArrayLike<number>, m: number, k: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let l = 0; l < k; l++) for (let j = 0; j < n; j++) out[i * n + j]! += a[i * k + l]! * b[l * n + j]!;
  return out;
}

export function transposed(a: ArrayLike<number>, m: number, n: number): Float64Array {
  return Float64Array.from({ length: m * n }, (_, at) => a[(at % m) * n + Math.floor(at / m)]!);
}

export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
}

/** Largest |a - b|. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const size = Math.abs(a[i]! - b[i]!);
    if (!(size <= largest)) largest = size;
  }
  return largest;
}

/** f f^T for a random (n, rank) f: symmetric, positive semidefinite, of that rank. */
export function gramMatrix(n: number, rank: number, seed: number): Float64Array {
  const f = randomMatrix(n, rank, seed);
  return product(f, transposed(f, n, rank), n, rank, n);
}

/** A random orthogonal (n, n) matrix by Gram-Schmidt, twice for good measure: independent of the sources. */
export function orthogonalMatrix(n: number, seed: number): Float64Array {
  const q = randomMatrix(n, n, seed);
  for (let i = 0; i < n; i++) {
    const row = q.subarray(i * n, (i + 1) * n);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = q.subarray(j * n, (j + 1) * n);
        const along = row.reduce((sum, value, k) => sum + value * other[k]!, 0);
        for (let k = 0; k < n; k++) row[k]! -= along * other[k]!;
      }
      const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
      for (let k = 0; k < n; k++) row[k]! /= length;
    }
  }
  return q;
}
