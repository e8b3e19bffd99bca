import { DomainError, requireFinite } from "@mesoscope/numerics";
import { requireDimension } from "./flow.js";
import { consecutiveRateRatio, growthRate } from "./growth-rate.js";

/** Which degree grows fastest, and which one shares the first place at a transition. */
export interface DominantDegree {
  /** The fastest growing degree; the smaller one if two tie. */
  readonly k: number;
  /** The degree that grows as fast, to 1e-12 relative, or undefined. */
  readonly tiesWith: number | undefined;
  /** Second largest rate over the largest, in [0, 1]; near 1 the selection among modes is slow ([eq:mode-selection]). */
  readonly runnerUpRatio: number;
}

/** Below this relative distance two rates count as equal: transitions are computed to the same tolerance. */
const TIE = 1e-12;

/**
 * k_max(beta, d): the degree of largest growth rate, the same for SA and USA, [eq:k-max].
 *
 * Large beta: k_max ~ sqrt(2 beta + nu^2) - nu. For beta < 0 only odd degrees grow; at beta = 0 only degree 1 does.
 * The search walks up while gamma_{k+1} > gamma_k, which is right because that ratio decreases strictly with k.
 *
 * @throws DomainError if beta is not finite or above 1e8 (the walk takes sqrt(2 beta) steps), or d is not an integer >= 2
 */
export function dominantDegree(beta: number, d: number): DominantDegree {
  requireFinite("beta", beta);
  requireDimension(d);
  if (Math.abs(beta) > 1e8) {
    throw new DomainError({ name: "beta", value: beta, rule: "must be at most 1e8 in size", remedy: "Use k_max ~ sqrt(2 beta + nu^2) - nu." });
  }
  if (beta === 0) return { k: 1, tiesWith: undefined, runnerUpRatio: 0 };
  const step = beta > 0 ? 1 : 2;
  const ratio = (k: number): number => rateRatio(k, step, Math.abs(beta), d);
  let k = 1;
  let below = 0;
  let above = ratio(k);
  while (above > 1 + TIE) {
    below = 1 / above;
    k += step;
    above = ratio(k);
  }
  const tied = above >= 1 - TIE;
  return { k, tiesWith: tied ? k + step : undefined, runnerUpRatio: Math.min(1, Math.max(below, above)) };
}

/** gamma_{k+step} / gamma_k in size. */
function rateRatio(k: number, step: number, beta: number, d: number): number {
  let ratio = 1;
  for (let j = 0; j < step; j++) ratio *= consecutiveRateRatio(k + j, beta, d);
  return ratio;
}

/** All degrees that grow, gamma_k > share * max, in increasing order; what competes in [eq:mode-competition]. */
export function growingDegrees(beta: number, d: number, share = 1e-3): readonly number[] {
  const { k: fastest } = dominantDegree(beta, d);
  const model = { flow: "SA", beta, d } as const;
  const floor = share * growthRate(fastest, model);
  const degrees: number[] = [];
  for (let k = 1; k <= fastest || growthRate(k, model) > floor || growthRate(k + 1, model) > floor; k++) {
    if (growthRate(k, model) > floor) degrees.push(k);
  }
  return degrees;
}

/** The degrees that compete to depart first: those that grow at 2 % of the largest rate or more. */
export function competingDegrees(beta: number, d: number): readonly number[] {
  return growingDegrees(beta, d, 0.02);
}
