/** @file How long a chaotic trajectory of N bits stays near that of the limit: ln N over twice the exponent, with an offset that linear noise predicts. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, log, meanAndVariance, requireInteger, requirePositive } from "@mesoscope/numerics";
import { largestExponent } from "../lyapunov/spectrum.js";
import { tangentMap } from "../map/tangent-map.js";
import type { TangentMap } from "../map/tangent-map.js";
import type { WindowState } from "../map/window-state.js";
import { linearNoise } from "./linear-noise.js";

export interface NoiseHorizonOptions {
  /** Tokens from which the exponent is measured. */
  readonly tokens: number;
  /** Starts along the attractor from which the covariance is followed. */
  readonly starts: number;
  /** Tokens that each is followed: until one direction has outgrown all others. */
  readonly length: number;
}

/** A number with its standard error. */
export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

/** How noise grows on an attractor: ln S(t) = ln S0 + 2 lambda t, from a window that is known. */
export interface NoiseGrowth {
  /** lambda, nats per token. */
  readonly exponent: Measured;
  /** ln S0, of S = max_c N Var u_c: its mean over starts. */
  readonly logPrefactor: Measured;
  /** Standard deviation of the growth over t tokens divided by sqrt t; that of the exponent of t tokens is this over sqrt t. */
  readonly scatter: number;
}

/** When noise has reached a tolerance. */
export interface NoiseHorizon {
  /** t*(tol) in tokens, 0 where the first token is beyond. */
  readonly tokens: number;
  /** By the errors of exponent and prefactor. */
  readonly standardError: number;
  /** Standard deviation between starts, by their scatter in growth. */
  readonly spread: number;
}

/** Tokens in which a perturbation turns into the direction that grows. */
const ALIGNMENT = 500;

/**
 * Growth of linear noise on the attractor of a window that has settled [eq:one-bit-horizon].
 *
 * ln S0 is the mean of ln S(t) - 2 Lambda(t), with Lambda the growth of the leading direction over the same tokens: what scatters in both cancels.
 *
 * @param start a full window on the attractor
 * @throws DomainError if an option is out of its range
 */
export function noiseGrowth(network: AttentionNetwork, start: WindowState, { tokens, starts, length }: NoiseHorizonOptions): NoiseGrowth {
  requireInteger("starts", starts, { min: 2 });
  requireInteger("length", length, { min: 1 });
  const blocks = 100;
  const measured = largestExponent(network, start, { burnIn: 0, alignment: ALIGNMENT, tokens: blocks * Math.ceil(tokens / blocks), blocks, tolerance: 1 }).exponents[0]!;
  if (measured.kind !== "finite") throw new DomainError({ name: "largest exponent", value: measured.kind, rule: "must be finite", remedy: "Where everything is forgotten at once there is no growth to speak of." });
  const tangent = tangentMap(network, start, { count: 1 });
  tangent.frame.fill(1);
  stretch(tangent, ALIGNMENT);
  const offsets = new Float64Array(starts);
  const growths = new Float64Array(starts);
  for (let i = 0; i < starts; i++) {
    const noise = linearNoise(network, tangent.map.state(), { shift: false });
    for (let t = 0; t < length; t++) noise.step();
    growths[i] = stretch(tangent, length);
    offsets[i] = log(noise.largestVariance()) - 2 * growths[i]!;
  }
  const offset = meanAndVariance(offsets);
  return {
    exponent: { value: measured.value, standardError: measured.standardError },
    logPrefactor: { value: offset.mean, standardError: Math.sqrt(offset.variance / starts) },
    scatter: Math.sqrt(meanAndVariance(growths).variance / length),
  };
}

/**
 * t*(tol) = (ln N + 2 ln tol - ln S0) / (2 lambda) [eq:one-bit-horizon]: where the standard deviation of linear noise from a typical start is tol.
 *
 * @throws DomainError unless lambda > 0, N > 0 and tol > 0
 */
export function noiseHorizon({ exponent, logPrefactor, scatter }: NoiseGrowth, bits: number, tolerance: number): NoiseHorizon {
  requirePositive("exponent", exponent.value, "Only where the exponent is positive does noise grow for ever.");
  requirePositive("bits", bits);
  requirePositive("tolerance", tolerance);
  const rate = 2 * exponent.value;
  const tokens = (log(bits) + 2 * log(tolerance) - logPrefactor.value) / rate;
  if (tokens <= 0) return { tokens: 0, standardError: 0, spread: 0 };
  const byExponent = (tokens * exponent.standardError) / exponent.value;
  const byPrefactor = logPrefactor.standardError / rate;
  return { tokens, standardError: Math.sqrt(byExponent * byExponent + byPrefactor * byPrefactor), spread: (scatter * Math.sqrt(tokens)) / exponent.value };
}

/** Runs a single perturbation on and returns the logarithm of its growth in the newest token, the largest over classes. */
function stretch({ map, frame, step }: TangentMap, tokens: number): number {
  const { classes } = map.network.features;
  const newest = (): number => {
    const at = map.window.slot(0) * classes;
    let largest = 0;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, Math.abs(frame[at + c]!));
    return largest;
  };
  const scaled = (): number => {
    const size = newest();
    for (let i = 0; i < frame.length; i++) frame[i]! /= size;
    return log(size);
  };
  scaled();
  let sum = 0;
  for (let i = 0; i < tokens; i++) {
    step();
    sum += scaled();
  }
  return sum;
}
