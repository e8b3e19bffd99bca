/** @file Binomial variates: which of the two exact methods, and the cases that need none. */
import { requireInRange, requireInteger } from "../errors.js";
import { binomialByInversion } from "./binomial-inversion.js";
import { binomialByRejection } from "./binomial-rejection.js";
import type { UniformSource } from "./uniform.js";

/** From this mean on rejection is faster, and its hat is proven to lie above the law. */
export const REJECTION_FROM_MEAN = 10;

/**
 * Number of successes in n independent trials of probability p: P(k) = C(n, k) p^k (1 - p)^(n - k).
 *
 * Sequential inversion for means below 10, transformed rejection above, p > 1/2 by counting failures (1 - p is then
 * exact). Constant expected time in n. Draws nothing for n = 0, p = 0, p = 1.
 * @param n trials, an integer from 0 to 2^53 - 1.
 * @param p probability of success, 0 <= p <= 1.
 * @throws DomainError otherwise, NaN included.
 */
export function drawBinomial(stream: UniformSource, n: number, p: number): number {
  requireInteger("n", n, { min: 0 });
  requireInRange("p", p, { min: 0, max: 1 }, "Give a probability from 0 to 1.");
  if (n === 0 || p === 0) return 0;
  if (p === 1) return n;
  return p <= 0.5 ? fewSuccesses(stream, n, p) : n - fewSuccesses(stream, n, 1 - p);
}

function fewSuccesses(source: UniformSource, n: number, p: number): number {
  return n * p < REJECTION_FROM_MEAN ? binomialByInversion(source, n, p) : binomialByRejection(source, n, p);
}
