/** @file The truth of "attention": plain loops in double precision, O(n m (d + e)) a replica. */
import { exp } from "@mesoscope/numerics";
import type { GeneralAttentionParameters } from "../parameters.js";

/**
 * y_i = sum_j w_ij v_j with w_i = softmax_j(beta <q_i, k_j>) (SA), w_ij = exp(beta (<q_i, k_j> - shift)) / keys (USA).
 *
 * @param q   queries (R, n, d) row-major
 * @param k   keys (R, m, d)
 * @param v   values (R, m, e)
 * @param out (R, n, e); may not be an input
 */
export function attention(q: Float64Array, k: Float64Array, v: Float64Array, p: GeneralAttentionParameters, out: Float64Array): void {
  const { batch, n, m, d, e, beta, flow, causal = false, shift = 0 } = p;
  const weights = new Float64Array(m);
  for (let row = 0; row < batch * n; row += 1) {
    const first = Math.floor(row / n) * m;
    const keys = causal ? (row % n) + 1 : m;
    let top = -Infinity;
    for (let j = 0; j < keys; j += 1) {
      let dot = 0;
      for (let c = 0; c < d; c += 1) dot += q[row * d + c]! * k[(first + j) * d + c]!;
      weights[j] = flow === "SA" ? beta * dot : beta * (dot - shift);
      top = Math.max(top, weights[j]!);
    }
    let sum = 0;
    out.fill(0, row * e, (row + 1) * e);
    for (let j = 0; j < keys; j += 1) {
      const w = exp(weights[j]! - (flow === "SA" ? top : 0));
      sum += flow === "SA" ? w : 1;
      for (let c = 0; c < e; c += 1) out[row * e + c]! += w * v[(first + j) * e + c]!;
    }
    for (let c = 0; c < e; c += 1) out[row * e + c]! /= sum;
  }
}
