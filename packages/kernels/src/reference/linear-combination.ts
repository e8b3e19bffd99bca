/** @file The truth of "linear-combination". */
import type { LinearCombinationParameters } from "../array-parameters.js";

/**
 * a x + b y.
 *
 * @param x   (R, n), or (1, n) when shared
 * @param y   (R, n)
 * @param out (R, n); may be y
 */
export function linearCombination(x: Float64Array, y: Float64Array, { batch, n, a, b, shareX = false }: LinearCombinationParameters, out: Float64Array): void {
  for (let replica = 0; replica < batch; replica += 1) {
    const from = shareX ? 0 : replica * n;
    const at = replica * n;
    for (let i = 0; i < n; i += 1) out[at + i] = a * x[from + i]! + b * y[at + i]!;
  }
}
