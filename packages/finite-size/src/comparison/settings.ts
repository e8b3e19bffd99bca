import { requireInRange } from "@mesoscope/numerics";
import { ALLOWED_DIVERGED } from "../ensemble/diverged-caveat.js";
import type { JudgeOptions } from "./comparison.js";

/** Options with their defaults, checked. */
export type Settings = Required<Pick<JudgeOptions, "seed" | "resamples" | "multiplicity" | "allowedDiverged" | "reasons" | "confidence" | "level" | "controls">> & {
  readonly corrections: boolean | undefined;
};

/** @throws DomainError for a level, a confidence or a share that is none */
export function settingsOf(options: JudgeOptions): Settings {
  const { seed, resamples = 1999, multiplicity = "holm", corrections, allowedDiverged = ALLOWED_DIVERGED, reasons = [], controls = [], confidence, level } = options;
  requireInRange("level", level, { min: 1e-9, max: 0.49 }, "Give for example 0.05.");
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  requireInRange("allowedDiverged", allowedDiverged, { min: 0, max: 1 });
  return { seed, resamples, multiplicity, corrections, allowedDiverged, reasons, controls, confidence, level };
}
