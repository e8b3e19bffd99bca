/** @file Heads of finite width drawn from their law, given the kernel of what they read. */
import { exp } from "@mesoscope/numerics";
import type { Stream } from "@mesoscope/numerics";
import type { CheckedHeadLaw } from "../initialisation/head-law.js";
import { logitScale } from "../initialisation/linear-attention.js";
import { shapeOf } from "../initialisation/pair-average.js";
import type { TokenKernel } from "../initialisation/token-kernel.js";
import { nullFreeFactor } from "./null-free-factor.js";
import { drawBartlett } from "./wishart.js";

/**
 * (n, n) V^ = sum_h sigma_h v_h v_h^T sigma_h^T / NH of H heads of width N. With kernel F F^T: logits N^-alphaA F T G F^T, T Bartlett's factor of the queries and G normal, since keys do not see
 * how queries are turned; values F T', T' another such factor.
 */
export function headSum(kernel: TokenKernel, law: CheckedHeadLaw, N: number, H: number, stream: Stream): Float64Array {
  const { inputs, tokens, matrix } = kernel;
  const n = inputs * tokens;
  const { factor, rank } = nullFreeFactor(matrix);
  const columns = Math.min(rank, N);
  const scale = Math.sqrt(logitScale(law) / N); // N^-alphaA
  const shapes = Array.from({ length: tokens }, (_, s) => shapeOf(law, law.keys[s]!, s));
  const [t, g] = [new Float64Array(rank * columns), new Float64Array(columns * rank)];
  const [queries, keys, values, carried] = [new Float64Array(n * columns), new Float64Array(n * columns), new Float64Array(n * columns), new Float64Array(n * columns)];
  const weights = new Float64Array(tokens);
  const sum = new Float64Array(n * n);
  for (let h = 0; h < H; h++) {
    multiply(factor, drawBartlett(rank, N, stream, t), n, rank, columns, queries);
    stream.fillNormal(g);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < columns; c++) {
        let key = 0;
        for (let r = 0; r < rank; r++) key += factor[i * rank + r]! * g[c * rank + r]!;
        keys[i * columns + c] = key;
      }
    }
    multiply(factor, drawBartlett(rank, N, stream, t), n, rank, columns, values);
    for (let i = 0; i < n; i++) {
      const first = i - (i % tokens);
      const list = law.keys[i % tokens]!;
      for (let k = 0; k < list.length; k++) {
        let logit = 0;
        for (let c = 0; c < columns; c++) logit += queries[i * columns + c]! * keys[(first + list[k]!) * columns + c]!;
        weights[k] = scale * logit;
      }
      if (law.attention !== "linear") toWeights(weights, list.length, shapes[i % tokens]!);
      for (let c = 0; c < columns; c++) {
        let value = 0;
        for (let k = 0; k < list.length; k++) value += weights[k]! * values[(first + list[k]!) * columns + c]!;
        carried[i * columns + c] = value;
      }
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let c = 0; c < columns; c++) product += carried[i * columns + c]! * carried[j * columns + c]!;
        sum[i * n + j]! += product;
      }
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) sum[i * n + j] = sum[j * n + i] = sum[i * n + j]! / (N * H);
  return sum;
}

function multiply(a: Float64Array, b: Float64Array, rows: number, between: number, columns: number, out: Float64Array): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let k = 0; k < between; k++) sum += a[r * between + k]! * b[k * columns + c]!;
      out[r * columns + c] = sum;
    }
  }
}

function toWeights(logits: Float64Array, count: number, shape: Float64Array): void {
  let largest = -Infinity;
  for (let k = 0; k < count; k++) if (logits[k]! > largest) largest = logits[k]!;
  let total = 0;
  for (let k = 0; k < count; k++) total += logits[k] = exp(logits[k]! - largest);
  for (let k = 0; k < count; k++) logits[k] = logits[k]! / total + shape[k]!;
}
