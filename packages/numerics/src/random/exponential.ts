/** @file Exponential variates by inversion. */
import { log } from "../elementary/index.js";
import type { UniformSource } from "./uniform.js";

/**
 * Exponential variate of mean 1: -log u, u in (0, 1). One uniform each and monotone in it; values lie
 * between 1.1e-16 and 53 log 2 = 36.7.
 */
export function exponentialVariate(source: UniformSource): number {
  return -log(source.uniformOpen());
}
