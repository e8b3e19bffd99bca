/** @file One step of a method, with its scratch made once. */
import type { Chart, Field } from "./field.js";
import type { Tableau } from "./tableau.js";
import { isFirstSameAsLast } from "./tableau.js";

/** The stages of a step, from `step` to `advance`. */
export interface Stages {
  /** `slopes[i]` is k_{i+1}, in the coordinates around y when there is a chart. */
  readonly slopes: readonly Float64Array[];
  /** Evaluations of the field so far. */
  readonly evaluations: () => number;
  /** Evaluates the first slope at y, unless the step before or a rejected step has left it. */
  readonly open: (t: number, y: Float64Array) => Float64Array;
  /** Writes y + h sum b_i k_i into `end`. */
  readonly step: (t: number, y: Float64Array, h: number, end: Float64Array) => void;
  /** Evaluates what the dense output of the step just made needs: the slope at its end, if that is still to do, and the further stages. */
  readonly extend: (t: number, y: Float64Array, h: number, end: Float64Array) => void;
  /** The next step starts from `end`; `moved` tells that a projection has moved it since the last stage. */
  readonly advance: (end: Float64Array, moved: boolean) => void;
  /** Weighted sum of the slopes, h sum w_i k_i, of component e. */
  readonly increment: (weights: readonly number[], h: number, e: number) => number;
}

/** Scratch for states of `length` numbers. */
export function makeStages(field: Field, tableau: Tableau, length: number, chart?: Chart): Stages {
  const { a, b, c, stages, dense } = tableau;
  const vector = (): Float64Array => new Float64Array(length);
  const slopes = Array.from({ length: stages + (dense?.a.length ?? 0) }, vector);
  const [point, xi, velocity, closing] = [vector(), vector(), vector(), vector()];
  const firstSameAsLast = isFirstSameAsLast(tableau);
  const lazy = firstSameAsLast && !tableau.bHat?.[stages - 1] && !tableau.bLower?.[stages - 1];
  let evaluations = 0;
  let opened = false;
  // Whether `closing` holds the velocity at the end of the step, and whether that was taken at the end as projected.
  let [closed, closedAtEnd] = [false, false];

  const increment = (weights: readonly number[], h: number, e: number): number => {
    let sum = 0;
    for (let j = 0; j < weights.length; j += 1) {
      const w = weights[j]!;
      if (w !== 0) sum += w * slopes[j]![e]!;
    }
    return h * sum;
  };
  const move = (y: Float64Array, weights: readonly number[], h: number, out: Float64Array): void => {
    for (let e = 0; e < length; e += 1) xi[e] = increment(weights, h, e);
    if (chart === undefined) for (let e = 0; e < length; e += 1) out[e] = y[e]! + xi[e]!;
    else chart.point(y, xi, out);
  };
  /** The slope at a point whose coordinates stand in `xi`. */
  const evaluate = (t: number, y: Float64Array, at: Float64Array, stage: number): void => {
    evaluations += 1;
    const last = firstSameAsLast && stage === stages - 1;
    const out = last ? closing : chart === undefined ? slopes[stage]! : velocity;
    field(t, at, out);
    if (chart !== undefined) chart.rate(y, xi, out, slopes[stage]!);
    else if (last) slopes[stage]!.set(closing);
  };
  const stage = (t: number, y: Float64Array, h: number, row: readonly number[], node: number, index: number): void => {
    move(y, row, h, point);
    evaluate(t + node * h, y, point, index);
  };
  const open = (t: number, y: Float64Array): Float64Array => {
    xi.fill(0);
    if (!opened) evaluate(t, y, y, 0);
    opened = true;
    return slopes[0]!;
  };
  const step = (t: number, y: Float64Array, h: number, end: Float64Array): void => {
    open(t, y);
    const count = lazy ? stages - 1 : stages;
    for (let i = 1; i < count; i += 1) stage(t, y, h, a[i]!, c[i]!, i);
    [closed, closedAtEnd] = [firstSameAsLast && !lazy, false];
    move(y, b, h, end);
  };
  const extend = (t: number, y: Float64Array, h: number, end: Float64Array): void => {
    if (!closed) {
      for (let e = 0; e < length; e += 1) xi[e] = increment(b, h, e);
      evaluate(t + h, y, end, stages - 1);
      [closed, closedAtEnd] = [true, true];
    }
    for (const [i, row] of (dense?.a ?? []).entries()) stage(t, y, h, row, dense!.c[i]!, stages + i);
  };
  const advance = (end: Float64Array, moved: boolean): void => {
    opened = closed && (closedAtEnd || !moved);
    if (!opened) return;
    xi.fill(0);
    if (chart === undefined) slopes[0]!.set(closing);
    else chart.rate(end, xi, closing, slopes[0]!);
  };
  return { slopes, evaluations: () => evaluations, open, step, extend, advance, increment };
}

/** True when every number is finite. */
export function allFinite(y: Float64Array): boolean {
  for (const value of y) if (!Number.isFinite(value)) return false;
  return true;
}
