/** @file Equal steps. */
import type { Outcome } from "@mesoscope/numerics";
import { DomainError, outcome, requireFinite, requireInteger } from "@mesoscope/numerics";
import type { Chart, Field, Projection } from "./field.js";
import { allFinite, makeStages } from "./stages.js";
import type { Tableau } from "./tableau.js";

/** What {@link integrateFixed} needs to know. */
export interface FixedOptions {
  readonly t0: number;
  /** May lie before t0. */
  readonly t1: number;
  /** Number of equal steps, at least 1. */
  readonly steps: number;
  readonly tableau: Tableau;
  /** Applied after each step, see {@link onSpheres}. */
  readonly projection?: Projection;
  /** Coordinates in which steps are taken, see {@link sphereChart}. */
  readonly chart?: Chart;
  /** Called with the start and after each step; the state belongs to the integrator: copy what is to be kept. */
  readonly observe?: (t: number, y: Float64Array, step: number) => void;
}

/** Where an integration ended, and why. */
export interface FixedResult {
  /** State at t. After `diverged`, the last finite one. */
  readonly y: Float64Array;
  readonly t: number;
  /** Steps taken. */
  readonly steps: number;
  /** Evaluations of the field. */
  readonly evaluations: number;
  /** `converged` (t1 reached) or `diverged` (a number was not finite). */
  readonly outcome: Outcome;
}

/**
 * Integrates y' = f(t, y) from t0 to t1 in equal steps; error O(h^order) for smooth fields. There is no error estimate: compare two numbers of steps.
 *
 * @param y0 start, copied
 * @throws DomainError for a start or times that are not finite, or steps < 1
 */
export function integrateFixed(field: Field, y0: ArrayLike<number>, options: FixedOptions): FixedResult {
  const { t0, t1, steps, tableau } = options;
  requireFinite("t0", t0);
  requireFinite("t1", t1);
  requireInteger("steps", steps, { min: 1 });
  const h = (t1 - t0) / steps;
  const run = equalSteps(field, finiteStart(y0), { ...options, h, time: (count) => (count === steps ? t1 : t0 + count * h) });
  return run.outcome.kind === "converged" ? { ...run, outcome: outcome("converged", `${tableau.name}: ${steps} steps of ${h} reached t = ${t1}.`) } : run;
}

/** Equal steps whose length is given. */
export interface EqualSteps extends Pick<FixedOptions, "steps" | "tableau" | "projection" | "chart" | "observe"> {
  readonly h: number;
  /** Time after a number of steps. */
  readonly time: (count: number) => number;
}

/** @param start becomes the property of the run */
export function equalSteps(field: Field, start: Float64Array, { steps, tableau, projection, chart, observe, h, time }: EqualSteps): FixedResult {
  let y = start;
  let end: Float64Array = new Float64Array(y.length);
  const stages = makeStages(field, tableau, y.length, chart);
  let t = time(0);
  observe?.(t, y, 0);
  for (let count = 1; count <= steps; count += 1) {
    stages.step(t, y, h, end);
    projection?.(end);
    if (!allFinite(end)) {
      const message = `A number was not finite after ${count} of ${steps} steps, at t = ${t + h}. Take shorter steps than ${Math.abs(h)}.`;
      return { y, t, steps: count - 1, evaluations: stages.evaluations(), outcome: outcome("diverged", message) };
    }
    stages.advance(end, projection !== undefined);
    [y, end] = [end, y];
    t = time(count);
    observe?.(t, y, count);
  }
  return { y, t, steps, evaluations: stages.evaluations(), outcome: outcome("converged", `${tableau.name}: ${steps} steps of ${h}.`) };
}

/**
 * A copy of the start.
 * @throws DomainError naming the first component that is not finite
 */
export function finiteStart(y0: ArrayLike<number>): Float64Array {
  const y = Float64Array.from(y0);
  const at = y.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new DomainError({ name: `y0[${at}]`, value: y[at], rule: "must be finite", remedy: "Start from a finite state." });
  return y;
}
