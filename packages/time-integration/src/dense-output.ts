/** @file The solution between the ends of accepted steps. */
import { requireInRange } from "@mesoscope/numerics";
import { nested, requireDense } from "./dense-method.js";
import type { Chart, Projection } from "./field.js";
import type { Stages } from "./stages.js";
import type { Tableau } from "./tableau.js";

/** The solution on one accepted step. */
export interface DenseStep {
  readonly t0: number;
  readonly t1: number;
  /** Writes the state at t, from t0 to t1, into `out`; at the ends exactly the states of the run. */
  readonly at: (t: number, out: Float64Array) => Float64Array;
}

/** The solution at any time of a run, from t0 to the time reached. @throws DomainError outside */
export type DenseSolution = (t: number, out?: Float64Array) => Float64Array;

/** Where a step lies, and on what. */
export interface StepPlace {
  readonly t: number;
  readonly y: Float64Array;
  /** Signed length of the step. */
  readonly h: number;
  /** The accepted state, projected. */
  readonly end: Float64Array;
  readonly t1: number;
  readonly projection: Projection | undefined;
  readonly chart: Chart | undefined;
}

/** The dense output of the step just made; independent of the stages from then on. */
export function denseStep(stages: Stages, tableau: Tableau, { t, y, h, end, t1, projection, chart }: StepPlace): DenseStep {
  const { d } = requireDense(tableau);
  const { b } = tableau;
  stages.extend(t, y, h, end);
  const [first, closing] = [stages.slopes[0]!, stages.slopes[tableau.stages - 1]!];
  const width = 3 + d.length;
  const terms = new Float64Array(y.length * width);
  for (let e = 0; e < y.length; e += 1) {
    const rise = stages.increment(b, h, e);
    const bend = h * first[e]! - rise;
    terms.set([rise, bend, rise - h * closing[e]! - bend, ...d.map((row) => stages.increment(row, h, e))], e * width);
  }
  const [from, to, xi] = [y.slice(), end.slice(), new Float64Array(y.length)];
  const at = (time: number, out: Float64Array): Float64Array => {
    if (time === t || time === t1) {
      out.set(time === t ? from : to);
      return out;
    }
    const theta = (time - t) / (t1 - t);
    for (let e = 0; e < from.length; e += 1) xi[e] = theta * nested(terms, theta, e * width, width);
    if (chart === undefined) for (let e = 0; e < from.length; e += 1) out[e] = from[e]! + xi[e]!;
    else chart.point(from, xi, out);
    projection?.(out);
    return out;
  };
  return { t0: t, t1, at };
}

/** Joins the steps of a run. */
export function denseSolution(steps: readonly DenseStep[], t0: number, y0: Float64Array, reached: () => number): DenseSolution {
  return (t, out = new Float64Array(y0.length)) => {
    const end = reached();
    requireInRange("t", t, { min: Math.min(t0, end), max: Math.max(t0, end) }, "Ask for a time that the run has reached.");
    if (steps.length === 0) {
      out.set(y0);
      return out;
    }
    const forward = end >= t0;
    let [low, high] = [0, steps.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (forward ? t <= steps[middle]!.t1 : t >= steps[middle]!.t1) high = middle;
      else low = middle + 1;
    }
    return steps[low]!.at(t, out);
  };
}
