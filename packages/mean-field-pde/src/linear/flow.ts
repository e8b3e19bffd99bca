import { DomainError, requireFinite, requireInteger } from "@mesoscope/numerics";

/** Softmax ("SA", [eq:sa]) or unnormalised ("USA", [eq:usa]) self-attention with identity matrices. */
export type Flow = "SA" | "USA";

/** Which flow, at which inverse temperature, on which sphere S^{d-1}. */
export interface LinearModel {
  readonly flow: Flow;
  /** Inverse temperature, dimensionless, any finite sign. */
  readonly beta: number;
  /** Dimension of the space the sphere lies in, d >= 2 (d = 2 is the circle). */
  readonly d: number;
}

/** @throws DomainError unless flow is "SA" or "USA" */
export function requireFlow(flow: unknown): Flow {
  if (flow === "SA" || flow === "USA") return flow;
  throw new DomainError({
    name: "flow",
    value: flow,
    rule: 'must be "SA" or "USA"',
    remedy: 'Give "SA" for softmax attention, "USA" for unnormalised attention.',
  });
}

/** On S^0 (d = 1) nothing can move, so the linear theory begins with the circle. */
export function requireLinearModel(model: LinearModel): void {
  requireFlow(model.flow);
  requireFinite("beta", model.beta);
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
