import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { cholesky } from "@mesoscope/numerics";

/** Why directions of the window are forgotten at once: their exponents are minus infinity. */
export type ForgottenReason = "beta-zero" | "positions-only" | "class-space-larger-than-output";

export interface ForgottenDirections {
  /** Exponents that are minus infinity whatever the trajectory. */
  readonly count: number;
  readonly reason: ForgottenReason;
}

/**
 * Exponents of the window map that are minus infinity by its form: all L C at beta = 0 and where positions carry all weight, and
 * L (C - rank xi^o) where the output features leave directions of the class space unused [eq:one-bit-forgotten]. Logarithms of zero are never averaged.
 */
export function forgottenDirections({ features, contextLength, beta, positionalWeight }: AttentionNetwork): ForgottenDirections {
  const all = contextLength * features.classes;
  if (beta === 0) return { count: all, reason: "beta-zero" };
  if (positionalWeight === 1) return { count: all, reason: "positions-only" };
  return { count: contextLength * (features.classes - outputRank(features)), reason: "class-space-larger-than-output" };
}

/** Rank of xi^o (M, C), from its Gram matrix; entries are of order one. */
function outputRank({ features: m, classes, xi }: AttentionNetwork["features"]): number {
  const gram = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < m; b++) {
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += xi.o[a * classes + c]! * xi.o[b * classes + c]!;
      gram[a * m + b] = sum;
    }
  }
  return cholesky(gram, m, { tolerance: 1e-11 }).rank;
}
