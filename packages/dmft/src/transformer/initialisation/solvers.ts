/** @file The public solvers of kernels at initialisation: each with its own numerical error and the way it ended. */
import { DomainError } from "@mesoscope/numerics";
import { isClosed, perceptronKernelsAt } from "./activations.js";
import type { Activation, PerceptronKernels } from "./activations.js";
import { attentionAverages } from "./attention-averages.js";
import type { AttentionAverages } from "./attention-averages.js";
import { backwardPass } from "./backward.js";
import { forwardPass } from "./forward.js";
import { checkedHeadLaw } from "./head-law.js";
import type { HeadLaw } from "./head-law.js";
import { refined } from "./precision.js";
import type { NumericalError, Precision } from "./precision.js";
import { checkedModel, quadratureSize, trapezoidStep } from "./residual-model.js";
import type { CheckedModel, ResidualModel } from "./residual-model.js";
import { tensorSize } from "./rules.js";
import { tokenKernel } from "./token-kernel.js";
import type { TokenKernel } from "./token-kernel.js";

/**
 * Averages over the heads of one attention layer at initialisation [eq:attention-heads]: V^s = E sigma H sigma^T and its variance over heads, E sigma_i sigma_j^T, and the averages
 * of softmax Jacobians that gradients need.
 *
 * Closed for linear attention, and for alphaA > 1/2 at infinite width, where weights are uniform. At alphaA = 1/2 the logits are normal, and only the differences of logits matter: trapezoidal
 * rules over those of a pair of rows, null directions left out; Sobol nets where a tensor rule is over the budget. At finite N the logits are a mixture of normals over Wishart queries
 * [eq:attention-finite-width], by trapezoidal rules in the logarithms of Bartlett's chi variables, or drawn in a net.
 *
 * @throws DomainError for a kernel that is not positive semidefinite, alphaA outside [1/2, 1], a mask that leaves a token no key
 */
export function softmaxAverages(kernel: TokenKernel, law: HeadLaw, precision: Precision): AttentionAverages & NumericalError {
  const checked = tokenKernel(kernel.inputs, kernel.tokens, kernel.matrix);
  const head = checkedHeadLaw(law, kernel.tokens);
  const n = kernel.inputs * kernel.tokens;
  const [square, fourfold] = [n * n, n * n * kernel.tokens * kernel.tokens];
  const { values, ...rest } = refined(
    (points) => {
      const { value, weights, jacobians, variance, diagonal } = attentionAverages(checked, head, points);
      return joined([value, weights, jacobians, variance, diagonal]);
    },
    quadratureSize({ head, mlp: undefined }, kernel.inputs),
    precision,
  );
  const [value, weights, jacobians, variance, diagonal] = parted(values, [square, fourfold, fourfold, square, square]);
  return { value: value!, weights: weights!, jacobians: jacobians!, variance: variance!, diagonal: diagonal!, ...rest };
}

/**
 * Phi = E phi(u) phi(v) and Phi' = E phi'(u) phi'(v) over normals with the covariance of each pair of tokens [eq:perceptron-kernels].
 *
 * @throws DomainError for a kernel that is not positive semidefinite, or another activation
 */
export function perceptronKernels(kernel: TokenKernel, activation: Activation, precision: Precision): PerceptronKernels & NumericalError {
  const checked = tokenKernel(kernel.inputs, kernel.tokens, kernel.matrix);
  const n = kernel.inputs * kernel.tokens;
  const { values, ...rest } = refined(
    (points) => {
      const { phi, slope } = perceptronKernelsAt(checked, activation, trapezoidStep(points));
      return joined([phi, slope]);
    },
    isClosed(activation) ? undefined : (step) => tensorSize(step / 2, 2),
    precision,
  );
  const [phi, slope] = parted(values, [n * n, n * n]);
  return { phi: phi!, slope: slope!, ...rest };
}

export interface ForwardKernels extends NumericalError {
  /** (L + 1, n, n) H^0 ... H^L. */
  readonly stream: Float64Array;
  /** (L, n, n) V^s of each block. */
  readonly values: Float64Array;
}

/**
 * Kernels of the residual stream after every block [eq:attention-depth], for infinitely many heads of any width.
 *
 * @throws DomainError as {@link softmaxAverages}, and for L or alphaL out of their range
 */
export function forwardKernels(start: TokenKernel, model: ResidualModel, precision: Precision): ForwardKernels {
  const { kernel, checked, size } = prepared(start, model);
  const square = kernel.matrix.length;
  const { values, ...rest } = refined(
    (points) => {
      const { stream, blocks } = forwardPass(kernel, checked, points);
      return joined([...stream.map(({ matrix }) => matrix), ...blocks.map(({ attention }) => attention.value)]);
    },
    size,
    precision,
  );
  const [stream, carried] = parted(values, [(checked.L + 1) * square, checked.L * square]);
  return { stream: stream!, values: carried!, ...rest };
}

export interface DepthKernels extends ForwardKernels {
  /** (L + 1, n, n) G^0 ... G^L, kernels of gamma0 n df/dh. */
  readonly gradients: Float64Array;
}

/**
 * Kernels of the residual stream and of its gradients, through depth and back [eq:attention-depth], [eq:attention-backward], for infinitely many heads of infinite width.
 *
 * @throws DomainError as {@link forwardKernels}, and for a finite N
 */
export function depthKernels(start: TokenKernel, model: ResidualModel, precision: Precision): DepthKernels {
  requireInfiniteWidth(model);
  const { kernel, checked, size } = prepared(start, model);
  const square = kernel.matrix.length;
  const { values, ...rest } = refined(
    (points) => {
      const forward = forwardPass(kernel, checked, points);
      const { gradients } = backwardPass(forward, checked);
      return joined([...forward.stream.map(({ matrix }) => matrix), ...forward.blocks.map(({ attention }) => attention.value), ...gradients]);
    },
    size,
    precision,
  );
  const [stream, carried, gradients] = parted(values, [(checked.L + 1) * square, checked.L * square, (checked.L + 1) * square]);
  return { stream: stream!, values: carried!, gradients: gradients!, ...rest };
}

export function prepared(start: TokenKernel, model: ResidualModel): { readonly kernel: TokenKernel; readonly checked: CheckedModel; readonly size: ReturnType<typeof quadratureSize> } {
  const kernel = tokenKernel(start.inputs, start.tokens, start.matrix);
  const checked = checkedModel(model, start.tokens);
  return { kernel, checked, size: quadratureSize(checked, start.inputs) };
}

export function requireInfiniteWidth({ head }: ResidualModel): void {
  if (head.N === "infinite") return;
  throw new DomainError({ name: "head.N", value: head.N, rule: 'must be "infinite" for kernels of gradients', remedy: "At finite width keys and queries depend on their logits: use forwardKernels, or the finite networks." });
}

/** One array after the other. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function parted(values: Float64Array, sizes: readonly number[]): readonly Float64Array[] {
  let at = 0;
  return sizes.map((size) => values.slice(at, (at += size)));
}
