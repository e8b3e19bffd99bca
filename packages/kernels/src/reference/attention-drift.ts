/** @file The truth of "attention-drift": plain loops in double precision, O(n^2 d) a replica. */
import { exp } from "@mesoscope/numerics";
import type { AttentionParameters } from "../parameters.js";

/**
 * Drift of self-attention with Q = K = V = I, [eq:sa], [eq:usa]:
 *   v_i = m_i - <x_i, m_i> x_i,   m_i = sum_j w_ij (x_j - x_i).
 * The difference x_j - x_i changes nothing for unit rows (the projection removes x_i) and makes the own term and
 * coincident tokens exactly zero, so that drifts of 1e-17 at beta = 300 keep their relative accuracy.
 *
 * @param x   tokens (R, n, d) row-major
 * @param out drift (R, n, d); may not be x
 */
export function attentionDrift(x: Float64Array, p: AttentionParameters, out: Float64Array): void {
  const { batch, n, d, causal = false } = p;
  const weights = new Float64Array(n);
  for (let row = 0; row < batch * n; row += 1) {
    const replica = Math.floor(row / n) * n * d;
    const i = row % n;
    const keys = causal ? i + 1 : n;
    const normaliser = rowWeights(x, replica, i, keys, p, weights);
    const at = row * d;
    out.fill(0, at, at + d);
    for (let j = 0; j < keys; j += 1) {
      const w = weights[j]!;
      const key = replica + j * d;
      for (let k = 0; k < d; k += 1) out[at + k]! += w * (x[key + k]! - x[at + k]!);
    }
    let along = 0;
    for (let k = 0; k < d; k += 1) along += x[at + k]! * out[at + k]!;
    for (let k = 0; k < d; k += 1) out[at + k] = (out[at + k]! - along * x[at + k]!) / normaliser;
  }
}

/** Weights of the keys of token i before division by the returned normaliser: the softmax sum (SA), the number of keys (USA). */
function rowWeights(x: Float64Array, replica: number, i: number, keys: number, p: AttentionParameters, weights: Float64Array): number {
  const { d, beta, flow, shift = 0 } = p;
  const at = replica + i * d;
  let top = -Infinity;
  for (let j = 0; j < keys; j += 1) {
    let dot = 0;
    const key = replica + j * d;
    for (let k = 0; k < d; k += 1) dot += x[at + k]! * x[key + k]!;
    const score = flow === "SA" ? beta * dot : beta * (dot - shift);
    weights[j] = score;
    if (score > top) top = score;
  }
  if (flow === "USA") top = 0;
  let sum = 0;
  for (let j = 0; j < keys; j += 1) {
    const w = exp(weights[j]! - top);
    weights[j] = w;
    sum += w;
  }
  return flow === "SA" ? sum : keys;
}
