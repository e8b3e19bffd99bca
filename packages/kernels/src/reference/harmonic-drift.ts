/** @file The truth of "harmonic-drift". */
import { sinCos } from "@mesoscope/numerics";
import type { HarmonicParameters } from "../parameters.js";
import { harmonicMoments } from "./harmonic-moments.js";

/**
 * v_i = sum_{m=1..K} a_m Im(Z_m e^{-i m theta_i}) / sum_{m=0..K'} b_m Re(Z_m e^{-i m theta_i}), [eq:circle-fourier].
 *
 * @param theta angles (R, n), radians
 * @param out   velocities (R, n)
 */
export function harmonicDrift(theta: Float64Array, p: HarmonicParameters, out: Float64Array): void {
  const below = new Float64Array(out.length);
  harmonicQuotient(theta, p, out, below);
  for (let i = 0; i < out.length; i += 1) out[i]! /= below[i]!;
}

/** Numerator and denominator of the drift apart, both (R, n); the denominator is 1 where none is given. */
export function harmonicQuotient(theta: Float64Array, p: HarmonicParameters, above: Float64Array, below: Float64Array): void {
  const { batch, n, numerator, denominator } = p;
  const order = numerator.length;
  const z = new Float64Array(batch * (order + 1) * 2);
  harmonicMoments(theta, { batch, n, order }, z);
  const pair = new Float64Array(2);
  for (let i = 0; i < batch * n; i += 1) {
    const moments = Math.floor(i / n) * (order + 1) * 2;
    above[i] = 0;
    below[i] = denominator === undefined ? 1 : denominator[0]!;
    for (let m = 1; m <= order; m += 1) {
      sinCos(m * theta[i]!, pair);
      const re = z[moments + 2 * m]!;
      const im = z[moments + 2 * m + 1]!;
      above[i]! += numerator[m - 1]! * (im * pair[1]! - re * pair[0]!);
      if (denominator !== undefined) below[i]! += (denominator[m] ?? 0) * (re * pair[1]! + im * pair[0]!);
    }
  }
}
