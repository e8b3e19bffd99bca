/** @file The truth of "row-normalise" and of its derivative. */
import type { RowNormaliseParameters } from "../array-parameters.js";

/**
 * y_ij = (x_ij - mean_i) / sqrt(var_i + epsilon), the variance about the mean in a second pass.
 *
 * @param x   (R, n, m) row-major
 * @param out (R, n, m); may not be x
 */
export function rowNormalise(x: Float64Array, { batch, n, m, epsilon }: RowNormaliseParameters, out: Float64Array): void {
  for (let at = 0; at < batch * n * m; at += m) normalisedRow(x, at, m, epsilon, out, at);
}

/**
 * dx_ij = (g_ij - mean_k g_ik - y_ij mean_k(g_ik y_ik)) / sqrt(var_i + epsilon), y normalised anew from x.
 *
 * @param x   what was normalised (R, n, m)
 * @param g   gradient at the normalised rows (R, n, m)
 * @param out gradient at x (R, n, m); may not be an input
 */
export function rowNormaliseBackward(x: Float64Array, g: Float64Array, { batch, n, m, epsilon }: RowNormaliseParameters, out: Float64Array): void {
  const y = new Float64Array(m);
  for (let at = 0; at < batch * n * m; at += m) {
    const deviation = normalisedRow(x, at, m, epsilon, y, 0);
    let mean = 0;
    let along = 0;
    for (let j = 0; j < m; j += 1) {
      mean += g[at + j]!;
      along += g[at + j]! * y[j]!;
    }
    mean /= m;
    along /= m;
    for (let j = 0; j < m; j += 1) out[at + j] = (g[at + j]! - mean - y[j]! * along) / deviation;
  }
}

/** Writes one row and gives sqrt(var + epsilon). */
function normalisedRow(x: Float64Array, from: number, m: number, epsilon: number, out: Float64Array, to: number): number {
  let mean = 0;
  for (let j = 0; j < m; j += 1) mean += x[from + j]!;
  mean /= m;
  let square = 0;
  for (let j = 0; j < m; j += 1) square += (x[from + j]! - mean) * (x[from + j]! - mean);
  const deviation = Math.sqrt(square / m + epsilon);
  for (let j = 0; j < m; j += 1) out[to + j] = (x[from + j]! - mean) / deviation;
  return deviation;
}
