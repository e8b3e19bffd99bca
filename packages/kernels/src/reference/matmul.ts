/** @file The truth of "matmul". */
import type { MatmulParameters } from "../array-parameters.js";

/**
 * C = scale A B, or scale A B + old: every sum over k in ascending order, one product and one addition at a time.
 *
 * @param a   (R, m, k) row-major, or (R, k, m) transposed; (1, ...) when shared
 * @param b   (R, k, n), or (R, n, k) transposed; (1, ...) when shared
 * @param old (R, m, n), what is added with `add`
 * @param out (R, m, n); may be `old`, no other input
 */
export function matmul(a: Float64Array, b: Float64Array, p: MatmulParameters, out: Float64Array, old?: Float64Array): void {
  const { batch, m, k, n, transposeA = false, transposeB = false, scale = 1, shareA = false, shareB = false } = p;
  const row = new Float64Array(k);
  const sums = new Float64Array(n);
  for (let replica = 0; replica < batch; replica += 1) {
    const fromA = shareA ? 0 : replica * m * k;
    const fromB = shareB ? 0 : replica * k * n;
    for (let i = 0; i < m; i += 1) {
      for (let l = 0; l < k; l += 1) row[l] = a[fromA + (transposeA ? l * m + i : i * k + l)]!;
      if (transposeB) sumsAlong(row, b, fromB, sums);
      else sumsAcross(row, b, fromB, sums);
      const to = (replica * m + i) * n;
      for (let j = 0; j < n; j += 1) out[to + j] = old === undefined ? scale * sums[j]! : scale * sums[j]! + old[to + j]!;
    }
  }
}

/** sums_j = sum_l row_l b_lj, rows of b one after the other. */
function sumsAcross(row: Float64Array, b: Float64Array, from: number, sums: Float64Array): void {
  const n = sums.length;
  sums.fill(0);
  for (let l = 0; l < row.length; l += 1) {
    const value = row[l]!;
    const at = from + l * n;
    for (let j = 0; j < n; j += 1) sums[j]! += value * b[at + j]!;
  }
}

/** sums_j = sum_l row_l b_jl. */
function sumsAlong(row: Float64Array, b: Float64Array, from: number, sums: Float64Array): void {
  const k = row.length;
  for (let j = 0; j < sums.length; j += 1) {
    const at = from + j * k;
    let sum = 0;
    for (let l = 0; l < k; l += 1) sum += row[l]! * b[at + l]!;
    sums[j] = sum;
  }
}
