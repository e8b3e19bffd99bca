/** @file The truth of "row-softmax". */
import { exp } from "@mesoscope/numerics";
import type { RowParameters } from "../parameters.js";

/**
 * y_ij = exp(x_ij - max_k x_ik) / sum_l exp(x_il - max_k x_ik).
 *
 * @param x numbers (R, n, m) row-major
 * @param out probabilities (R, n, m); may not be x
 */
export function rowSoftmax(x: Float64Array, { batch, n, m }: RowParameters, out: Float64Array): void {
  for (let at = 0; at < batch * n * m; at += m) {
    let top = -Infinity;
    for (let j = at; j < at + m; j += 1) top = Math.max(top, x[j]!);
    let sum = 0;
    for (let j = at; j < at + m; j += 1) {
      out[j] = exp(x[j]! - top);
      sum += out[j]!;
    }
    for (let j = at; j < at + m; j += 1) out[j]! /= sum;
  }
}
