/** @file What an adaptive run is asked, and what it answers. */
import type { Outcome } from "@mesoscope/numerics";
import { DomainError, requireFinite, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { DenseSolution } from "./dense-output.js";
import type { EventFunction, LocatedEvent } from "./events.js";
import type { Chart, Projection } from "./field.js";
import type { EmbeddedTableau } from "./tableau.js";

/** What {@link integrateAdaptive} needs to know. Tolerances are a scientific choice and have no default. */
export interface AdaptiveOptions {
  readonly t0: number;
  /** May lie before t0. */
  readonly t1: number;
  /** Error allowed in each component of each step: absolute + relative |y|. */
  readonly relative: number;
  readonly absolute: number;
  /** Default {@link dormandPrince5}. */
  readonly tableau?: EmbeddedTableau;
  /** Steps tried, accepted or not, before the run ends as `budget-exhausted`. Default 100000. */
  readonly maxSteps?: number;
  /** First step to try; chosen from the field when left out. */
  readonly firstStep?: number;
  /** The longest step allowed: an event function that changes sign twice within a step goes unnoticed. Default: none. */
  readonly longestStep?: number;
  /** Applied after each accepted step, see {@link onSpheres}. */
  readonly projection?: Projection;
  /** Coordinates in which steps are taken, see {@link sphereChart}. */
  readonly chart?: Chart;
  /** Looked for between the ends of every step, on the dense output; a change of sign counts, a touch without one does not. */
  readonly events?: readonly EventFunction[];
  /** Keep the solution between the steps, see `solution`. Costs memory, and further stages for some methods. Default false. */
  readonly dense?: boolean;
  /** Times at which the state is kept, in the direction of integration, from t0 to t1; steps end exactly there. */
  readonly times?: readonly number[];
}

/** Where an integration ended, and why. */
export interface AdaptiveResult {
  /** State at t: always the last accepted one, finite. */
  readonly y: Float64Array;
  /** t1 exactly when the outcome is `converged`. */
  readonly t: number;
  /**
   * `converged`: t1 reached, every step within its tolerance. `budget-exhausted`: maxSteps tried. `diverged`: the field or the state is not finite however
   * short the step. `stalled`: the tolerance asks for steps below the rounding of t. `event`: a terminal event was reached, and y is the state there.
   */
  readonly outcome: Outcome;
  /** Accepted steps. */
  readonly steps: number;
  readonly rejected: number;
  readonly evaluations: number;
  /** One state for each of `times` that was reached. */
  readonly observations: readonly { readonly t: number; readonly y: Float64Array }[];
  /** In the order of the run. */
  readonly events: readonly LocatedEvent[];
  /** The solution at any time from t0 to t, of the order of the method's dense output, when `dense` was asked for. */
  readonly solution: DenseSolution | undefined;
}

/**
 * The times at which the state is kept, when all options are in their ranges.
 * @throws DomainError otherwise
 */
export function checkedTimes({ t0, t1, relative, absolute, maxSteps, longestStep, firstStep: first, times = [] }: AdaptiveOptions): readonly number[] {
  requireFinite("t0", t0);
  requireFinite("t1", t1);
  requireInRange("relative", relative, { min: 0, max: 1 }, "Give the relative error allowed in a step, for example 1e-9.");
  requirePositive("absolute", absolute, "Give the absolute error allowed in a step, for example 1e-12: a component may pass through 0.");
  if (maxSteps !== undefined) requireInteger("maxSteps", maxSteps, { min: 1 });
  if (first !== undefined) requirePositive("firstStep", first);
  if (longestStep !== undefined) requirePositive("longestStep", longestStep);
  let before = t0;
  for (const [index, time] of times.entries()) {
    requireFinite(`times[${index}]`, time);
    if ((time - before) * (t1 - t0) < 0 || (t1 - time) * (t1 - t0) < 0) {
      throw new DomainError({ name: `times[${index}]`, value: time, rule: "must lie between t0 and t1, in the direction of integration", remedy: "Sort the times from t0 to t1." });
    }
    before = time;
  }
  return times;
}
