/** @file When too many replicas diverged for what is left to speak for all. */
import { requireInRange } from "@mesoscope/numerics";
import type { Ensemble } from "./ensemble.js";

/** Share of diverged replicas up to which a theory may still be said to hold. */
export const ALLOWED_DIVERGED = 0.01;

/**
 * "12 of 100 replicas diverged" where they are more than the allowed share, else undefined. What completed is then a selection: whoever
 * estimates from an ensemble without `compare` says this beside the number, and does not say "holds".
 * @throws DomainError for an allowed share outside [0, 1]
 */
export function divergedCaveat({ completed, diverged }: Pick<Ensemble, "completed" | "diverged">, allowed: number = ALLOWED_DIVERGED): string | undefined {
  requireInRange("allowed", allowed, { min: 0, max: 1 }, "Give a share, for example 0.01.");
  const all = completed + diverged;
  return diverged > allowed * all ? `${diverged} of ${all} replicas diverged` : undefined;
}
