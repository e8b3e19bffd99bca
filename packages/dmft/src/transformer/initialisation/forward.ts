/** @file Kernels of the residual stream through depth. */
import { perceptronKernelsAt } from "./activations.js";
import type { PerceptronKernels } from "./activations.js";
import { attentionAverages } from "./attention-averages.js";
import type { AttentionAverages } from "./attention-averages.js";
import { trapezoidStep } from "./residual-model.js";
import type { CheckedModel } from "./residual-model.js";
import type { RulePoints } from "./rules.js";
import { normalisation, normalisedKernel } from "./token-kernel.js";
import type { TokenKernel } from "./token-kernel.js";

/** One block on its way forward. */
export interface ForwardBlock {
  /** Kernel that the attention branch reads, and what layer norm multiplied the tokens by (absent without it). */
  readonly read: TokenKernel;
  readonly scale: Float64Array | undefined;
  readonly attention: AttentionAverages;
  /** The same of the perceptron branch. */
  readonly perceptron: { readonly read: TokenKernel; readonly scale: Float64Array | undefined; readonly kernels: PerceptronKernels } | undefined;
}

export interface ForwardPass {
  /** H^0 ... H^L */
  readonly stream: readonly TokenKernel[];
  readonly blocks: readonly ForwardBlock[];
}

/** H^(l+1/2) = H^l + b^2 V^s(H^l), H^(l+1) = H^(l+1/2) + b^2 Phi(H^(l+1/2)) [eq:attention-depth], each of the branches behind layer norm if there is one. */
export function forwardPass(start: TokenKernel, model: CheckedModel, points: RulePoints): ForwardPass {
  const stream = [start];
  const blocks: ForwardBlock[] = [];
  for (let l = 0; l < model.L; l++) {
    const { block, next } = forwardBlock(stream[l]!, model, points);
    blocks.push(block);
    stream.push(next);
  }
  return { stream, blocks };
}

function forwardBlock(kernel: TokenKernel, model: CheckedModel, points: RulePoints): { readonly block: ForwardBlock; readonly next: TokenKernel } {
  const { read, scale } = normed(kernel, model.epsilon);
  const attention = attentionAverages(read, model.head, points);
  const middle = added(kernel, attention.value, model);
  if (model.mlp === undefined) return { block: { read, scale, attention, perceptron: undefined }, next: middle };
  const inner = normed(middle, model.epsilon);
  const kernels = perceptronKernelsAt(inner.read, model.mlp, trapezoidStep(points));
  return { block: { read, scale, attention, perceptron: { ...inner, kernels } }, next: added(middle, kernels.phi, model) };
}

function added(kernel: TokenKernel, branch: Float64Array, model: CheckedModel): TokenKernel {
  return { ...kernel, matrix: kernel.matrix.map((h, k) => model.kept * h + model.branch * branch[k]!) };
}

export function normed(kernel: TokenKernel, epsilon: number | undefined): { readonly read: TokenKernel; readonly scale: Float64Array | undefined } {
  return epsilon === undefined ? { read: kernel, scale: undefined } : { read: normalisedKernel(kernel, epsilon), scale: normalisation(kernel, epsilon) };
}
