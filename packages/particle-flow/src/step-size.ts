/** @file How long a step may be, with the error that the rule promises. */
import { DomainError, exp, log, requireInRange } from "@mesoscope/numerics";
import { funkHeckeRatio, harmonicEigenvalue, logFunkHecke } from "@mesoscope/sphere";
import type { Tableau } from "@mesoscope/time-integration";
import { linearErrorConstant } from "@mesoscope/time-integration";
import type { AttentionFlow, TimeUnit } from "./flow.js";
import { attentionFlow, exponentShift } from "./flow.js";

/** What a step is chosen for. */
export interface StepSizeOptions {
  readonly tableau: Tableau;
  /** Relative error allowed in the rate of every linear mode, in (0, 0.1]: a run that multiplies a mode by e^s multiplies its error by at most s times this. */
  readonly tolerance: number;
  /**
   * `emergence`: the modes of the uniform state, whose fastest rate is max_k |gamma_k| [eq:growth-rate]. Valid until clusters form.
   * `clustered`: any state; the rate is a bound on how fast neighbours separate or meet, e^{|beta|} (USA) or 1 + |beta| (SA).
   */
  readonly regime: "emergence" | "clustered";
  readonly time?: TimeUnit;
}

/** A step and its promise. */
export interface StepSize {
  readonly dt: number;
  /** The rate that it resolves, per unit of time. */
  readonly rate: number;
  /** Leading relative error of that rate, C (rate dt)^order; slower modes err less. */
  readonly relativeRateError: number;
}

/**
 * The longest step for which the leading error of the rate is the tolerance: dt = (tolerance / C)^{1/order} / rate, with C the linear error constant of the method.
 * A departure time T then errs by about T times the tolerance. The rule is exact to leading order in the linear regime; for a nonlinear run confirm it with half the step.
 *
 * @throws DomainError for d = 1 (nothing moves) or a tolerance out of range
 */
export function stepSize(flow: AttentionFlow, { tableau, tolerance, regime, time = "natural" }: StepSizeOptions): StepSize {
  const checked = attentionFlow(flow);
  requireInRange("tolerance", tolerance, { min: Number.EPSILON, max: 0.1 }, "Give the relative error of the growth rate, for example 1e-4.");
  const rate = regime === "emergence" ? fastestLinearRate(checked, time) : separationRate(checked, time);
  const constant = linearErrorConstant(tableau);
  const dt = exp(log(tolerance / constant) / tableau.order) / rate;
  return Object.freeze({ dt, rate, relativeRateError: tolerance });
}

/**
 * max_k |gamma_k| of the uniform state: gamma_k^SA = (lambda_k / beta) c_k / c_0, lambda_k = k (k + d - 2), and gamma_k^USA = c_0 gamma_k^SA, [eq:growth-rate] with
 * the Funk-Hecke coefficients c_k. Only the sign of a rate depends on that of beta.
 *
 * @throws DomainError for d = 1
 */
export function fastestLinearRate(flow: AttentionFlow, time: TimeUnit = "natural"): number {
  const { beta, d } = attentionFlow(flow);
  if (d === 1) throw new DomainError({ name: "d", value: d, rule: "must be at least 2: nothing moves on S^0", remedy: "Take d >= 2." });
  const size = Math.abs(beta);
  // gamma_1 -> (d - 1) / d as beta -> 0, and all other modes are slower.
  if (size < 1e-9) return (d - 1) / d;
  let fastest = 0;
  // The rates are unimodal in k, so the first fall ends the search.
  for (let k = 1; ; k += 1) {
    const rate = (harmonicEigenvalue(k, d) * funkHeckeRatio(k, d, size)) / size;
    if (rate <= fastest) break;
    fastest = rate;
  }
  if (flow.flow === "SA") return fastest;
  return fastest * exp(logFunkHecke(0, d, size) - (exponentShift(flow, time) === 0 ? 0 : size));
}

/** Largest derivative of the velocity with respect to an angle: e^{|beta|} (USA, at coincidence), at most 1 + |beta| (SA). */
function separationRate(flow: AttentionFlow, time: TimeUnit): number {
  const size = Math.abs(flow.beta);
  if (flow.flow === "SA") return 1 + size;
  return exponentShift(flow, time) === 0 ? exp(size) : 1;
}
