/** @file Quantiles of the beta law, for exact intervals of proportions. */
import { incompleteBeta } from "./incomplete-beta.js";
import { whereTailIs } from "./quantile-of.js";

/** x with I_x(a, b) = p, for a, b > 0 and 0 < p < 1. */
export function betaQuantile(p: number, a: number, b: number): number {
  return whereTailIs((x) => 1 - incompleteBeta(a, b, x), 1 - p, 0, 1);
}
