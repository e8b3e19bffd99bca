/** @file One explicit Runge-Kutta step of an autonomous field, the plain form behind both step kernels. */
import type { StepParameters } from "../parameters.js";

/** A field y' = f(y): writes f(y) into `out`. */
export type Field = (y: Float64Array, out: Float64Array) => void;

/**
 * y <- y + dt sum_i b_i k_i,   k_i = f(y + dt sum_{j<i} a_ij k_j).
 *
 * @param y changed in place
 */
export function rungeKuttaStep(field: Field, y: Float64Array, { dt, tableau }: StepParameters): void {
  const { a, b } = tableau;
  const slopes = b.map(() => new Float64Array(y.length));
  const point = new Float64Array(y.length);
  for (let stage = 0; stage < b.length; stage += 1) {
    point.set(y);
    addCombination(point, dt, a[stage]!, slopes);
    field(point, slopes[stage]!);
  }
  addCombination(y, dt, b, slopes);
}

/** y_e <- y_e + dt sum_j w_j k_j,e, summed over j first, in order. */
function addCombination(y: Float64Array, dt: number, weights: readonly number[], slopes: readonly Float64Array[]): void {
  for (let e = 0; e < y.length; e += 1) {
    let sum = 0;
    for (let j = 0; j < weights.length; j += 1) sum += weights[j]! * slopes[j]![e]!;
    y[e]! += dt * sum;
  }
}
