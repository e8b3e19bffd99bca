/** @file The standard normal law. */
import { lowerGamma, upperGamma } from "./incomplete-gamma.js";
import { whereTailIs } from "./quantile-of.js";

/** P(Z > x), with full relative precision in the upper tail. */
export function normalTail(x: number): number {
  return x >= 0 ? 0.5 * upperGamma(0.5, 0.5 * x * x) : 0.5 + 0.5 * lowerGamma(0.5, 0.5 * x * x);
}

/** Phi(x) = P(Z <= x). */
export function normalCdf(x: number): number {
  return normalTail(-x);
}

/** z with Phi(z) = p, for 0 < p < 1. */
export function normalQuantile(p: number): number {
  // The smaller tail, so that no digit of it is lost.
  return p > 0.5 ? whereTailIs(normalTail, 1 - p, 0, 40) : -whereTailIs(normalTail, p, 0, 40);
}
