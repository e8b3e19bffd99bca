/** @file Explicit Runge-Kutta steps of a field on the device: the state never leaves it between the steps of one submission. */
import type { StepParameters } from "@mesoscope/kernels";
import type { Extent, Held } from "../machine.js";
import { combination, copy } from "../sources/vectors.js";
import type { Scope } from "./scope.js";

/** One term of a combination, zeros left out. */
interface Term {
  readonly stage: number;
  readonly weight: number;
}

/** y <- finish(y + dt sum_i b_i k_i), k_i = f(y + dt sum_j a_ij k_j), `repeat` times. The stages after the last weight are never evaluated. */
export async function steps(scope: Scope, { dt, tableau }: StepParameters, extent: Extent, field: (scope: Scope, y: Held) => Promise<Held>, start: Held, repeat: number, finish: (y: Held) => Promise<Held>): Promise<Held> {
  const terms = (row: readonly number[]): Term[] => row.map((weight, stage) => ({ stage, weight })).filter(({ weight }) => weight !== 0);
  const final = terms(tableau.b);
  const stages = tableau.a.slice(0, final.reduce((count, { stage }) => Math.max(count, stage + 1), 0)).map(terms);
  let y = start;
  for (let count = 0; count < repeat; count += 1) {
    const slopes: Held[] = [];
    for (const row of stages) {
      const point = await moved(scope, extent, y, dt, row, slopes);
      slopes.push(await field(scope, point));
      if (point !== y) scope.drop(point);
    }
    const end = await moved(scope, extent, y, dt, final, slopes);
    for (const slope of slopes) scope.drop(slope);
    const next = await finish(end);
    if (next !== end) scope.drop(end);
    if (next !== y) scope.drop(y);
    y = next;
  }
  return y === start ? scope.run(copy, extent, y) : y;
}

/** y + dt sum of the terms, the sum first. y itself where there is none. */
async function moved(scope: Scope, extent: Extent, y: Held, dt: number, terms: readonly Term[], slopes: readonly Held[]): Promise<Held> {
  const [first, ...others] = terms;
  if (first === undefined) return y;
  let sum = slopes[first.stage]!;
  let factor = first.weight;
  for (const { stage, weight } of others) {
    const next = await scope.run(combination, extent, sum, slopes[stage]!, factor, weight);
    if (!slopes.includes(sum)) scope.drop(sum);
    sum = next;
    factor = 1;
  }
  const end = await scope.run(combination, extent, y, sum, 1, dt * factor);
  if (!slopes.includes(sum)) scope.drop(sum);
  return end;
}
