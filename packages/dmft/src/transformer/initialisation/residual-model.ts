/** @file A residual transformer at initialisation as data, and the multipliers that its depth makes. */
import { exp, log, requireFinite, requireInRange, requireInteger } from "@mesoscope/numerics";
import { isClosed, perceptronKernelsAt } from "./activations.js";
import type { Activation } from "./activations.js";
import { checkedHeadLaw, isUniform } from "./head-law.js";
import type { CheckedHeadLaw, HeadLaw } from "./head-law.js";
import { pointsOf, tensorSize } from "./rules.js";
import type { RulePoints } from "./rules.js";

/** L blocks h <- h + b MHSA(h), then h <- h + b MLP(h), b = beta0 L^-alphaL [eq:attention-depth]. */
export interface ResidualModel {
  readonly L: number;
  readonly alphaL: number;
  readonly beta0: number;
  readonly head: HeadLaw;
  /** Hidden layer as wide as the stream. Left out: attention only. */
  readonly mlp?: Activation;
  /** Layer norm without parameters before each branch and before the read-out. */
  readonly layerNorm?: { readonly epsilon: number };
  /** false: branches replace the stream, h <- beta0 MHSA(h), whatever the depth. */
  readonly skip?: boolean;
}

export interface CheckedModel {
  readonly L: number;
  readonly head: CheckedHeadLaw;
  readonly mlp: Activation | undefined;
  readonly epsilon: number | undefined;
  /** What the stream keeps: 1, or 0 without skip connections. */
  readonly kept: 0 | 1;
  /** b^2. */
  readonly branch: number;
  /** L^(2 alphaL - 1), by which the learning rate of a block's weights grows in mean-field units. */
  readonly rate: number;
}

/** @throws DomainError unless L is a positive integer, alphaL in [1/2, 1], beta0 finite, and the head's law in order */
export function checkedModel({ L, alphaL, beta0, head, mlp, layerNorm, skip = true }: ResidualModel, tokens: number): CheckedModel {
  requireInteger("L", L, { min: 1, max: 1e6 }, "Give the number of blocks.");
  requireInRange("alphaL", alphaL, { min: 0.5, max: 1 }, "Give the exponent of the depth in the branch multiplier: 1/2 keeps fluctuations, 1 suppresses them.");
  requireFinite("beta0", beta0, "Give the branch multiplier of depth 1.");
  if (layerNorm !== undefined) requireInRange("layerNorm.epsilon", layerNorm.epsilon, { min: 0, max: 1 });
  const law = checkedHeadLaw(head, tokens);
  // An unknown activation shall not wait for the first block.
  if (mlp !== undefined) perceptronKernelsAt({ inputs: 1, tokens: 1, matrix: Float64Array.of(1) }, mlp, 1);
  const depth = (exponent: number): number => (exponent === 0 ? 1 : exponent === 1 ? L : exponent === -1 ? 1 / L : exponent === -2 ? 1 / (L * L) : exp(exponent * log(L)));
  return { L, head: law, mlp, epsilon: layerNorm?.epsilon, kept: skip ? 1 : 0, branch: beta0 * beta0 * (skip ? depth(-2 * alphaL) : 1), rate: depth(2 * alphaL - 1) };
}

/** Points that a tensor rule of a step takes for the largest pair of rows; undefined where everything is closed. */
export function quadratureSize({ head, mlp }: Pick<CheckedModel, "head" | "mlp">, inputs: number): ((step: number) => number) | undefined {
  const perceptron = mlp !== undefined && !isClosed(mlp);
  const counts = head.keys.map((keys) => keys.length).sort((a, b) => b - a);
  const most = counts[0]!;
  if (head.attention === "linear" || isUniform(head) || most === 1) return perceptron ? (step) => tensorSize(step / 2, 2) : undefined;
  const next = inputs > 1 ? most : (counts[1] ?? 1);
  const differences = most + next - 2;
  const scalar = next === 1 || (most === 2 && inputs === 1);
  return (step) => {
    const mixture = head.N === "infinite" ? 1 : chiSize(head.N, step) * (scalar ? 1 : chiSize(Math.max(head.N - 1, 1), step) * tensorSize(step, 1));
    return Math.max(mixture * tensorSize(step, differences), perceptron ? tensorSize(step / 2, 2) : 0);
  };
}

function chiSize(degrees: number, step: number): number {
  return pointsOf({ kind: "tensor", step }).chi(degrees).values.length;
}

/** Step of the trapezoidal rule of a perceptron's kernels that goes with a rule for attention. */
export function trapezoidStep({ rule }: RulePoints): number {
  return rule.kind === "tensor" ? rule.step / 2 : 0.1;
}
