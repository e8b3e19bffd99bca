/** @file The truth of "harmonic-moments": a sine and a cosine for every particle and mode. */
import { sinCos } from "@mesoscope/numerics";
import type { MomentParameters } from "../parameters.js";

/**
 * Z_k = (1/n) sum_j exp(i k theta_j), k = 0..K, [eq:moments].
 *
 * @param theta angles (R, n), radians
 * @param out   (R, K + 1, 2): real part, imaginary part
 */
export function harmonicMoments(theta: Float64Array, { batch, n, order }: MomentParameters, out: Float64Array): void {
  const pair = new Float64Array(2);
  for (let replica = 0; replica < batch; replica += 1) {
    for (let k = 0; k <= order; k += 1) {
      let re = 0;
      let im = 0;
      for (let j = 0; j < n; j += 1) {
        sinCos(k * theta[replica * n + j]!, pair);
        im += pair[0]!;
        re += pair[1]!;
      }
      const at = (replica * (order + 1) + k) * 2;
      out[at] = re / n;
      out[at + 1] = im / n;
    }
  }
}
