import { bracketedRoot, requireInRange, type Outcome } from "@mesoscope/numerics";
import { requireDegree, requireDimension } from "./flow.js";
import { consecutiveRateRatio } from "./growth-rate.js";

/** A root with the proof of it: the function changes sign over the bracket. */
export interface GrowthTransition {
  /** The beta at which degrees k and k + 1 grow equally fast. */
  readonly beta: number;
  readonly bracket: readonly [number, number];
  readonly outcome: Outcome;
}

/**
 * The beta at which k_max passes from k to k + 1: the one root of gamma_{k+1}/gamma_k = 1, [eq:growth-transition], to 1e-12 relative.
 *
 * The ratio increases in beta from 0, so the root is bracketed by doubling an upper bound. Circle estimate (2k + 1)/(4 ln(1 + 1/k));
 * for d -> infinity the first transition tends to 2 d / 3.
 *
 * @throws DomainError unless k and d are integers, 1 <= k <= 1e4, d >= 2
 */
export function growthTransition(k: number, d: number): GrowthTransition {
  requireInRange("k", requireDegree(k), { min: 1, max: 1e4 });
  requireDimension(d);
  const excess = (beta: number): number => consecutiveRateRatio(k, beta, d) - 1;
  let low = 0.25;
  let high = 1;
  while (excess(high) < 0) {
    low = high;
    high *= 2;
  }
  const { root, bracket, outcome } = bracketedRoot(excess, low, high, { tolerance: 1e-13 * high, maxIterations: 200 });
  return { beta: root, bracket: [bracket[0], bracket[1]], outcome };
}
