/** @file Real spherical harmonics of S^2. */
import { requireInteger } from "@mesoscope/numerics";
import { requireShape } from "./rows.js";

/** Beyond, values near the poles would overflow on the way. */
const LARGEST_DEGREE = 1024;

/**
 * Y_{k,m}(x_i) for all degrees k = 0 .. K and orders m = -k .. k: the real harmonics that are orthonormal for the uniform probability measure (called "4 pi
 * normalised" elsewhere), without the sign (-1)^m. Y_{0,0} = 1, Y_{1,-1} = sqrt 3 y, Y_{1,0} = sqrt 3 z, Y_{1,1} = sqrt 3 x; for m > 0, Y_{k,m} goes with cos(m phi) and
 * Y_{k,-m} with sin(m phi). Addition theorem: sum_m Y_{k,m}(x) Y_{k,m}(y) = (2k + 1) P_k(<x, y>), [eq:gegenbauer].
 *
 * Formed from the coordinates, without angles: smooth at the poles.
 * @param x   unit rows, (n, 3) row-major
 * @param K   last degree, integer from 0 to 1024
 * @param out (n, (K + 1)^2) row-major, made when absent; Y_{k,m} stands at k^2 + k + m
 * @returns out, with errors below some (k + 1) ulp of sqrt(2k + 1), the size of a harmonic; within 0.01 of a pole more beyond degree 300, to 1e-11 at 1024
 * @throws DomainError for a degree outside the domain or wrong shapes
 * @see Holmes, Featherstone (2002), J. Geodesy 76, 279-299, whose forward recurrence in k this is
 */
export function sphericalHarmonics(x: Float64Array, n: number, K: number, out: Float64Array = new Float64Array(n * (K + 1) * (K + 1))): Float64Array {
  requireShape("x", x, n, 3);
  const table = recurrence(K);
  const count = (K + 1) * (K + 1);
  requireShape("out", out, n, count);
  for (let i = 0; i < n; i++) harmonicsAt(x[3 * i]!, x[3 * i + 1]!, x[3 * i + 2]!, table, out, i * count);
  return out;
}

/** Coefficients of the recurrence Y_{k,m} = rise z Y_{k-1,m} - fall Y_{k-2,m}, at k^2 + k + m, and of the diagonal. */
export interface HarmonicRecurrence {
  readonly K: number;
  readonly rise: Float64Array;
  readonly fall: Float64Array;
  /** Y_{m,m} = diagonal_m Re (x + i y)^m. */
  readonly diagonal: Float64Array;
}

/** @throws DomainError for a degree outside the domain */
export function recurrence(K: number): HarmonicRecurrence {
  requireInteger("K", K, { min: 0, max: LARGEST_DEGREE }, `Give the last degree, an integer from 0 to ${LARGEST_DEGREE}.`);
  const rise = new Float64Array((K + 1) * (K + 1));
  const fall = new Float64Array((K + 1) * (K + 1));
  const diagonal = new Float64Array(K + 1).fill(1);
  for (let m = 1; m <= K; m++) diagonal[m] = m === 1 ? Math.sqrt(3) : diagonal[m - 1]! * Math.sqrt((2 * m + 1) / (2 * m));
  for (let k = 1; k <= K; k++) {
    for (let m = 0; m < k; m++) {
      const apart = (k - m) * (k + m);
      rise[k * k + k + m] = Math.sqrt(((2 * k - 1) * (2 * k + 1)) / apart);
      fall[k * k + k + m] = k - 1 > m ? Math.sqrt(((2 * k + 1) * (k + m - 1) * (k - m - 1)) / ((2 * k - 3) * apart)) : 0;
    }
  }
  return { K, rise, fall, diagonal };
}

/** Writes the harmonics at one unit vector into out from index `start`. */
export function harmonicsAt(x: number, y: number, z: number, { K, rise, fall, diagonal }: HarmonicRecurrence, out: Float64Array, start: number): void {
  let [re, im] = [1, 0]; // (x + i y)^m
  for (let m = 0; m <= K; m++) {
    let before = 0;
    let value = diagonal[m]!;
    for (let k = m; ; ) {
      const centre = start + k * k + k;
      out[centre + m] = value * re;
      if (m > 0) out[centre - m] = value * im;
      if (++k > K) break;
      const at = k * k + k + m;
      const next = rise[at]! * z * value - fall[at]! * before;
      before = value;
      value = next;
    }
    const turned = re * x - im * y;
    im = re * y + im * x;
    re = turned;
  }
}
