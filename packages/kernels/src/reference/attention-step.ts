/** @file The truth of "attention-step". */
import type { AttentionStepParameters } from "../parameters.js";
import { attentionDrift } from "./attention-drift.js";
import { rungeKuttaStep } from "./runge-kutta.js";

/**
 * One Runge-Kutta step of the attention flow in the ambient space, then every row divided by its length. The projection
 * moves a row by the step's own error, so the order of the method is kept.
 *
 * @param x tokens (R, n, d) row-major, changed in place
 */
export function attentionStep(x: Float64Array, p: AttentionStepParameters): void {
  rungeKuttaStep(
    (y, out) => {
      attentionDrift(y, p, out);
    },
    x,
    p,
  );
  for (let at = 0; at < x.length; at += p.d) {
    let square = 0;
    for (let k = 0; k < p.d; k += 1) square += x[at + k]! * x[at + k]!;
    const length = Math.sqrt(square);
    for (let k = 0; k < p.d; k += 1) x[at + k]! /= length;
  }
}
