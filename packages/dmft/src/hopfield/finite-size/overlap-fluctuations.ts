/** @file Overlaps at chosen tokens with their first finite-size terms, and how far rounding has moved each of them. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { requireInteger } from "@mesoscope/numerics";
import { linearNoise } from "./linear-noise.js";
import type { LinearNoise, LinearNoiseOptions } from "./linear-noise.js";
import type { WindowState } from "../map/window-state.js";

/** The limit at T tokens with what N bits add in first order. */
export interface OverlapFluctuations {
  /** Tokens after the start (T). */
  readonly times: Float64Array;
  /** m^o (T, M) of the limit, without the factor 1 - eps and the positional part. */
  readonly overlaps: Float64Array;
  /** N Cov m^o (T, M, M). Infinite after growth by 1e100: nothing is Gaussian there at any N. */
  readonly covariance: Float64Array;
  /** N (E m^o - m^o_mf) (T, M); zeros where it was not asked for. */
  readonly shift: Float64Array;
  /** max over classes and over all tokens up to this one of N Var u_c (T). */
  readonly largestVariance: Float64Array;
  /** Numerical errors of the three, of the same shapes. */
  readonly errors: { readonly overlaps: Float64Array; readonly covariance: Float64Array; readonly shift: Float64Array };
}

/** Where a variance is no number to be carried on with. */
const LARGEST = 1e100;
/** Relative size of the disturbance by which rounding is probed: eight units in the last place. */
const DISTURBANCE = 2 ** -50;
/** The two runs may agree by chance; errors are taken this much larger than their difference. */
const SAFETY = 4;

/**
 * Linear noise and shift of the overlaps along a trajectory [eq:one-bit-linear-noise, eq:one-bit-shift].
 *
 * Numerical errors come from a second run whose start is disturbed by eight units in the last place: chaos stretches this disturbance as it stretches
 * roundings. Up to the horizon of any N <= 1e12 it stays below 1e-9.
 *
 * @param times tokens after the start, ascending integers >= 1
 * @throws DomainError if the start does not belong to the network, or times do not ascend
 */
export function overlapFluctuations(network: AttentionNetwork, start: WindowState, times: ArrayLike<number>, options: LinearNoiseOptions = {}): OverlapFluctuations {
  const tokens = Float64Array.from(times);
  tokens.forEach((time, i) => requireInteger(`times[${i}]`, time, { min: i === 0 ? 1 : tokens[i - 1]! + 1 }, "Give tokens after the start, ascending."));
  const run = follow(linearNoise(network, start, options), tokens);
  const disturbed = follow(linearNoise(network, { ...start, u: start.u.map((u) => u * (1 - DISTURBANCE)) }, options), tokens);
  return { times: tokens, ...run, errors: { overlaps: errorOf(run.overlaps, disturbed.overlaps, 1), covariance: errorOf(run.covariance, disturbed.covariance, 0), shift: errorOf(run.shift, disturbed.shift, 0) } };
}

function follow(noise: LinearNoise, times: Float64Array): Omit<OverlapFluctuations, "times" | "errors"> {
  const { map } = noise;
  const m = map.network.features.features;
  const overlaps = new Float64Array(times.length * m);
  const covariance = new Float64Array(times.length * m * m);
  const shift = new Float64Array(times.length * m);
  const largestVariance = new Float64Array(times.length);
  let largest = 0;
  let token = 0;
  times.forEach((time, i) => {
    for (; token < time && largest < LARGEST; token++) {
      noise.step();
      largest = Math.max(largest, noise.largestVariance());
    }
    map.run(time - token);
    token = time;
    map.overlaps(overlaps, i * m);
    if (largest < LARGEST) {
      noise.overlapCovariance(covariance, i * m * m);
      noise.overlapShift(shift, i * m);
    } else {
      covariance.fill(Infinity, i * m * m, (i + 1) * m * m);
      shift.fill(Infinity, i * m, (i + 1) * m);
    }
    largestVariance[i] = largest;
  });
  return { overlaps, covariance, shift, largestVariance };
}

/** Difference of two runs, and some roundings of the value itself (of 1 for magnetisations). */
function errorOf(values: Float64Array, disturbed: Float64Array, scale: number): Float64Array {
  return values.map((value, i) => {
    if (!Number.isFinite(value) || !Number.isFinite(disturbed[i])) return Infinity;
    return SAFETY * (Math.abs(value - disturbed[i]!) + 8 * Number.EPSILON * Math.max(scale, Math.abs(value)));
  });
}
