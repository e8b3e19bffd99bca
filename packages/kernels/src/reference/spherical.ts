/** @file The truth of "spherical-moments" and "spherical-drift". */
import type { SphericalMomentParameters, SphericalParameters } from "../parameters.js";

/**
 * M_km = (1/n) sum_j Y_km(x_j), [eq:spherical-moments], each harmonic by the three-term recurrence of the associated Legendre functions
 * normalised to 1 on the whole sphere.
 *
 * @param x   unit rows (R, n, 3)
 * @param out (R, (K + 1)^2), M_km at k^2 + k + m
 */
export function sphericalMoments(x: Float64Array, { batch, n, degree }: SphericalMomentParameters, out: Float64Array): void {
  out.fill(0);
  const size = (degree + 1) * (degree + 1);
  for (let i = 0; i < batch * n; i += 1) {
    const at = Math.floor(i / n) * size;
    const [a, b, z] = [x[3 * i]!, x[3 * i + 1]!, x[3 * i + 2]!];
    let [re, im, diagonal] = [1, 0, 1];
    for (let m = 0; m <= degree; m += 1) {
      if (m > 0) {
        diagonal *= m === 1 ? Math.sqrt(3) : Math.sqrt((2 * m + 1) / (2 * m));
        [re, im] = [re * a - im * b, re * b + im * a];
      }
      let [value, before] = [diagonal, 0];
      for (let k = m; k <= degree; k += 1) {
        if (k > m) {
          const rise = Math.sqrt(((2 * k - 1) * (2 * k + 1)) / ((k - m) * (k + m)));
          const fall = k - 1 > m ? Math.sqrt(((2 * k + 1) * (k + m - 1) * (k - m - 1)) / ((2 * k - 3) * (k - m) * (k + m))) : 0;
          [value, before] = [rise * z * value - fall * before, value];
        }
        if (m > 0) out[at + k * k + k - m]! += (value * im) / n;
        out[at + k * k + k + m]! += (value * re) / n;
      }
    }
  }
}

/**
 * v_i = (1/n) sum_j F(t_ij) (x_j - t_ij x_i) / ((1/n) sum_j G(t_ij)), t_ij = <x_i, x_j>, with F = sum_k a_k (2k + 1) P_k' and G = sum_k b_k (2k + 1) P_k:
 * [eq:sphere-harmonics] summed over pairs, with no harmonic in it.
 *
 * @param x   unit rows (R, n, 3)
 * @param out velocities (R, n, 3); may not be x
 */
export function sphericalDrift(x: Float64Array, p: SphericalParameters, out: Float64Array): void {
  const below = new Float64Array(p.batch * p.n);
  sphericalQuotient(x, p, out, below);
  for (let at = 0; at < out.length; at += 1) out[at]! /= below[Math.floor(at / 3)]!;
}

/** Numerator (R, n, 3) and denominator (R, n) of the drift apart; the denominator is 1 where none is given. */
export function sphericalQuotient(x: Float64Array, { batch, n, numerator, denominator }: SphericalParameters, above: Float64Array, below: Float64Array): void {
  above.fill(0);
  below.fill(denominator === undefined ? 1 : 0);
  for (let i = 0; i < batch * n; i += 1) {
    const first = Math.floor(i / n) * n;
    for (let j = first; j < first + n; j += 1) {
      const t = x[3 * i]! * x[3 * j]! + x[3 * i + 1]! * x[3 * j + 1]! + x[3 * i + 2]! * x[3 * j + 2]!;
      const { slope, value } = legendreSums(t, numerator, denominator ?? []);
      for (let c = 0; c < 3; c += 1) above[3 * i + c]! += (slope * (x[3 * j + c]! - t * x[3 * i + c]!)) / n;
      below[i]! += value / n;
    }
  }
}

/** sum_k a_k (2k + 1) P_k'(t) and sum_k b_k (2k + 1) P_k(t). */
function legendreSums(t: number, a: readonly number[], b: readonly number[]): { slope: number; value: number } {
  let [before, here, slopeBefore, slopeHere] = [0, 1, 0, 0];
  let slope = 0;
  let value = b[0] ?? 0;
  for (let k = 1; k <= a.length; k += 1) {
    // k P_k = (2k - 1) t P_{k-1} - (k - 1) P_{k-2} and P_k' = P_{k-2}' + (2k - 1) P_{k-1}.
    [slopeHere, slopeBefore] = [slopeBefore + (2 * k - 1) * here, slopeHere];
    [here, before] = [((2 * k - 1) * t * here - (k - 1) * before) / k, here];
    slope += a[k - 1]! * (2 * k + 1) * slopeHere;
    value += (b[k] ?? 0) * (2 * k + 1) * here;
  }
  return { slope, value };
}
