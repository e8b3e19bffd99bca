/** @file Logits of small variance: weights next to uniform, in closed form. */
import { restingWeights } from "./head-law.js";
import type { CheckedHeadLaw } from "./head-law.js";
import { placedKeys } from "./linear-attention.js";
import type { TokenKernel } from "./token-kernel.js";

/** Expansion of V^s about a kernel. Directions and results are symmetric (n, n). */
export interface ValueExpansion {
  readonly value: Float64Array;
  /** V'[dH]. */
  first(direction: Float64Array): Float64Array;
  /** V''[dH, dH] / 2. */
  second(direction: Float64Array): Float64Array;
  /** Coefficient of N^(1 - 2 alphaA), for alphaA = 1/2 of 1/N, in V^s of a head of width N. */
  readonly slope: Float64Array;
}

/** One row at rest: its weights, and how the kernel looks from it. */
export interface RestingRow {
  readonly keys: Uint32Array;
  /** (n) weights over all tokens. */
  readonly weights: Float64Array;
  /** (n) H sigma. */
  readonly carried: Float64Array;
}

export function restingRows(kernel: TokenKernel, law: CheckedHeadLaw): readonly RestingRow[] {
  const { inputs, tokens, matrix } = kernel;
  const n = inputs * tokens;
  return Array.from({ length: n }, (_, i) => {
    const weights = new Float64Array(n);
    weights.set(restingWeights(law, i % tokens), i - (i % tokens));
    const carried = Float64Array.from({ length: n }, (__, a) => weights.reduce((sum, w, b) => sum + w * matrix[a * n + b]!, 0));
    return { keys: placedKeys(kernel, law, i), weights, carried };
  });
}

/** P H P over two lists of keys, P the projection off the mean. */
export function centredKeys({ inputs, tokens, matrix }: TokenKernel, rows: Uint32Array, columns: Uint32Array): Float64Array {
  const n = inputs * tokens;
  const [m, k] = [rows.length, columns.length];
  const rowMeans = Float64Array.from(rows, (x) => columns.reduce((sum, y) => sum + matrix[x * n + y]!, 0) / k);
  const columnMeans = Float64Array.from(columns, (y) => rows.reduce((sum, x) => sum + matrix[x * n + y]!, 0) / m);
  const mean = rowMeans.reduce((sum, x) => sum + x, 0) / m;
  return Float64Array.from({ length: m * k }, (_, at) => matrix[rows[Math.floor(at / k)]! * n + columns[at % k]!]! - rowMeans[Math.floor(at / k)]! - columnMeans[at % k]! + mean);
}

/**
 * V^s for alphaA > 1/2 at large width [eq:attention-small-variance]: linear in the kernel, and with logits of variance eps = N^(1 - 2 alphaA) it moves by eps times the slope
 * H_ij sum H (P H P) / k k' + (H_ii / 2k) sum_a (H sigma_j)_a (d_a - mean d) + (the same with i and j exchanged), d = diag(P H P).
 */
export function uniformExpansion(kernel: TokenKernel, law: CheckedHeadLaw): ValueExpansion {
  const { inputs, tokens, matrix } = kernel;
  const n = inputs * tokens;
  const rows = restingRows(kernel, law);
  const over = (entry: (i: number, j: number) => number): Float64Array => Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n));
  const first = (direction: Float64Array): Float64Array =>
    over((i, j) => {
      let sum = 0;
      for (const a of rows[i]!.keys) for (const b of rows[j]!.keys) sum += rows[i]!.weights[a]! * rows[j]!.weights[b]! * direction[a * n + b]!;
      return sum;
    });
  const own = (i: number, j: number): number => {
    const { keys } = rows[i]!;
    const centred = centredKeys(kernel, keys, keys);
    const k = keys.length;
    const diagonal = Float64Array.from(keys, (_, a) => centred[a * k + a]!);
    const mean = diagonal.reduce((sum, d) => sum + d, 0) / k;
    return (matrix[i * n + i]! / (2 * k)) * keys.reduce((sum, key, a) => sum + rows[j]!.carried[key]! * (diagonal[a]! - mean), 0);
  };
  const slope = over((i, j) => {
    const [keysI, keysJ] = [rows[i]!.keys, rows[j]!.keys];
    const centred = centredKeys(kernel, keysI, keysJ);
    let cross = 0;
    for (const [k, a] of keysI.entries()) for (const [l, b] of keysJ.entries()) cross += matrix[a * n + b]! * centred[k * keysJ.length + l]!;
    return (matrix[i * n + j]! * cross) / (keysI.length * keysJ.length) + own(i, j) + own(j, i);
  });
  return { value: first(matrix), first, second: () => new Float64Array(n * n), slope };
}
