/** @file Order parameters of a weighted point measure: its harmonic moments. */
import { DomainError, requireFinite, requireInteger, sinCos } from "@mesoscope/numerics";
import { requireShape } from "./rows.js";
import { harmonicsAt, recurrence } from "./spherical-harmonics.js";

const LARGEST_MODE = 1e6;

/**
 * Z_k = sum_j w_j exp(i k theta_j), k = 0 .. K, [eq:moments]. |Z_1| is the length of the mean direction, |Z_k|^2 the structure factor, [eq:structure-factor].
 *
 * @param theta   angles in radians, (n)
 * @param K       last mode, integer >= 0
 * @param weights w_j, (n); all 1/n when absent
 * @returns (2, K + 1): the real parts, then the imaginary parts; errors below some (k + 1) ulp of sum |w_j|
 * @throws DomainError for angles or weights that are not finite, or wrong shapes
 */
export function circleMoments(theta: ArrayLike<number>, K: number, weights?: ArrayLike<number>): Float64Array {
  requireInteger("K", K, { min: 0, max: LARGEST_MODE }, "Give the last mode, an integer from 0 to 1e6.");
  const w = weightsOf(weights, theta.length);
  const moments = new Float64Array(2 * (K + 1));
  const turn = new Float64Array(2);
  for (let j = 0; j < theta.length; j++) {
    sinCos(requireFinite(`theta[${j}]`, theta[j]!, "Give finite angles in radians."), turn);
    const [s, c] = [turn[0]!, turn[1]!];
    let [re, im] = [w[j]!, 0];
    for (let k = 0; k <= K; k++) {
      moments[k]! += re;
      moments[K + 1 + k]! += im;
      const next = re * c - im * s;
      im = re * s + im * c;
      re = next;
    }
  }
  return moments;
}

/**
 * M_{k,m} = sum_j w_j Y_{k,m}(x_j) with the harmonics of {@link sphericalHarmonics}, at k^2 + k + m.
 *
 * @param x       unit rows, (n, 3) row-major
 * @param K       last degree, integer from 0 to 1024
 * @param weights w_j, (n); all 1/n when absent
 * @returns ((K + 1)^2)
 * @throws DomainError for weights that are not finite, or wrong shapes
 */
export function sphereMoments(x: Float64Array, n: number, K: number, weights?: ArrayLike<number>): Float64Array {
  requireShape("x", x, n, 3);
  const w = weightsOf(weights, n);
  const table = recurrence(K);
  const moments = new Float64Array((K + 1) * (K + 1));
  const one = new Float64Array(moments.length);
  for (let j = 0; j < n; j++) {
    harmonicsAt(x[3 * j]!, x[3 * j + 1]!, x[3 * j + 2]!, table, one, 0);
    for (let at = 0; at < one.length; at++) moments[at]! += w[j]! * one[at]!;
  }
  return moments;
}

/**
 * S_k = sum_m M_{k,m}^2/(2k + 1) = sum_{i,j} w_i w_j P_k(<x_i, x_j>), k = 0 .. K, [eq:structure-factor]: never negative, and free of the choice of axes.
 *
 * @param moments of {@link sphereMoments}, ((K + 1)^2)
 * @throws DomainError when their number is no square
 */
export function sphereStructureFactors(moments: Float64Array): Float64Array {
  const K = Math.round(Math.sqrt(moments.length)) - 1;
  requireShape("moments", moments, K + 1, K + 1);
  return Float64Array.from({ length: K + 1 }, (_, k) => {
    let sum = 0;
    for (let at = k * k; at < (k + 1) * (k + 1); at++) sum += moments[at]! * moments[at]!;
    return sum / (2 * k + 1);
  });
}

/** @throws DomainError unless there are n finite weights */
export function weightsOf(weights: ArrayLike<number> | undefined, n: number): Float64Array {
  if (weights === undefined) return new Float64Array(n).fill(1 / n);
  if (weights.length !== n) {
    throw new DomainError({ name: "weights.length", value: weights.length, rule: `must be the number of points, ${n}`, remedy: "Give one weight for each point." });
  }
  return Float64Array.from(weights, (weight, j) => requireFinite(`weights[${j}]`, weight, "Give finite weights."));
}
