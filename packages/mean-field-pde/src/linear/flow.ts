import { requireInteger } from "@mesoscope/numerics";
import { attentionFlow, type AttentionFlow, type FlowKind } from "@mesoscope/particle-flow";

/** Softmax ("SA", [eq:sa]) or unnormalised ("USA", [eq:usa]) self-attention with identity matrices. */
export type Flow = FlowKind;

/** Which flow, at which inverse temperature (any finite sign), on which sphere S^{d-1}, d >= 2 (d = 2 is the circle). */
export type LinearModel = AttentionFlow;

/** @throws DomainError for an unknown flow, a beta that is not finite or d < 2: on S^0 nothing can move, so the linear theory begins with the circle */
export function requireLinearModel(model: LinearModel): void {
  attentionFlow(model);
  requireDimension(model.d);
}

/** @throws DomainError unless d is an integer >= 2 */
export function requireDimension(d: number): number {
  return requireInteger("d", d, { min: 2 }, "Give the dimension of the tokens, 2 for the circle.");
}

/** @throws DomainError unless k is an integer >= 1 */
export function requireDegree(k: number): number {
  return requireInteger("k", k, { min: 1 }, "Give the degree of a harmonic, 1 or more; degree 0 is the mass and is conserved.");
}
