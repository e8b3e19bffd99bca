/**
 * @file The drift on S^2 as a sum of spherical harmonics, [eq:sphere-harmonics]. With e^{beta t} = sum_k (2k + 1) c_k P_k(t), c_k the Funk-Hecke coefficients
 * [eq:funk-hecke], and the moments M of the tokens,
 *   USA: v_i = grad sum_k a_k sum_m M_km Y_km(x_i),   a_k = c_k / beta,
 *   SA:  the same divided by sum_k b_k sum_m M_km Y_km(x_i),   b_k = c_k.
 * The cost falls from O(n^2) to O(n K^2), with a bound on what is cut off.
 */
import { DomainError, exp, expm1, requireInRange, requireInteger } from "@mesoscope/numerics";
import { funkHeckeRatio, sphereDriftTruncation, sphereDriftTruncationBound, sphereTruncationBound } from "@mesoscope/sphere";
import type { AttentionFlow, TimeUnit } from "./flow.js";
import { attentionFlow, exponentShift } from "./flow.js";

/** Harmonics of the drift on S^2, cut off at `degree`: parameters of the kernel "spherical-drift". Divided by e^{|beta|} but for USA in natural time. */
export interface SphereCoefficients {
  readonly flow: AttentionFlow;
  readonly time: TimeUnit;
  /** Highest degree K >= 1. */
  readonly degree: number;
  /** a_k, k = 1..K at index k - 1, in the time unit asked for. */
  readonly numerator: readonly number[];
  /** b_k, k = 0..K; SA only. */
  readonly denominator?: readonly number[];
  /** Bound on the error of the numerator at any point, divided by e^{|beta|}, [eq:sphere-drift-truncation]. */
  readonly tail: number;
  /** Error of the denominator at most, divided by e^{|beta|}: |beta| (i_K + i_{K+1}), [eq:sphere-truncation]; 0 for USA. */
  readonly tailBelow: number;
}

/**
 * Coefficients for a tolerance relative to e^{|beta|}: the smallest K whose [eq:sphere-drift-truncation] is at most tolerance.
 *
 * @param tolerance in (0, 1), a scientific choice: the velocity of USA errs by at most tolerance e^{|beta|}; for SA see {@link sphereDriftBound}
 * @throws DomainError when the flow is not on S^2 (d = 3) or the tolerance is out of range
 */
export function sphereCoefficients(flow: AttentionFlow, tolerance: number, time: TimeUnit = "natural"): SphereCoefficients {
  const checked = attentionFlow(flow);
  if (checked.d !== 3) throw new DomainError({ name: "d", value: checked.d, rule: "must be 3: these harmonics are those of S^2", remedy: "Use circleCoefficients for d = 2, a token ensemble for d above 3." });
  requireInRange("tolerance", tolerance, { min: 1e-300, max: 1 }, "Give the truncation error relative to e^{|beta|}, for example 1e-12.");
  const { beta } = checked;
  const size = Math.abs(beta);
  const degree = Math.max(1, sphereDriftTruncation(beta, tolerance));
  // c_0 = sinh(beta)/beta, here over e^{|beta|}.
  const c0 = size === 0 ? 1 : -expm1(-2 * size) / (2 * size);
  const c = Array.from({ length: degree + 2 }, (_, k) => c0 * funkHeckeRatio(k, 3, beta));
  const scale = checked.flow === "USA" && exponentShift(checked, time) === 0 ? exp(size) : 1;
  // c_k / beta for large beta, where the difference cancels; by (2k + 1) c_k / beta = c_{k-1} - c_{k+1} for small beta, where the quotient is 0/0.
  const slope = (k: number): number => (size > 1 ? c[k]! / beta : (c[k - 1]! - c[k + 1]!) / (2 * k + 1));
  const numerator = Object.freeze(Array.from({ length: degree }, (_, index) => scale * slope(index + 1)));
  const common = { flow: checked, time, degree, numerator, tail: sphereDriftTruncationBound(beta, degree) };
  if (checked.flow === "USA") return Object.freeze({ ...common, tailBelow: 0 });
  return Object.freeze({ ...common, denominator: Object.freeze(c.slice(0, degree + 1)), tailBelow: sphereTruncationBound(beta, degree) });
}

/**
 * Largest error of a velocity of n tokens, in the time unit of the coefficients: rigorous, before rounding.
 * USA: the tail itself. SA: the numerator errs by t, the normaliser D by u; with |v| <= 1 the quotient errs by at most (t + u) / (D - u). D >= e^{beta} / n for beta >= 0 (a token
 * attends to itself) and D >= e^{-|beta|} always.
 *
 * @returns Infinity when the normaliser is not resolved: take a smaller tolerance
 */
export function sphereDriftBound({ flow, tail, tailBelow, time }: SphereCoefficients, n: number): number {
  requireInteger("n", n, { min: 1 });
  const size = Math.abs(flow.beta);
  if (flow.flow === "USA") return time === "natural" ? tail * exp(size) : tail;
  const least = Math.max(exp(-2 * size), flow.beta >= 0 ? 1 / n : 0);
  return tailBelow < least ? (tail + tailBelow) / (least - tailBelow) : Infinity;
}
