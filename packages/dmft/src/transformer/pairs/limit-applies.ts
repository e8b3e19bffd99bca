/** @file When a limit of training says something. */
import type { Applicability } from "@mesoscope/contracts";
import type { Descent } from "../head-map/training-task.js";

/** It does, and needs no meter. */
export const spoken: Applicability = { applies: true, meters: [] };

/** Why a limit says nothing: its own descent diverges. Undefined where it made all steps. */
export function divergedLimit({ steps }: { readonly steps: number }, descent: Descent): Applicability | undefined {
  if (steps >= descent.steps) return undefined;
  return { applies: false, reason: `the limit itself diverges after ${steps} of ${descent.steps} steps`, remedy: "Lower the learning rate η₀, or ask for fewer steps.", meters: [] };
}
