/** @file Covariance over heads of all that attention carries at once: the leading noise of finitely many heads. */
import { cholesky } from "@mesoscope/numerics";
import type { CheckedHeadLaw } from "../initialisation/head-law.js";
import { isUniform } from "../initialisation/head-law.js";
import { linearSecondMoment, placedKeys } from "../initialisation/linear-attention.js";
import { shapeOf, softmax } from "../initialisation/pair-average.js";
import type { RulePoints } from "../initialisation/rules.js";
import type { TokenKernel } from "../initialisation/token-kernel.js";
import { centredKeys, restingRows } from "../initialisation/uniform-expansion.js";
import { halfEntries } from "./half-entries.js";

export interface HeadCovariance {
  /** (m, m) over entries i >= j, m = n (n + 1) / 2: E B_ij B_kl at infinite width. */
  readonly product: Float64Array;
  /** (m, m) Cov(B_ij, B_kl) over heads at infinite width, and N times it where logits are of order N^-1/2 (alphaA = 1). */
  readonly spread: Float64Array;
  readonly spreadPerWidth: Float64Array;
}

/** @param value (n, n) E B, from the same points where it is an average */
export function headCovariance(kernel: TokenKernel, law: CheckedHeadLaw, value: Float64Array, points: RulePoints): HeadCovariance {
  const n = kernel.inputs * kernel.tokens;
  const entries = halfEntries(n);
  const m = entries.length;
  const means = Float64Array.from({ length: m * m }, (_, at) => value[placeOf(entries, Math.floor(at / m), n)]! * value[placeOf(entries, at % m, n)]!);
  if (law.attention !== "linear" && isUniform(law)) return { product: means, spread: new Float64Array(m * m), spreadPerWidth: restingSpread(kernel, law) };
  const product = law.attention === "linear" ? linearProduct(kernel, law) : softmaxProduct(kernel, law, points);
  return { product, spread: product.map((x, k) => x - means[k]!), spreadPerWidth: new Float64Array(m * m) };
}

const placeOf = (entries: readonly (readonly [number, number])[], k: number, n: number): number => entries[k]![0] * n + entries[k]![1];

function linearProduct(kernel: TokenKernel, law: CheckedHeadLaw): Float64Array {
  const entries = halfEntries(kernel.inputs * kernel.tokens);
  return Float64Array.from(entries.flatMap(([i, j]) => entries.map(([k, l]) => linearSecondMoment(kernel, law, i, j, k, l))));
}

/** Covariance of the logit differences of all rows, (d, d), and the rows' keys and first differences. */
function jointDifferences(kernel: TokenKernel, law: CheckedHeadLaw): { readonly covariance: Float64Array; readonly count: number; readonly keys: readonly Uint32Array[] } {
  const { inputs, tokens, matrix } = kernel;
  const n = inputs * tokens;
  const keys = Array.from({ length: n }, (_, i) => placedKeys(kernel, law, i));
  const differences = keys.flatMap((list, i) => Array.from(list.slice(0, -1), (a) => ({ i, a, c: list[list.length - 1]! })));
  const count = differences.length;
  const h = (a: number, b: number): number => matrix[a * n + b]!;
  const covariance = Float64Array.from(differences.flatMap((x) => differences.map((y) => h(x.i, y.i) * (h(x.a, y.a) - h(x.a, y.c) - h(x.c, y.a) + h(x.c, y.c)))));
  return { covariance, count, keys };
}

/** Directions whose variance is this much of the largest are null. */
const NULL_DIRECTION = 1e-12;

/** Number of normals that all rows of a head have together. */
export function jointRank(kernel: TokenKernel, law: CheckedHeadLaw): number {
  const { covariance, count } = jointDifferences(kernel, law);
  return count === 0 ? 0 : cholesky(covariance, count, { tolerance: NULL_DIRECTION }).rank;
}

function softmaxProduct(kernel: TokenKernel, law: CheckedHeadLaw, points: RulePoints): Float64Array {
  const { tokens, inputs, matrix } = kernel;
  const n = inputs * tokens;
  const { covariance, count, keys } = jointDifferences(kernel, law);
  const { factor, rank } = count === 0 ? { factor: new Float64Array(0), rank: 0 } : cholesky(covariance, count, { tolerance: NULL_DIRECTION });
  const entries = halfEntries(n);
  const m = entries.length;
  const shapes = keys.map((list, i) => shapeOf(law, list, i));
  const rows = keys.map((list) => new Float64Array(list.length));
  const carried = new Float64Array(m);
  const product = new Float64Array(m * m);
  const { z, weights } = points.pair(rank, 0).outer;
  const logits = new Float64Array(tokens);
  for (let p = 0; p < weights.length; p++) {
    let at = 0;
    for (const [i, row] of rows.entries()) {
      for (let k = 0; k < row.length - 1; k++, at++) {
        let sum = 0;
        for (let c = 0; c < rank; c++) sum += factor[at * rank + c]! * z[p * rank + c]!;
        logits[k] = sum;
      }
      softmax(logits, row.length, row);
      for (let k = 0; k < row.length; k++) row[k]! += shapes[i]![k]!;
    }
    for (const [e, [i, j]] of entries.entries()) {
      let sum = 0;
      for (const [k, a] of keys[i]!.entries()) for (const [l, b] of keys[j]!.entries()) sum += rows[i]![k]! * rows[j]![l]! * matrix[a * n + b]!;
      carried[e] = sum;
    }
    for (let e = 0; e < m; e++) for (let f = 0; f <= e; f++) product[e * m + f]! += weights[p]! * carried[e]! * carried[f]!;
  }
  for (let e = 0; e < m; e++) for (let f = 0; f < e; f++) product[f * m + e] = product[e * m + f]!;
  return product;
}

/** N Cov(B_ij, B_kl) for logits of variance 1/N about rest: dB_ij = A_i J_i H sigma_j + (i and j exchanged), Cov(A_i, A_k) = H_ik H / N. */
function restingSpread(kernel: TokenKernel, law: CheckedHeadLaw): Float64Array {
  const { matrix, inputs, tokens } = kernel;
  const n = inputs * tokens;
  const rows = restingRows(kernel, law);
  // linked[i][k][j][l] = H_ik u_j^T J_i H J_k u_l, u = H sigma.
  const linked = (i: number, k: number, j: number, l: number): number => {
    const [a, b] = [rows[i]!, rows[k]!];
    const centred = centredKeys(kernel, a.keys, b.keys);
    let sum = 0;
    for (const [p, x] of a.keys.entries()) for (const [q, y] of b.keys.entries()) sum += rows[j]!.carried[x]! * rows[l]!.carried[y]! * centred[p * b.keys.length + q]!;
    return (matrix[i * n + k]! * sum) / (a.keys.length * b.keys.length);
  };
  const entries = halfEntries(n);
  return Float64Array.from(entries.flatMap(([i, j]) => entries.map(([k, l]) => linked(i, k, j, l) + linked(i, l, j, k) + linked(j, k, i, l) + linked(j, l, i, k))));
}
