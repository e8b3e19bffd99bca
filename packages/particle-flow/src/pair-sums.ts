/** @file The drift on the circle as a plain sum over pairs, O(n^2): what the harmonic form is checked against. */
import { exp, sinCos } from "@mesoscope/numerics";
import type { AttentionFlow, TimeUnit } from "./flow.js";
import { exponentShift } from "./flow.js";

/**
 * theta_i' = sum_j w_ij sin(theta_j - theta_i) with w_ij = e^{beta cos(theta_j - theta_i)} / n (USA) or its softmax over j (SA).
 *
 * @param theta angles of one replica (n), radians
 * @returns velocities (n)
 */
export function pairSumDrift(theta: Float64Array, flow: AttentionFlow, time: TimeUnit = "natural"): Float64Array {
  const n = theta.length;
  const { beta } = flow;
  const shift = flow.flow === "SA" ? Math.sign(beta) : exponentShift(flow, time);
  const pair = new Float64Array(2);
  return theta.map((at) => {
    let above = 0;
    let below = 0;
    for (const other of theta) {
      sinCos(other - at, pair);
      const w = exp(beta * (pair[1]! - shift));
      above += w * pair[0]!;
      below += w;
    }
    return above / (flow.flow === "SA" ? below : n);
  });
}
