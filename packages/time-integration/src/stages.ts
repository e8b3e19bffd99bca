/** @file One step of a method, with its scratch made once. */
import type { Field } from "./field.js";
import type { Tableau } from "./tableau.js";
import { isFirstSameAsLast } from "./tableau.js";

/** The stages of a step; `slopes[i]` is k_{i+1}. */
export interface Stages {
  readonly slopes: readonly Float64Array[];
  /** Evaluations of the field so far. */
  readonly evaluations: () => number;
  /** Writes y + h sum b_i k_i into `end`. With `reuse` the first slope is taken over from the last stage of the step before. */
  readonly step: (t: number, y: Float64Array, h: number, end: Float64Array, reuse: boolean) => void;
  /** Weighted sum of the slopes, h sum w_i k_i, of component e. */
  readonly increment: (weights: readonly number[], h: number, e: number) => number;
}

/** Scratch for states of `length` numbers. */
export function makeStages(field: Field, tableau: Tableau, length: number): Stages {
  const { a, b, c, stages } = tableau;
  const slopes = Array.from({ length: stages }, () => new Float64Array(length));
  const point = new Float64Array(length);
  const firstSameAsLast = isFirstSameAsLast(tableau);
  let evaluations = 0;
  const increment = (weights: readonly number[], h: number, e: number): number => {
    let sum = 0;
    for (let j = 0; j < weights.length; j += 1) {
      const w = weights[j]!;
      if (w !== 0) sum += w * slopes[j]![e]!;
    }
    return h * sum;
  };
  const evaluate = (t: number, y: Float64Array, stage: number): void => {
    field(t, y, slopes[stage]!);
    evaluations += 1;
  };
  const step = (t: number, y: Float64Array, h: number, end: Float64Array, reuse: boolean): void => {
    if (reuse && firstSameAsLast) slopes[0]!.set(slopes[stages - 1]!);
    else evaluate(t, y, 0);
    for (let i = 1; i < stages; i += 1) {
      for (let e = 0; e < length; e += 1) point[e] = y[e]! + increment(a[i]!, h, e);
      evaluate(t + c[i]! * h, point, i);
    }
    for (let e = 0; e < length; e += 1) end[e] = y[e]! + increment(b, h, e);
  };
  return { slopes, evaluations: () => evaluations, step, increment };
}

/** True when every number is finite. */
export function allFinite(y: Float64Array): boolean {
  for (const value of y) if (!Number.isFinite(value)) return false;
  return true;
}
