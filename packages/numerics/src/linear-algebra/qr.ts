/** @file QR by Householder reflections, and least squares by QR with column pivoting. */
import { DomainError, requireInRange } from "../errors.js";
import { reflectFromLeft, reflection } from "./householder.js";
import { balancingPower, copyOfMatrix, copyOfVector, largestEntry, scale } from "./matrix.js";

/** a = q r. */
export interface Qr {
  /** (m, n) with orthonormal columns. */
  readonly q: Float64Array;
  /** (n, n) upper triangular with diagonal >= 0. */
  readonly r: Float64Array;
}

/**
 * Thin QR factorisation of an (m, n) matrix, m >= n: backward error and loss of orthogonality some m n ulp, also for a
 * matrix of deficient rank. The signs are fixed by the diagonal of r.
 *
 * @param a (m, n) row-major
 * @throws DomainError if m < n, the length is not m n, or an entry is not finite
 * @see Golub and Van Loan, Matrix Computations, section 5.2
 */
export function qr(a: ArrayLike<number>, m: number, n: number): Qr {
  const r = copyOfMatrix("a", a, m, n);
  if (m < n) {
    throw new DomainError({ name: "m", value: m, rule: `must be at least n = ${n}`, remedy: "Factorise the transposed matrix." });
  }
  const power = balancingPower(r);
  scale(r, power);
  const sums = new Float64Array(n);
  const reflections: { v: Float64Array; beta: number }[] = [];
  for (let k = 0; k < n; k++) {
    const v = new Float64Array(m);
    const { beta } = reflection(r, n, m, k, k, v);
    reflectFromLeft(r, n, v, beta, k, k, sums);
    reflections.push({ v, beta });
  }
  const q = new Float64Array(m * n);
  for (let k = 0; k < n; k++) q[k * n + k] = r[k * n + k]! < 0 ? -1 : 1;
  for (let k = n - 1; k >= 0; k--) reflectFromLeft(q, n, reflections[k]!.v, reflections[k]!.beta, k, 0, sums);
  return { q, r: upperTriangle(r, n, 1 / power) };
}

function upperTriangle(packed: Float64Array, n: number, factor: number): Float64Array {
  const r = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const sign = packed[i * n + i]! < 0 ? -factor : factor;
    for (let j = i; j < n; j++) r[i * n + j] = packed[i * n + j]! * sign;
  }
  return r;
}

export interface LeastSquaresOptions {
  /**
   * Columns whose part outside the span of those before is at or below this much of the longest column are dropped,
   * 0 <= tolerance < 1. No default: it decides the rank. n 2^-52 drops what rounding alone can make.
   */
  readonly tolerance: number;
}

export interface LeastSquares {
  /** (n) a minimiser of |a x - b|; entries of dropped columns are 0. */
  readonly x: Float64Array;
  /** |a x - b|. */
  readonly residual: number;
  /** Number of columns kept. */
  readonly rank: number;
}

/**
 * Least squares: x that minimises |a x - b|, by Householder QR with column pivoting; no normal equations, so that the error
 * grows with the condition of a, not its square, as long as the residual is small.
 *
 * @param a (m, n) row-major, any m and n
 * @param b (m)
 * @throws DomainError if a length does not fit or an entry is not finite
 * @see Businger and Golub (1965), Numer. Math. 7, 269
 */
export function leastSquares(a: ArrayLike<number>, b: ArrayLike<number>, m: number, n: number, options: LeastSquaresOptions): LeastSquares {
  const tolerance = requireInRange("tolerance", options.tolerance, { min: 0, max: 0.999 });
  const r = copyOfMatrix("a", a, m, n);
  const right = copyOfVector("b", b, m);
  const powers = [balancingPower(r), balancingPower(right)] as const;
  scale(r, powers[0]);
  scale(right, powers[1]);
  const order = Uint32Array.from({ length: n }, (_, j) => j);
  const rank = largestEntry(r) === 0 ? 0 : triangularise(r, right, m, n, tolerance, order);
  const x = new Float64Array(n);
  for (let k = rank - 1; k >= 0; k--) {
    let sum = right[k]!;
    for (let j = k + 1; j < rank; j++) sum -= r[k * n + j]! * x[order[j]!]!;
    x[order[k]!] = sum / r[k * n + k]!;
  }
  scale(x, powers[0]);
  scale(x, 1 / powers[1]);
  let squares = 0;
  for (let i = rank; i < m; i++) squares += right[i]! * right[i]!;
  return { x, residual: Math.sqrt(squares) / powers[1], rank };
}

/** Reflects columns of r, and the right side along, the longest remaining one first; returns how many were worth it. */
function triangularise(r: Float64Array, right: Float64Array, m: number, n: number, tolerance: number, order: Uint32Array): number {
  const v = new Float64Array(m);
  const sums = new Float64Array(n);
  const single = new Float64Array(1);
  let least = 0;
  for (let k = 0; k < Math.min(m, n); k++) {
    swapColumns(r, n, k, longestColumn(r, m, n, k), order);
    const { beta, leading } = reflection(r, n, m, k, k, v);
    if (k === 0) least = tolerance * Math.abs(leading);
    if (!(Math.abs(leading) > least)) return k;
    reflectFromLeft(r, n, v, beta, k, k, sums);
    reflectFromLeft(right, 1, v, beta, k, 0, single);
  }
  return Math.min(m, n);
}

/** Among columns k ... n - 1 the one with the longest part below row k; norms are summed anew, never updated. */
function longestColumn(r: Float64Array, m: number, n: number, k: number): number {
  const squares = new Float64Array(n);
  for (let i = k; i < m; i++) for (let j = k; j < n; j++) squares[j]! += r[i * n + j]! * r[i * n + j]!;
  let best = k;
  for (let j = k + 1; j < n; j++) if (squares[j]! > squares[best]!) best = j;
  return best;
}

function swapColumns(r: Float64Array, n: number, one: number, two: number, order: Uint32Array): void {
  if (one === two) return;
  for (let at = 0; at < r.length; at += n) {
    const kept = r[at + one]!;
    r[at + one] = r[at + two]!;
    r[at + two] = kept;
  }
  const kept = order[one]!;
  order[one] = order[two]!;
  order[two] = kept;
}
