import { exp, log, requireInRange } from "@mesoscope/numerics";
import { type LinearModel } from "../linear/flow.js";
import { growthRate } from "../linear/growth-rate.js";
import { growthSlowdown } from "./self-attention-slowdown.js";

/**
 * n E S_k(t) of n independent uniform tokens while the modes grow independently, [eq:structure-factor]: e^{2 gamma_k t}, for
 * n -> infinity at fixed t. S_k = |Z_k|^2 on the circle.
 */
export function structureFactorGrowth(k: number, model: LinearModel, t: number): number {
  requireInRange("t", t, { min: 0, max: Number.MAX_VALUE });
  return exp(2 * growthRate(k, model) * t);
}

/**
 * The same with the growth slowed by the factor of {@link growthSlowdown}, e^{2 gamma_k t / (1 + C/n)}: exact to first order in 1/n for
 * t -> 0. Later the quadratic coupling of modes adds terms of the order e^{2 gamma t}/n, which it does not know.
 */
export function correctedStructureFactorGrowth(k: number, model: LinearModel, t: number, n: number): number {
  requireInRange("t", t, { min: 0, max: Number.MAX_VALUE });
  const rate = growthRate(k, model);
  return rate === 0 ? 1 : exp(2 * rate * growthSlowdown(k, model, n) * t);
}

/** The depth at which the fastest of the given modes has taken the power e^{2 gamma t}/n to `share`: linear growth ends there. */
export function linearHorizon(modes: readonly number[], model: LinearModel, n: number, share: number): number {
  const fastest = Math.max(...modes.map((k) => growthRate(k, model)));
  return fastest > 0 ? Math.max(0, log(share * n)) / (2 * fastest) : Infinity;
}
