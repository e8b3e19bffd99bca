/** @file The chi-square law. */
import { upperGamma } from "./incomplete-gamma.js";

/** P(X > x) with `freedom` degrees of freedom. Without freedom X is 0, and an x above 0 but finite is what rounding left of it: 1. */
export function chiSquareTail(x: number, freedom: number): number {
  if (freedom <= 0) return x === Infinity ? 0 : 1;
  return upperGamma(freedom / 2, x / 2);
}
