/** @file One attention layer as a map of two kernels, that of its outputs and the tangent kernel: composes with whatever stands below. */
import { exp } from "@mesoscope/numerics";
import { attentionAverages } from "../initialisation/attention-averages.js";
import { checkedHeadLaw } from "../initialisation/head-law.js";
import type { HeadLaw, Mask } from "../initialisation/head-law.js";
import { placedKeys } from "../initialisation/linear-attention.js";
import { refined } from "../initialisation/precision.js";
import type { NumericalError, Precision } from "../initialisation/precision.js";
import { quadratureSize } from "../initialisation/residual-model.js";
import { joined, parted } from "../initialisation/solvers.js";
import { tokenKernel } from "../initialisation/token-kernel.js";
import type { TokenKernel } from "../initialisation/token-kernel.js";

/** Kernels of outputs (NNGP) and of the tangent (NTK), token by token. */
export interface LayerKernels {
  readonly nngp: TokenKernel;
  /** (PS, PS) */
  readonly ntk: Float64Array;
}

/**
 * Softmax (shaped, linear) multi-head attention with logits q . k / sqrt N, independent queries, keys, values and an output projection, every multiplier 1/sqrt(fan-in), without skip
 * connection, at infinitely many heads of infinite width [eq:attention-ntk-layer]:
 *
 *     NNGP' = V^s,    NTK' = V^s [O] + sum T (H [V] + Theta) + H_ij sum (E J H J)(H [K] + Theta) + (H_ij [Q] + Theta_ij) sum (E J H J) H
 *
 * @param below kernels of the layer below; its tangent kernel is 0 for fixed inputs
 * @throws DomainError for kernels that are not positive semidefinite, or a mask that leaves a token no key
 */
export function attentionLayer(below: LayerKernels, head: Pick<HeadLaw, "attention" | "mask">, precision: Precision): LayerKernels & NumericalError {
  const { inputs, tokens } = below.nngp;
  const kernel = tokenKernel(inputs, tokens, below.nngp.matrix);
  const theta = tokenKernel(inputs, tokens, below.ntk).matrix;
  const law = checkedHeadLaw({ ...head, alphaA: 0.5, N: "infinite" }, tokens);
  const size = kernel.matrix.length;
  const { values, ...rest } = refined(
    (points) => {
      const { value, weights, jacobians } = attentionAverages(kernel, law, points);
      return joined([value, tangent(kernel, theta, value, weights, jacobians)]);
    },
    quadratureSize({ head: law, mlp: undefined }, inputs),
    precision,
  );
  const [value, ntk] = parted(values, [size, size]);
  return { nngp: { inputs, tokens, matrix: value! }, ntk: ntk!, ...rest };
}

function tangent({ inputs, tokens, matrix }: TokenKernel, theta: Float64Array, value: Float64Array, weights: Float64Array, jacobians: Float64Array): Float64Array {
  const n = inputs * tokens;
  return value.map((v, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    const first = (i - (i % tokens)) * n + (j - (j % tokens));
    let [values, keys, queries] = [0, 0, 0];
    for (let a = 0; a < tokens; a++) {
      for (let b = 0; b < tokens; b++) {
        const below = first + a * n + b;
        const [t, jhj] = [weights[(at * tokens + a) * tokens + b]!, jacobians[(at * tokens + a) * tokens + b]!];
        values += t * (matrix[below]! + theta[below]!);
        keys += jhj * (matrix[below]! + theta[below]!);
        queries += jhj * matrix[below]!;
      }
    }
    return v + values + matrix[at]! * keys + (matrix[at]! + theta[at]!) * queries;
  });
}

/**
 * Attention whose queries are its keys, logits q . q / N: they become the kernel itself, and the weights the same in every head [eq:tied-attention]. NNGP' = sigma H sigma^T, NTK' = sigma Theta sigma^T + 2 NNGP',
 * sigma the softmax of the rows of H within each input.
 *
 * @throws DomainError as {@link attentionLayer}
 */
export function tiedAttentionLayer(below: LayerKernels, mask?: Mask): LayerKernels {
  const { inputs, tokens } = below.nngp;
  const kernel = tokenKernel(inputs, tokens, below.nngp.matrix);
  const theta = tokenKernel(inputs, tokens, below.ntk).matrix;
  const law = checkedHeadLaw({ alphaA: 1, N: "infinite", ...(mask === undefined ? {} : { mask }) }, tokens);
  const n = inputs * tokens;
  const rows = Array.from({ length: n }, (_, i) => {
    const keys = placedKeys(kernel, law, i);
    const largest = Math.max(...Array.from(keys, (key) => kernel.matrix[i * n + key]!));
    const weights = Float64Array.from(keys, (key) => exp(kernel.matrix[i * n + key]! - largest));
    const total = weights.reduce((sum, w) => sum + w, 0);
    return { keys, weights: weights.map((w) => w / total) };
  });
  const carried = (matrix: Float64Array): Float64Array =>
    matrix.map((_, at) => {
      const [a, b] = [rows[Math.floor(at / n)]!, rows[at % n]!];
      let sum = 0;
      for (const [k, x] of a.keys.entries()) for (const [l, y] of b.keys.entries()) sum += a.weights[k]! * b.weights[l]! * matrix[x * n + y]!;
      return sum;
    });
  const nngp = carried(kernel.matrix);
  const moved = carried(theta);
  return { nngp: { inputs, tokens, matrix: nngp }, ntk: moved.map((value, k) => value + 2 * nngp[k]!) };
}
