/**
 * @file Sums of the kernel exp(beta <x, y>) over point measures by harmonics: O((n + m) K) on the circle and O((n + m) K^2) on S^2 instead of O(n m), with K from a bound
 * on what the harmonics left out add.
 */
import { requireFinite, sinCos } from "@mesoscope/numerics";
import { besselIScaledSequence } from "@mesoscope/special-functions";
import { circleMoments, sphereMoments, weightsOf } from "./moments.js";
import { requireShape } from "./rows.js";
import { harmonicsAt, recurrence } from "./spherical-harmonics.js";
import { circleKernelTruncation, circleKernelTruncationBound, sphereTruncation, sphereTruncationBound } from "./truncation.js";

/** A field and what it is worth. */
export interface KernelSum {
  /** exp(-|beta|) sum_j w_j exp(beta <x_i, y_j>) at each target, (n). */
  readonly values: Float64Array;
  /** Last degree kept. */
  readonly K: number;
  /** Bound on the truncation error of every value; rounding adds some K ulp of sum |w_j|. */
  readonly bound: number;
}

/**
 * exp(-|beta|) sum_j w_j exp(beta cos(theta_i - phi_j)), [eq:kernel-field], by the modes 0 .. K with K = {@link circleKernelTruncation}(beta, eps).
 *
 * @param targets theta, angles in radians, (n)
 * @param sources phi, (m)
 * @param beta    inverse temperature, |beta| <= 1e9
 * @param eps     error allowed in units of sum |w_j|; it has no default
 * @param weights w_j, (m); all 1/m when absent
 * @throws DomainError for numbers outside the domain or wrong shapes
 */
export function circleKernelSum(targets: ArrayLike<number>, sources: ArrayLike<number>, beta: number, eps: number, weights?: ArrayLike<number>): KernelSum {
  const K = circleKernelTruncation(beta, eps);
  const moments = circleMoments(sources, K, weights);
  const modes = signed(besselIScaledSequence(0, Math.abs(beta), K + 1), beta);
  const turn = new Float64Array(2);
  const values = Float64Array.from(targets, (theta, i) => {
    sinCos(requireFinite(`targets[${i}]`, theta, "Give finite angles in radians."), turn);
    const [s, c] = [turn[0]!, turn[1]!];
    let sum = modes[0]! * moments[0]!;
    let [re, im] = [c, s];
    for (let k = 1; k <= K; k++) {
      sum += 2 * modes[k]! * (moments[k]! * re + moments[K + 1 + k]! * im);
      const next = re * c - im * s;
      im = re * s + im * c;
      re = next;
    }
    return sum;
  });
  return { values, K, bound: circleKernelTruncationBound(beta, K) * mass(weights, sources.length) };
}

/**
 * exp(-|beta|) sum_j w_j exp(beta <x_i, y_j>) on S^2, by the degrees 0 .. K with K = {@link sphereTruncation}(beta, eps). With weights w_j times a coordinate of y_j it
 * gives that component of sum_j w_j exp(beta <x_i, y_j>) y_j.
 *
 * @param targets unit rows, (n, 3) row-major
 * @param sources unit rows, (m, 3)
 * @param beta    inverse temperature; K must not exceed 1024, which allows |beta| to 1e4 at eps = 1e-15
 * @param eps     error allowed in units of sum |w_j|; it has no default
 * @param weights w_j, (m); all 1/m when absent
 * @throws DomainError for numbers outside the domain or wrong shapes
 */
export function sphereKernelSum(targets: Float64Array, sources: Float64Array, beta: number, eps: number, weights?: ArrayLike<number>): KernelSum {
  const [n, m] = [Math.floor(targets.length / 3), Math.floor(sources.length / 3)];
  requireShape("targets", targets, n, 3);
  const K = sphereTruncation(beta, eps);
  const table = recurrence(K);
  const moments = sphereMoments(sources, m, K, weights);
  const b = Math.abs(beta);
  const modes = signed(b === 0 ? Float64Array.of(1) : besselIScaledSequence(0.5, b, K + 1).map((value) => value * Math.sqrt((0.5 * Math.PI) / b)), beta);
  for (let k = 0; k <= K; k++) for (let at = k * k; at < (k + 1) * (k + 1); at++) moments[at]! *= modes[k] ?? 0;
  const one = new Float64Array(moments.length);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    harmonicsAt(targets[3 * i]!, targets[3 * i + 1]!, targets[3 * i + 2]!, table, one, 0);
    let sum = 0;
    for (let at = 0; at < one.length; at++) sum += moments[at]! * one[at]!;
    values[i] = sum;
  }
  return { values, K, bound: sphereTruncationBound(beta, K) * mass(weights, m) };
}

/** Changes the sign of the odd coefficients when beta is negative. */
function signed(modes: Float64Array, beta: number): Float64Array {
  return beta < 0 ? modes.map((value, k) => (k % 2 === 0 ? value : -value)) : modes;
}

function mass(weights: ArrayLike<number> | undefined, n: number): number {
  return weightsOf(weights, n).reduce((sum, weight) => sum + Math.abs(weight), 0);
}
