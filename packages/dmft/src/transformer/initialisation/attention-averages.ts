/** @file Averages of attention over heads: what carries kernels forward and backward through a block, at the points of one rule. */
import { isUniform, restingWeights } from "./head-law.js";
import type { CheckedHeadLaw } from "./head-law.js";
import { linearSecondMoment, logitScale, placedKeys } from "./linear-attention.js";
import { addPairAverage, pairSums, valueBlocks } from "./pair-average.js";
import { pairFactor, rowPair } from "./pair-factor.js";
import type { RowPair } from "./pair-factor.js";
import { queryMixture } from "./query-mixture.js";
import type { RulePoints } from "./rules.js";
import type { TokenKernel } from "./token-kernel.js";
import { centredKeys } from "./uniform-expansion.js";

/** Averages over heads; n = PS rows, S keys each. Entry (i, j, a, b) of a fourfold array is at ((i n + j) S + a) S + b. */
export interface AttentionAverages {
  /** (n, n) V^s = E B, B_ij = sigma_i H sigma_j. */
  readonly value: Float64Array;
  /** (n, n, S, S) T = E sigma_i sigma_j^T. */
  readonly weights: Float64Array;
  /** (n, n, S, S) E J_i H J_j, J = diag(sigma) - sigma sigma^T. */
  readonly jacobians: Float64Array;
  /** (n, n) variance of B_ij over heads. */
  readonly variance: Float64Array;
  /** (n, n) E B_ii B_jj. */
  readonly diagonal: Float64Array;
}

export function attentionAverages(kernel: TokenKernel, law: CheckedHeadLaw, points: RulePoints): AttentionAverages {
  const n = kernel.inputs * kernel.tokens;
  const out = emptyAverages(n, kernel.tokens);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      if (law.attention === "linear") addLinear(out, kernel, law, i, j);
      else if (isUniform(law)) addUniform(out, kernel, law, i, j);
      else addSoftmax(out, kernel, law, points, rowPair(kernel, law, i, j));
    }
  }
  return out;
}

function emptyAverages(n: number, tokens: number): AttentionAverages {
  const [square, fourfold] = [n * n, n * n * tokens * tokens];
  return { value: new Float64Array(square), weights: new Float64Array(fourfold), jacobians: new Float64Array(fourfold), variance: new Float64Array(square), diagonal: new Float64Array(square) };
}

function addSoftmax(out: AttentionAverages, kernel: TokenKernel, law: CheckedHeadLaw, points: RulePoints, pair: RowPair): void {
  const sums = pairSums(pair);
  const values = valueBlocks(kernel.matrix, kernel.inputs * kernel.tokens, pair);
  const scale = logitScale(law);
  const mixture = queryMixture(pair, law.N, points);
  for (const [p, queries] of mixture.queries.entries()) {
    const factor = pairFactor(pair, [scale * queries[0], scale * queries[1], scale * queries[2]]);
    const grid = points.pair(factor.outer, factor.inner);
    const [from, to] = mixture.paired ? [p, p + 1] : [0, grid.outer.weights.length];
    addPairAverage(sums, pair, law, values, factor, grid, mixture.weights[p]!, from, to);
  }
  let value = 0;
  for (let k = 0; k < values.ij.length; k++) value += values.ij[k]! * sums.weights[k]!;
  enter(out, kernel, pair, { ...sums, value });
}

interface PairResult {
  readonly value: number;
  readonly weights: ArrayLike<number>;
  readonly jacobians: ArrayLike<number>;
  readonly square: number;
  readonly diagonal: number;
}

/** Both triangles: T_ji = T_ij^T. */
function enter(out: AttentionAverages, { inputs, tokens }: TokenKernel, { i, j, keysI, keysJ }: Pick<RowPair, "i" | "j" | "keysI" | "keysJ">, result: PairResult): void {
  const n = inputs * tokens;
  for (const at of [i * n + j, j * n + i]) {
    out.value[at] = result.value;
    out.variance[at] = Math.max(result.square - result.value * result.value, 0);
    out.diagonal[at] = result.diagonal;
  }
  for (const [k, keyI] of keysI.entries()) {
    for (const [l, keyJ] of keysJ.entries()) {
      const [a, b] = [keyI % tokens, keyJ % tokens];
      const [there, back] = [((i * n + j) * tokens + a) * tokens + b, ((j * n + i) * tokens + b) * tokens + a];
      out.weights[there] = out.weights[back] = result.weights[k * keysJ.length + l]!;
      out.jacobians[there] = out.jacobians[back] = result.jacobians[k * keysJ.length + l]!;
    }
  }
}

/** Weights that are the same in every head, and their Jacobian diag(1/k) - 1/k^2. */
function addUniform(out: AttentionAverages, kernel: TokenKernel, law: CheckedHeadLaw, i: number, j: number): void {
  const { matrix, inputs, tokens } = kernel;
  const n = inputs * tokens;
  const [keysI, keysJ] = [placedKeys(kernel, law, i), placedKeys(kernel, law, j)];
  const [a, b] = [restingWeights(law, i % tokens), restingWeights(law, j % tokens)];
  const carried = (x: Float64Array, y: Float64Array, rows: Uint32Array, columns: Uint32Array): number => {
    let sum = 0;
    for (const r of rows) for (const c of columns) sum += x[r % tokens]! * y[c % tokens]! * matrix[r * n + c]!;
    return sum;
  };
  const value = carried(a, b, keysI, keysJ);
  const diagonal = carried(a, a, keysI, keysI) * carried(b, b, keysJ, keysJ);
  const [nI, nJ] = [keysI.length, keysJ.length];
  const weights = Float64Array.from({ length: nI * nJ }, (_, k) => a[keysI[Math.floor(k / nJ)]! % tokens]! * b[keysJ[k % nJ]! % tokens]!);
  enter(out, kernel, { i, j, keysI, keysJ }, { value, weights, jacobians: centredKeys(kernel, keysI, keysJ).map((x) => x / (nI * nJ)), square: value * value, diagonal });
}

/** Weights that are the logits: E sigma_i sigma_j^T = H_ij H, and J = 1. */
function addLinear(out: AttentionAverages, kernel: TokenKernel, law: CheckedHeadLaw, i: number, j: number): void {
  const n = kernel.inputs * kernel.tokens;
  const [keysI, keysJ] = [placedKeys(kernel, law, i), placedKeys(kernel, law, j)];
  const scale = logitScale(law) * kernel.matrix[i * n + j]!;
  const jacobians = Float64Array.from({ length: keysI.length * keysJ.length }, (_, k) => kernel.matrix[keysI[Math.floor(k / keysJ.length)]! * n + keysJ[k % keysJ.length]!]!);
  const weights = jacobians.map((h) => scale * h);
  const value = jacobians.reduce((sum, h) => sum + scale * h * h, 0);
  enter(out, kernel, { i, j, keysI, keysJ }, { value, weights, jacobians, square: linearSecondMoment(kernel, law, i, j, i, j), diagonal: linearSecondMoment(kernel, law, i, i, j, j) });
}
