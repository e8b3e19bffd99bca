/** @file Networks with one feature: a delay map of one number, and what it is known to do. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, exp, log, requireFinite, requireInRange, requireInteger, tanh } from "@mesoscope/numerics";
import { sechSquared } from "../map/sech-squared.js";
import { retrievalMagnetisation } from "./magnetisation.js";

/** The two parameters and the memory of the delay map [eq:one-bit-delay-map]. */
export interface DelayMap {
  /** b = beta (1 - eps) rho_v: slope of the output. */
  readonly gain: number;
  /** kappa = g (1 - eps)^2 rho_q rho_k: how sharply attention prefers tokens like (or, if negative, unlike) the newest. */
  readonly preference: number;
  /** L. */
  readonly contextLength: number;
}

/**
 * The delay map of a network with one feature and no positions: u' = tanh(b sum_d alpha_d u_(t-d)), alpha_d proportional to exp(kappa u_t u_(t-d)),
 * with u the magnetisation of the bits in the gauge xi^o = 1 [eq:one-bit-delay-map].
 *
 * @throws DomainError for M > 1 or positions with a weight
 */
export function delayMapOf({ features: { features: m, classes, weights, xi }, contextLength, beta, positionalWeight, sharpness }: AttentionNetwork): DelayMap {
  requireInteger("features", m, { min: 1, max: 1 }, "Only a single feature leaves a single number.");
  requireInRange("positionalWeight", positionalWeight, { min: 0, max: 0 }, "Positions force the map: run the mean-field map itself.");
  const correlation = (role: "v" | "q" | "k"): number => {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += weights[c]! * xi[role][c]! * xi.o[c]!;
    return sum;
  };
  return { gain: beta * correlation("v"), preference: sharpness * correlation("q") * correlation("k"), contextLength };
}

/**
 * The next magnetisation of the delay map [eq:one-bit-delay-map].
 *
 * @param past u_t, u_(t-1), ..., newest first, 1 to L of them
 * @throws DomainError if there are none or more than L, or a parameter is not finite
 */
export function delayMapStep({ gain, preference, contextLength }: DelayMap, past: ArrayLike<number>): number {
  requireFinite("gain", gain);
  requireFinite("preference", preference);
  requireInteger("past.length", past.length, { min: 1, max: contextLength });
  const tokens = Float64Array.from(past);
  const logits = tokens.map((u) => preference * tokens[0]! * u);
  const top = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  let sum = 0;
  tokens.forEach((u, d) => {
    const weight = exp(logits[d]! - top);
    total += weight;
    sum += weight * u;
  });
  return tanh(gain * (sum / total));
}

/** Where the one-token map m' = tanh(beta rho_v m) settles, and how fast [eq:one-bit-single-token]. */
export interface SingleTokenState {
  /** 1: a fixed point m, 2: m and -m in turn. */
  readonly period: 1 | 2;
  readonly magnetisation: number;
  /** Nats per token: log(b (1 - m^2)); where b = 0 it is forgotten at once. */
  readonly exponent: { readonly kind: "finite"; readonly value: number } | { readonly kind: "minus-infinity" };
}

/**
 * The attractor of m' = tanh(b m): zero for |b| <= 1, else +-m*(|b|), kept for b > 1 and alternating for b < -1 [eq:one-bit-single-token].
 *
 * @param gain b = beta rho_v
 * @throws DomainError if b is not finite
 */
export function singleTokenState(gain: number): SingleTokenState {
  const b = Math.abs(requireFinite("gain", gain));
  const magnetisation = retrievalMagnetisation(b);
  const slope = b * sechSquared(b * magnetisation);
  return {
    period: gain < -1 ? 2 : 1,
    magnetisation,
    exponent: slope === 0 ? { kind: "minus-infinity" } : { kind: "finite", value: log(slope) },
  };
}

/** The amplitude of the three-cycle, or that it is not there. */
export type ThreeCycle = { readonly kind: "exists"; readonly amplitude: number } | { readonly kind: "none"; readonly reason: string };

/**
 * The three-cycle (a, -a, 0) of two tokens of context without attention and values opposed to outputs (b = -beta, kappa = 0): a = m*(beta/2), for beta > 2,
 * attracting [eq:one-bit-three-cycle].
 *
 * @throws DomainError if beta is negative or not finite
 */
export function threeCycle(beta: number): ThreeCycle {
  requireInRange("beta", beta, { min: 0, max: Number.MAX_VALUE });
  if (beta <= 2) return { kind: "none", reason: `beta = ${beta} is not above 2: u = 0 attracts.` };
  return { kind: "exists", amplitude: retrievalMagnetisation(beta / 2) };
}

/**
 * Sum of the L exponents at u = 0 for one feature: log(beta |kappa|/L), nats per token [eq:one-bit-zero-sum].
 *
 * @param kappa overlap of value and output, not 0
 * @throws DomainError if beta or kappa is 0 (every exponent is minus infinity) or not finite, or L no positive integer
 */
export function zeroStateExponentSum(beta: number, kappa: number, contextLength: number): number {
  const gain = requireFinite("beta * kappa", beta * kappa);
  requireInteger("contextLength", contextLength, { min: 1 });
  if (gain === 0) throw new DomainError({ name: "beta * kappa", value: gain, rule: "must not be 0", remedy: "There the exponents are minus infinity: report that instead." });
  return log(Math.abs(gain) / contextLength);
}
