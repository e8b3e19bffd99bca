/** @file Kernels of gradients through depth, from the read-out down. */
import type { AttentionAverages } from "./attention-averages.js";
import type { ForwardBlock, ForwardPass } from "./forward.js";
import { normed } from "./forward.js";
import type { CheckedModel } from "./residual-model.js";
import type { TokenKernel } from "./token-kernel.js";

/** Kernels of the gradients that reach values, keys and queries: each (n, n). */
export interface AttentionPaths {
  readonly V: Float64Array;
  readonly K: Float64Array;
  readonly Q: Float64Array;
}

/** One block on its way backward. */
export interface BackwardBlock {
  /** Gradient kernel above the block, and between its two branches. */
  readonly above: Float64Array;
  readonly middle: Float64Array;
  readonly paths: AttentionPaths;
}

export interface BackwardPass {
  /** G^0 ... G^L, each (n, n): kernels of gamma0 n df/dh. */
  readonly gradients: readonly Float64Array[];
  readonly blocks: readonly BackwardBlock[];
}

/**
 * V: sum_ij G_ij T_ij; K: sum_ij H_ij G_ij (E J_i H J_j); Q: (sum_ab H_ab (E J_i H J_j)_ab) G_ij [eq:attention-backward].
 *
 * @param read kernel that the branch reads
 */
export function attentionPaths(read: TokenKernel, { weights, jacobians }: AttentionAverages, above: Float64Array): AttentionPaths {
  const { inputs, tokens, matrix } = read;
  const n = inputs * tokens;
  const [V, K, Q] = [new Float64Array(n * n), new Float64Array(n * n), new Float64Array(n * n)];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const g = above[i * n + j]!;
      const first = (i - (i % tokens)) * n + (j - (j % tokens));
      let turned = 0;
      for (let a = 0; a < tokens; a++) {
        for (let b = 0; b < tokens; b++) {
          const at = ((i * n + j) * tokens + a) * tokens + b;
          const to = first + a * n + b;
          V[to]! += g * weights[at]!;
          K[to]! += g * matrix[i * n + j]! * jacobians[at]!;
          turned += matrix[to]! * jacobians[at]!;
        }
      }
      Q[i * n + j] = g * turned;
    }
  }
  return { V, K, Q };
}

/**
 * G^L = 1/S^2, then through each branch from above: G <- G + b^2 G o Phi', G <- G + b^2 (V + K + Q paths) [eq:attention-backward]. The K and Q paths reach the stream only at
 * alphaA = 1/2 (for N -> infinity); the paths themselves are kept for every alphaA, since the tangent kernel needs them.
 */
export function backwardPass({ stream, blocks }: ForwardPass, model: CheckedModel): BackwardPass {
  const top = stream[stream.length - 1]!;
  const n = top.inputs * top.tokens;
  const readOut = normed(top, model.epsilon).scale;
  let gradient: Float64Array = new Float64Array(n * n).fill(1 / (top.tokens * top.tokens));
  gradient = rescaled(gradient, readOut, n);
  const gradients = [gradient];
  const passed: BackwardBlock[] = [];
  for (let l = blocks.length - 1; l >= 0; l--) {
    const block = backwardBlock(blocks[l]!, model, gradient, n);
    passed.unshift(block.passed);
    gradient = block.below;
    gradients.unshift(gradient);
  }
  return { gradients, blocks: passed };
}

function backwardBlock({ read, scale, attention, perceptron }: ForwardBlock, model: CheckedModel, above: Float64Array, n: number): { readonly passed: BackwardBlock; readonly below: Float64Array } {
  let middle = above;
  if (perceptron !== undefined) {
    const branch = rescaled(perceptron.kernels.slope.map((slope, k) => slope * above[k]!), perceptron.scale, n);
    middle = above.map((g, k) => model.kept * g + model.branch * branch[k]!);
  }
  const paths = attentionPaths(read, attention, middle);
  const reaches = model.head.alphaA === 0.5 ? 1 : 0;
  const branch = rescaled(paths.V.map((v, k) => v + reaches * (paths.K[k]! + paths.Q[k]!)), scale, n);
  return { passed: { above, middle, paths }, below: middle.map((g, k) => model.kept * g + model.branch * branch[k]!) };
}

function rescaled(kernel: Float64Array, scale: Float64Array | undefined, n: number): Float64Array {
  return scale === undefined ? kernel : kernel.map((value, k) => value * scale[Math.floor(k / n)]! * scale[k % n]!);
}
