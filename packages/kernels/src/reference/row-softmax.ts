/** @file The truth of "row-softmax" and of its derivative. */
import { exp } from "@mesoscope/numerics";
import type { RowParameters, RowSoftmaxParameters } from "../array-parameters.js";

/**
 * y_ij = exp(x_ij - max_k x_ik) / sum_l exp(x_il - max_k x_ik); causal: over k, l <= i, and 0 beyond.
 *
 * @param x numbers (R, n, m) row-major
 * @param out probabilities (R, n, m); may not be x
 */
export function rowSoftmax(x: Float64Array, { batch, n, m, causal = false }: RowSoftmaxParameters, out: Float64Array): void {
  for (let row = 0; row < batch * n; row += 1) {
    const at = row * m;
    const end = at + (causal ? (row % n) + 1 : m);
    let top = -Infinity;
    for (let j = at; j < end; j += 1) top = Math.max(top, x[j]!);
    let sum = 0;
    for (let j = at; j < end; j += 1) {
      out[j] = exp(x[j]! - top);
      sum += out[j]!;
    }
    for (let j = at; j < end; j += 1) out[j]! /= sum;
    out.fill(0, end, at + m);
  }
}

/**
 * dx_ij = y_ij (g_ij - sum_k y_ik g_ik).
 *
 * @param y probabilities (R, n, m); zeros of a causal softmax stay zeros
 * @param g gradient at the probabilities (R, n, m)
 * @param out gradient at the scores (R, n, m); may not be an input
 */
export function rowSoftmaxBackward(y: Float64Array, g: Float64Array, { batch, n, m }: RowParameters, out: Float64Array): void {
  for (let at = 0; at < batch * n * m; at += m) {
    let dot = 0;
    for (let j = at; j < at + m; j += 1) dot += y[j]! * g[j]!;
    for (let j = at; j < at + m; j += 1) out[j] = y[j]! * (g[j]! - dot);
  }
}
