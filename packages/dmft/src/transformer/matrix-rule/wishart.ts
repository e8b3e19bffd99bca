/** @file Gram matrices of Gaussian columns, drawn without the columns. */
import { drawGamma } from "@mesoscope/numerics";
import type { Stream } from "@mesoscope/numerics";

/**
 * G^T G / N (m, m) for an (N, m) matrix G of N(0, 1) entries: a Wishart matrix with N degrees of freedom, by Bartlett's triangle. Cost of order m^3 for every N; the rank is
 * min(N, m), for N < m the triangle is a trapezium.
 *
 * @param out from `at` on, overwritten
 * @see Bartlett (1933), Proc. R. Soc. Edinburgh 53, 260
 */
export function drawGram(stream: Stream, N: number, m: number, out: Float64Array, at = 0): void {
  const rows = Math.min(N, m);
  const triangle = new Float64Array(rows * m);
  for (let i = 0; i < rows; i++) {
    triangle[i * m + i] = Math.sqrt(2 * drawGamma(stream, (N - i) / 2));
    for (let j = i + 1; j < m; j++) triangle[i * m + j] = stream.normal();
  }
  for (let j = 0; j < m; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let i = 0; i <= Math.min(k, rows - 1); i++) sum += triangle[i * m + j]! * triangle[i * m + k]!;
      out[at + j * m + k] = out[at + k * m + j] = sum / N;
    }
  }
}
