/** @file The uniform law on the sphere. */
import { type Stream } from "@mesoscope/numerics";
import { normaliseRows, requireShape } from "./rows.js";

/**
 * n independent points uniform on S^{d-1}: standard normal vectors divided by their lengths.
 *
 * @param stream source of normals; n d of them are taken
 * @param n      number of points
 * @param d      dimension of the space around the sphere, d >= 1
 * @param out    (n, d) row-major, made when absent
 * @returns out
 * @throws DomainError for wrong shapes
 * @see Muller (1959), Comm. ACM 2
 */
export function sampleUniformSphere(
  stream: Pick<Stream, "normal">,
  n: number,
  d: number,
  out: Float64Array = new Float64Array(n * d),
): Float64Array {
  requireShape("out", out, n, d);
  for (let i = 0; i < n * d; i++) out[i] = stream.normal();
  return normaliseRows(out, n, d);
}
