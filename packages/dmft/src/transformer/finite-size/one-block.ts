/** @file The kernels that one attention block of finite width and head number makes: their exact mean and variance. */
import { requireInteger } from "@mesoscope/numerics";
import { softmaxAverages } from "../initialisation/solvers.js";
import type { HeadLaw } from "../initialisation/head-law.js";
import type { NumericalError, Precision } from "../initialisation/precision.js";
import type { TokenKernel } from "../initialisation/token-kernel.js";

/** A block with this many heads of the width N, n = NH. */
export interface FiniteHeads extends HeadLaw {
  readonly N: number;
  readonly H: number;
}

export interface BlockMoments extends NumericalError {
  /** (n, n) mean of V^ = sum_h v^s . v^s / NH, and of U = u . u / NH, which has the same. */
  readonly mean: Float64Array;
  /** (n, n) variance of each entry of V^. */
  readonly valueVariance: Float64Array;
  /** (n, n) variance of each entry of U, u = W_O v^s / sqrt n. */
  readonly outputVariance: Float64Array;
}

/**
 * Mean and variance of the kernels of one block with random weights and a given kernel of its inputs, at every N and H [eq:attention-one-block]:
 * Var V^_ij = (Var_A B_ij + E(B_ii B_jj + B_ij^2) / N) / H and Var U_ij = E(V^_ii V^_jj + V^_ij^2) / n + Var V^_ij, B = sigma H sigma^T over heads of that width. Rational for linear attention.
 *
 * @throws DomainError as `softmaxAverages`, and unless N and H are positive integers
 */
export function oneBlockMoments(kernel: TokenKernel, heads: FiniteHeads, precision: Precision): BlockMoments {
  const N = requireInteger("N", heads.N, { min: 1 });
  const H = requireInteger("H", heads.H, { min: 1 });
  const { value, variance, diagonal, error, rule, points, outcome } = softmaxAverages(kernel, heads, precision);
  const n = kernel.inputs * kernel.tokens;
  const square = value.map((v, k) => v * v + variance[k]!);
  const valueVariance = value.map((_, k) => (variance[k]! + (diagonal[k]! + square[k]!) / N) / H);
  const outputVariance = value.map((v, k) => {
    const product = value[Math.floor(k / n) * (n + 1)]! * value[(k % n) * (n + 1)]!;
    const diagonals = product + (diagonal[k]! - product + (2 * square[k]!) / N) / H;
    return (diagonals + v * v + valueVariance[k]!) / (N * H) + valueVariance[k]!;
  });
  return { mean: value, valueVariance, outputVariance, error, rule, points, outcome };
}
