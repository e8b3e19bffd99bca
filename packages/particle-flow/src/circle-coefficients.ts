/**
 * @file The drift on the circle as a sum of harmonics, [eq:circle-fourier]. With e^{beta cos p} = I_0 + 2 sum_m I_m cos m p, and its derivative in p,
 *   USA: theta_i' = sum_m a_m Im(Z_m e^{-i m theta_i}),   a_m = 2 m I_m(beta) / beta,
 *   SA:  the same divided by sum_m b_m Re(Z_m e^{-i m theta_i}),   b_0 = I_0, b_m = 2 I_m.
 * The cost falls from O(n^2) to O(n K), with a bound on what is cut off.
 */
import { DomainError, exp, requireInRange, requireInteger } from "@mesoscope/numerics";
import { besselIScaledSequence } from "@mesoscope/special-functions";
import { circleTruncation, circleTruncationBound } from "@mesoscope/sphere";
import type { AttentionFlow, TimeUnit } from "./flow.js";
import { attentionFlow, exponentShift } from "./flow.js";

/** Harmonics of the drift, cut off at `order`. All numbers are divided by e^{|beta|}; for USA in natural time multiply the numerator by `scale`. */
export interface CircleCoefficients {
  readonly flow: AttentionFlow;
  readonly time: TimeUnit;
  /** Highest harmonic K >= 1. */
  readonly order: number;
  /** a_m, m = 1..K at index m - 1, in the time unit asked for. */
  readonly numerator: readonly number[];
  /** b_m, m = 0..K; SA only. */
  readonly denominator?: readonly number[];
  /** Largest error of the numerator at any point, divided by e^{|beta|}: I_K + I_{K+1} exactly, [eq:circle-truncation]. */
  readonly tail: number;
}

/**
 * Coefficients for a tolerance relative to e^{|beta|}: the smallest K with I_K + I_{K+1} <= tolerance e^{|beta|}, [eq:circle-truncation].
 *
 * @param tolerance in (0, 1), a scientific choice: the velocity of USA errs by at most tolerance e^{|beta|}; for SA see {@link driftBound}
 * @throws DomainError when the flow is not on the circle (d = 2) or the tolerance is out of range
 */
export function circleCoefficients(flow: AttentionFlow, tolerance: number, time: TimeUnit = "natural"): CircleCoefficients {
  const checked = attentionFlow(flow);
  if (checked.d !== 2) throw new DomainError({ name: "d", value: checked.d, rule: "must be 2: harmonics in the angle exist on the circle only", remedy: "Use a token ensemble for d other than 2." });
  requireInRange("tolerance", tolerance, { min: 1e-300, max: 1 }, "Give the truncation error relative to e^{|beta|}, for example 1e-12.");
  const { beta } = checked;
  const order = Math.max(1, circleTruncation(beta, tolerance));
  const bessel = besselIScaledSequence(0, Math.abs(beta), order + 2);
  // I_m(-beta) = (-1)^m I_m(beta): odd coefficients of the kernel change sign, those of its derivative keep theirs.
  const sign = (m: number): number => (beta < 0 && m % 2 === 1 ? -1 : 1);
  const scale = checked.flow === "USA" && exponentShift(checked, time) === 0 ? exp(Math.abs(beta)) : 1;
  const numerator = Array.from({ length: order }, (_, index) => scale * sign(index) * derivativeCoefficient(bessel, index + 1, Math.abs(beta)));
  const denominator = Array.from({ length: order + 1 }, (_, m) => (m === 0 ? 1 : 2) * sign(m) * bessel[m]!);
  const common = { flow: checked, time, order, numerator: Object.freeze(numerator), tail: circleTruncationBound(beta, order) };
  return Object.freeze(checked.flow === "SA" ? { ...common, denominator: Object.freeze(denominator) } : common);
}

/**
 * a_m = 2 m I_m / beta = I_{m-1} - I_{m+1}: the quotient for large beta, where the difference cancels; the difference for small beta, where the quotient
 * is 0/0 (at beta = 0: a_1 = 1, all others 0).
 */
function derivativeCoefficient(bessel: Float64Array, m: number, beta: number): number {
  return beta > 1 ? (2 * m * bessel[m]!) / beta : bessel[m - 1]! - bessel[m + 1]!;
}

/**
 * Largest error of a velocity of n tokens, in the time unit of the coefficients: rigorous, before rounding.
 * USA: the tail itself. SA: the numerator errs by t = I_K + I_{K+1} and the normaliser D by u <= t |beta| / (K + 1), since 2 I_m <= (2 m I_m / |beta|) |beta| / (K + 1)
 * beyond K; with |v| <= 1 the quotient errs by at most (t + u) / (D - u). D >= e^{beta} / n for beta >= 0 (a token attends to itself) and D >= e^{-|beta|} always.
 *
 * @returns Infinity when the normaliser is not resolved: take a smaller tolerance
 */
export function driftBound(coefficients: CircleCoefficients, n: number): number {
  requireInteger("n", n, { min: 1 });
  const { flow, order, tail, time } = coefficients;
  const size = Math.abs(flow.beta);
  if (flow.flow === "USA") return time === "natural" ? tail * exp(size) : tail;
  const below = (tail * size) / (order + 1);
  const least = Math.max(exp(-2 * size), flow.beta >= 0 ? 1 / n : 0);
  return below < least ? (tail + below) / (least - below) : Infinity;
}
