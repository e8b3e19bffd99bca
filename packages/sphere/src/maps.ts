/** @file Exponential map, logarithm and parallel transport of S^{d-1}, row by row. */
import { DomainError, sinCos } from "@mesoscope/numerics";
import { geodesicDistance, requireShape } from "./rows.js";

const turn = new Float64Array(2);

/**
 * out_i = cos|v_i| x_i + (sin|v_i|/|v_i|) v_i: the point reached from x_i along the great circle with initial velocity v_i.
 *
 * @param x   unit rows, (n, d) row-major
 * @param v   tangent rows, <x_i, v_i> = 0, (n, d)
 * @param out (n, d); may be x or v
 * @returns out, of unit length to some ulp when v is tangent
 * @throws DomainError for wrong shapes
 */
export function exponentialMap(x: Float64Array, v: Float64Array, n: number, d: number, out: Float64Array): Float64Array {
  requireShape("x", x, n, d);
  requireShape("v", v, n, d);
  requireShape("out", out, n, d);
  for (let start = 0; start < n * d; start += d) {
    let square = 0;
    for (let a = 0; a < d; a++) square += v[start + a]! * v[start + a]!;
    const angle = Math.sqrt(square);
    sinCos(angle, turn);
    const along = angle === 0 ? 1 : turn[0]! / angle;
    for (let a = 0; a < d; a++) out[start + a] = turn[1]! * x[start + a]! + along * v[start + a]!;
  }
  return out;
}

/**
 * out_i = the tangent vector at x_i whose exponential is y_i, of length the distance, in [0, pi].
 *
 * Formed from y - x, so that nearby points keep full relative accuracy; 0 for coincident points.
 * @param x   unit rows, (n, d) row-major
 * @param y   unit rows, (n, d)
 * @param out (n, d); may be y
 * @throws DomainError for antipodal points, where every direction is as short; for wrong shapes
 */
export function logarithmMap(x: Float64Array, y: Float64Array, n: number, d: number, out: Float64Array): Float64Array {
  requireShape("x", x, n, d);
  requireShape("y", y, n, d);
  requireShape("out", out, n, d);
  for (let start = 0; start < n * d; start += d) {
    const angle = geodesicDistance(x.subarray(start, start + d), y.subarray(start, start + d));
    let inner = 0;
    for (let a = 0; a < d; a++) inner += x[start + a]! * (y[start + a]! - x[start + a]!);
    let square = 0;
    for (let a = 0; a < d; a++) {
      const tangent = y[start + a]! - x[start + a]! - inner * x[start + a]!;
      out[start + a] = tangent;
      square += tangent * tangent;
    }
    if (Math.PI - angle < 1e-14) refuseAntipodal(start / d, "No shortest path is singled out: move one of the points.");
    const scale = square === 0 ? 1 : angle / Math.sqrt(square);
    for (let a = 0; a < d; a++) out[start + a]! *= scale;
  }
  return out;
}

/**
 * out_i = v_i carried from x_i to y_i along the shortest great circle: v - <y, v>/(1 + <x, y>) (x + y). An isometry.
 *
 * @param x   unit rows, (n, d) row-major
 * @param y   unit rows, (n, d)
 * @param v   tangent rows at x, (n, d)
 * @param out (n, d); may be v
 * @throws DomainError for antipodal points; for wrong shapes
 */
export function parallelTransport(
  x: Float64Array,
  y: Float64Array,
  v: Float64Array,
  n: number,
  d: number,
  out: Float64Array,
): Float64Array {
  requireShape("x", x, n, d);
  requireShape("y", y, n, d);
  requireShape("v", v, n, d);
  requireShape("out", out, n, d);
  for (let start = 0; start < n * d; start += d) {
    let inner = 0;
    let square = 0; // |x + y|^2 = 2 (1 + <x, y>), without the cancellation near antipodal points
    for (let a = 0; a < d; a++) {
      inner += y[start + a]! * v[start + a]!;
      const sum = x[start + a]! + y[start + a]!;
      square += sum * sum;
    }
    if (square < 1e-28) refuseAntipodal(start / d, "Transport along two legs, over a point in between.");
    const factor = (2 * inner) / square;
    for (let a = 0; a < d; a++) out[start + a] = v[start + a]! - factor * (x[start + a]! + y[start + a]!);
  }
  return out;
}

function refuseAntipodal(row: number, remedy: string): never {
  throw new DomainError({ name: `row ${row}`, value: "y = -x", rule: "must not be a pair of antipodal points", remedy });
}
