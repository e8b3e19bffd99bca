/** @file What a critical point does with noise: the two numbers of its normal form, from the map alone. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError } from "@mesoscope/numerics";
import { meanFieldMap } from "../map/mean-field-map.js";
import type { CriticalMode } from "./critical-mode.js";
import { linearNoise } from "./linear-noise.js";

/** z' = mu (z - g |z|^2 z) + noise of mean square sigma^2 / N, once a period. */
export interface NormalForm {
  readonly kind: CriticalMode["kind"];
  /** Tokens of a step. */
  readonly period: number;
  /** g > 0. */
  readonly cubic: number;
  /** Estimated from two amplitudes. */
  readonly cubicError: number;
  /** sigma^2 = E |l . z|^2 of the linear noise of one period. */
  readonly noise: number;
}

/** How near to the unit circle a multiplier must be for the decay at the point to be cubic. */
const CRITICAL = 1e-7;

/**
 * Normal form at a critical point that is supercritical [eq:one-bit-normal-form]. Noise: the mode's share of the covariance that one period makes. Saturation: left alone, the amplitude
 * decays as 1/|z|^2 = 1/|z_0|^2 + 2 g n, whose slope is fitted from z_0 = `amplitude` and from half of it.
 *
 * @param amplitude z_0, small against all that the point is not symmetric in; 0.01 is a good one
 * @throws DomainError if the multiplier is not on the unit circle within 1e-7, or the amplitude does not decay (a subcritical point)
 */
export function normalForm(network: AttentionNetwork, mode: CriticalMode, { amplitude }: { readonly amplitude: number }): NormalForm {
  const { kind, multiplier, orbit } = mode;
  if (!(Math.abs(multiplier.modulus - 1) <= CRITICAL)) {
    throw new DomainError({ name: "modulus of the multiplier", value: multiplier.modulus, rule: `must be 1 within ${CRITICAL}`, remedy: "Locate the point first, with followOrbit." });
  }
  const coarse = decay(network, mode, amplitude);
  const fine = decay(network, mode, amplitude / 2);
  // Both err by O(|z_0|^2): the difference is three quarters of the error of the first.
  const cubic = fine + (fine - coarse) / 3;
  return { kind, period: orbit.period, cubic, cubicError: Math.abs(fine - coarse), noise: noiseOf(network, mode) };
}

/** Sum over l_i Q_ij conj(l_j) of the covariance of one period. */
export function noiseOf(network: AttentionNetwork, { left, orbit }: CriticalMode): number {
  const noise = linearNoise(network, orbit.window, { shift: false });
  for (let i = 0; i < orbit.period; i++) noise.step();
  const { covariance } = noise.ordered();
  const n = left.real.length;
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += covariance[i * n + j]! * (left.real[i]! * left.real[j]! + left.imaginary[i]! * left.imaginary[j]!);
  return sum;
}

/** Periods after which an amplitude that should decay is taken not to. */
const MOST_PERIODS = 4_000_000;

/** g from one run: the slope of 1/|z|^2 over the periods in which it doubles, by least squares over all of them. */
function decay(network: AttentionNetwork, { amplitude: measure, right, orbit: { window, period } }: CriticalMode, z0: number): number {
  const map = meanFieldMap(network, { ...window, u: window.u.map((u, i) => u + z0 * right.real[i]!) });
  const z = new Float64Array(2);
  const end = 2 / (z0 * z0);
  let [count, sumY, sumKY] = [0, 0, 0];
  for (let k = 0; k < MOST_PERIODS; k++) {
    measure(map.state().u, z);
    const y = 1 / (z[0]! * z[0]! + z[1]! * z[1]!);
    if (y > end) {
      // With k = 0 ... count - 1: slope = (12 sum k y - 6 (count - 1) sum y) / (count (count^2 - 1)).
      return (12 * sumKY - 6 * (count - 1) * sumY) / (count * (count * count - 1)) / 2;
    }
    if (y < 0.25 / (z0 * z0)) break;
    count += 1;
    sumY += y;
    sumKY += k * y;
    map.run(period);
  }
  throw new DomainError({ name: "cubic coefficient", value: "not positive", rule: "must be positive", remedy: "This point is subcritical: no scaling about it, but a jump." });
}
