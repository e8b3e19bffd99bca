/** @file A Runge-Kutta step on the device: slopes and points in scratch, the state in the output. */
import type { StepParameters } from "@mesoscope/kernels";
import { combination } from "../shaders/combination.js";
import { f, LANES, u, type Dispatch, type Place } from "../shaders/shader.js";
import type { Machine, Program } from "./program.js";

/** Dispatches of a field that reads a state and writes its slope from index `to` on. */
export type Field = (state: Place, slopes: Place, to: number) => readonly Dispatch[];

const STATE: Place = { output: 0 };

/** Stages up to the last that has a weight; the extra stage of an embedded pair is never evaluated. */
export function stagesUsed({ tableau: { b } }: StepParameters): number {
  return b.reduce((count, weight, stage) => (weight === 0 ? count : stage + 1), 0);
}

/** One step of a state of `length` numbers. */
export function rungeKuttaStep(machine: Machine, step: StepParameters, length: number, field: Field): Program {
  const { dt, tableau } = step;
  const stages = stagesUsed(step);
  if (stages === 0) return [];
  const slopes = machine.floats(stages * length);
  const moves = (row: readonly number[]): boolean => row.some((weight) => weight !== 0);
  const point = tableau.a.slice(0, stages).some(moves) ? machine.floats(length) : undefined;
  const combine = (weights: readonly number[], to: Place | undefined): Dispatch => {
    const count = weights.length;
    const parameters = Object.fromEntries(weights.map((weight, j) => [`c${j}`, f(dt * weight)]));
    return {
      ...combination(count, to === undefined),
      parameters: { length: u(length), ...parameters },
      bindings: [...(to === undefined ? [] : [{ name: "x", place: STATE }]), { name: "slopes", place: { buffer: slopes } }, { name: "y", place: to ?? STATE, writes: true }],
      groups: Math.ceil(length / LANES),
      work: length * (count + 1),
    };
  };
  const dispatches = tableau.a.slice(0, stages).flatMap((row, stage) => {
    const start = moves(row) && point !== undefined ? { buffer: point } : undefined;
    return [...(start === undefined ? [] : [combine(row.slice(0, stage), start)]), ...field(start ?? STATE, { buffer: slopes }, stage * length)];
  });
  return [...dispatches, combine(tableau.b.slice(0, stages), undefined)];
}
