/** @file The truth of "interaction-sums". */
import { exp } from "@mesoscope/numerics";
import type { InteractionParameters } from "../parameters.js";

/**
 * Phi_i = (1/n) sum_j exp(beta (<x_i, x_j> - shift)), the own term included.
 *
 * @param x   tokens (R, n, d) row-major
 * @param out Phi (R, n)
 */
export function interactionSums(x: Float64Array, { batch, n, d, beta, shift = 0 }: InteractionParameters, out: Float64Array): void {
  for (let row = 0; row < batch * n; row += 1) {
    const replica = Math.floor(row / n) * n * d;
    let sum = 0;
    for (let j = 0; j < n; j += 1) {
      let dot = 0;
      for (let k = 0; k < d; k += 1) dot += x[row * d + k]! * x[replica + j * d + k]!;
      sum += exp(beta * (dot - shift));
    }
    out[row] = sum / n;
  }
}
