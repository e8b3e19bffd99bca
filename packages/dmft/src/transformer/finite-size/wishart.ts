/** @file Wishart matrices by Bartlett's decomposition: a cost that does not depend on the degrees of freedom. */
import { drawGamma } from "@mesoscope/numerics";
import type { Stream } from "@mesoscope/numerics";

/**
 * Lower trapezoid T (rank, min(rank, degrees)) with T T^T Wishart of the identity: chi on the diagonal, normals below.
 *
 * @param out filled and returned
 * @see Bartlett (1933), Proc. R. Soc. Edinburgh 53, 260
 */
export function drawBartlett(rank: number, degrees: number, stream: Stream, out: Float64Array): Float64Array {
  const columns = Math.min(rank, degrees);
  out.fill(0);
  for (let a = 0; a < rank; a++) {
    for (let k = 0; k < Math.min(a, columns); k++) out[a * columns + k] = stream.normal();
    if (a < columns) out[a * columns + a] = Math.sqrt(2 * drawGamma(stream, (degrees - a) / 2));
  }
  return out;
}

/** (rank, rank) Wishart matrix of the identity; with fewer degrees than rank it is singular, with none 0. */
export function wishart(rank: number, degrees: number, stream: Stream): Float64Array {
  const columns = Math.min(rank, degrees);
  const t = drawBartlett(rank, degrees, stream, new Float64Array(rank * columns));
  const out = new Float64Array(rank * rank);
  for (let a = 0; a < rank; a++) for (let b = 0; b < rank; b++) for (let k = 0; k < columns; k++) out[a * rank + b]! += t[a * columns + k]! * t[b * columns + k]!;
  return out;
}
