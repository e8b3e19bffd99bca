/** @file Which flow: the model, with no tolerance and no step in it. */
import { DomainError, requireFinite, requireInteger } from "@mesoscope/numerics";

/** Softmax self-attention [eq:sa] or its unnormalised form [eq:usa]. */
export type FlowKind = "SA" | "USA";

/** Self-attention with identity matrices on n tokens of S^{d-1}. */
export interface AttentionFlow {
  readonly flow: FlowKind;
  /** Inverse temperature, dimensionless, any sign. */
  readonly beta: number;
  /** Dimension of the space; tokens live on the sphere S^{d-1}. */
  readonly d: number;
}

/**
 * Time of a flow. `natural`: as in [eq:sa] and [eq:usa]. `scaled`: the unnormalised flow in units of e^{-|beta|}, which keeps its speed below 1 and cannot
 * overflow; the softmax flow is the same in both.
 */
export type TimeUnit = "natural" | "scaled";

/** Beyond this |beta|, e^{|beta|} overflows and only scaled time is left for USA. */
export const LARGEST_NATURAL_BETA = 700;

/**
 * A frozen, checked description.
 * @throws DomainError for an unknown flow, a beta that is not finite, or d < 1
 */
export function attentionFlow({ flow, beta, d }: AttentionFlow): AttentionFlow {
  if (!(["SA", "USA"] as readonly string[]).includes(flow)) {
    throw new DomainError({ name: "flow", value: flow, rule: 'must be "SA" or "USA"', remedy: "Name the softmax flow SA, the unnormalised one USA." });
  }
  requireFinite("beta", beta);
  requireInteger("d", d, { min: 1 });
  return Object.freeze({ flow, beta, d });
}

/**
 * The shift of the exponent beta (<x, y> - shift) that realises a time unit: 0, or the sign of beta.
 * @throws DomainError for USA in natural time beyond |beta| = 700
 */
export function exponentShift({ flow, beta }: AttentionFlow, time: TimeUnit): number {
  if (flow === "SA") return 0;
  if (time === "scaled") return Math.sign(beta);
  if (Math.abs(beta) > LARGEST_NATURAL_BETA) {
    throw new DomainError({ name: "beta", value: beta, rule: "makes e^{|beta|} overflow in natural time", remedy: 'Measure time in units of e^{-|beta|}: time: "scaled".' });
  }
  return 0;
}
