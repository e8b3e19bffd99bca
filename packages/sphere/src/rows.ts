/** @file Points of the sphere as rows of a matrix: normalisation, tangent projection, distance. */
import { atan2, DomainError, requireInteger } from "@mesoscope/numerics";

/**
 * Divides every row of x by its Euclidean length, in place.
 *
 * @param x rows, (n, d) row-major
 * @returns x; every row of length 1 to 2 ulp
 * @throws DomainError for a row that is zero or not finite, naming it; for wrong shapes
 */
export function normaliseRows(x: Float64Array, n: number, d: number): Float64Array {
  requireShape("x", x, n, d);
  for (let i = 0; i < n; i++) normaliseRow(x, i * d, d);
  return x;
}

function normaliseRow(x: Float64Array, start: number, d: number): void {
  let largest = 0;
  for (let a = 0; a < d; a++) {
    const size = Math.abs(x[start + a]!);
    if (!(size <= Number.MAX_VALUE)) refuse(start / d, x[start + a]!, "must have finite entries");
    if (size > largest) largest = size;
  }
  if (largest === 0) refuse(start / d, 0, "must not be the zero vector");
  // Squares of rows of ordinary size neither over- nor underflow; others are brought to size 1 first.
  const ordinary = largest > 1e-140 && largest < 1e140;
  if (!ordinary) for (let a = 0; a < d; a++) x[start + a]! /= largest;
  let square = 0;
  for (let a = 0; a < d; a++) square += x[start + a]! * x[start + a]!;
  const length = Math.sqrt(square);
  for (let a = 0; a < d; a++) x[start + a]! /= length;
}

function refuse(row: number, value: number, rule: string): never {
  throw new DomainError({ name: `row ${row}`, value, rule, remedy: "A direction needs a finite non-zero vector." });
}

/**
 * out_i = v_i - <x_i, v_i> x_i: projection of each row of v to the tangent space at the same row of x.
 *
 * @param x   unit rows, (n, d) row-major
 * @param v   vectors, (n, d)
 * @param out (n, d); may be v itself
 * @returns out; |<x_i, out_i>| at most some ulp of |v_i|
 * @throws DomainError for wrong shapes
 */
export function projectTangent(x: Float64Array, v: Float64Array, n: number, d: number, out: Float64Array): Float64Array {
  requireShape("x", x, n, d);
  requireShape("v", v, n, d);
  requireShape("out", out, n, d);
  for (let start = 0; start < n * d; start += d) {
    let inner = 0;
    for (let a = 0; a < d; a++) inner += x[start + a]! * v[start + a]!;
    for (let a = 0; a < d; a++) out[start + a] = v[start + a]! - inner * x[start + a]!;
  }
  return out;
}

/**
 * Angle between two unit vectors, in [0, pi]: 2 atan2(|x - y|, |x + y|).
 *
 * Unlike arccos <x, y>, it keeps relative accuracy for nearby points (arccos loses all below 1e-8; here the rounding of the
 * lengths of x and y shows as (1e-16/distance)^2), is exactly 0 for coincident points, and pi to an ulp for antipodal ones.
 * @throws DomainError when the lengths differ
 * @see Kahan (2006), How futile are mindless assessments of roundoff, section 12
 */
export function geodesicDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) {
    throw new DomainError({
      name: "y.length",
      value: y.length,
      rule: `must equal x.length = ${x.length}`,
      remedy: "Give two points of the same sphere.",
    });
  }
  return 2 * atan2(combinedLength(x, y, -1), combinedLength(x, y, 1));
}

/** |x + sign y|; lengths whose squares would underflow are scaled by a power of two first. */
function combinedLength(x: ArrayLike<number>, y: ArrayLike<number>, sign: 1 | -1): number {
  let square = 0;
  for (let a = 0; a < x.length; a++) {
    const part = x[a]! + sign * y[a]!;
    square += part * part;
  }
  if (square > 1e-280) return Math.sqrt(square);
  square = 0;
  for (let a = 0; a < x.length; a++) {
    const part = (x[a]! + sign * y[a]!) * 2 ** 600;
    square += part * part;
  }
  return Math.sqrt(square) * 2 ** -600;
}

/** @throws DomainError unless n and d are integers >= 0 and >= 1 and the array has n d entries */
export function requireShape(name: string, x: ArrayLike<number>, n: number, d: number): void {
  requireInteger("n", n, { min: 0 }, "Give the number of rows.");
  requireInteger("d", d, { min: 1 }, "Give the length of a row.");
  if (x.length !== n * d) {
    throw new DomainError({
      name: `${name}.length`,
      value: x.length,
      rule: `must be n d = ${n * d}`,
      remedy: "Give an (n, d) matrix, row after row.",
    });
  }
}
