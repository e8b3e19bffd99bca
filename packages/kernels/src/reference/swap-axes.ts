/** @file The truth of "swap-axes". */
import type { SwapAxesParameters } from "../array-parameters.js";

/**
 * y_{b a c} = x_{a b c} in every replica.
 *
 * @param x   (R, a, b, c) row-major
 * @param out (R, b, a, c); may not be x
 */
export function swapAxes(x: Float64Array, { batch, a, b, c }: SwapAxesParameters, out: Float64Array): void {
  for (let replica = 0; replica < batch; replica += 1) {
    const first = replica * a * b;
    for (let i = 0; i < a; i += 1) {
      for (let j = 0; j < b; j += 1) {
        const from = (first + i * b + j) * c;
        const to = (first + j * a + i) * c;
        for (let k = 0; k < c; k += 1) out[to + k] = x[from + k]!;
      }
    }
  }
}
