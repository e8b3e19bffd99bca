/** The committed reference cases of harmonic analysis on the sphere, typed. */
import { readFileSync } from "node:fs";

export interface Section<Case> {
  readonly note: string;
  readonly cases: readonly Case[];
}

export interface HarmonicAnalysis {
  readonly funk_hecke: Section<{ d: number; beta: number; k: number; log_c_k: number; ratio_c_k_c_0: number; gamma_sa: number; log_gamma_usa: number | null }>;
  readonly negative_beta: Section<{ d: number; beta: number; k: number; gamma_usa: number; gamma_sa: number }>;
  readonly beta_zero: Section<{ d: number; gamma_1: number }>;
  readonly harmonic_dims: Section<{ d: number; k: number; dim: number }>;
  readonly gegenbauer: Section<{ d: number; k: number; t: number; P: number }>;
  readonly kernel_expansion: Section<{ d: number; beta: number; t: number; K: number; partial_sum: number; exact: number }>;
  readonly truncation: Section<{ beta: number; eps: number; K_circle: number; K_S2: number }>;
  readonly beta_transitions: Section<{ d: number; k: number; beta: number }>;
}

export const reference: HarmonicAnalysis = (
  JSON.parse(readFileSync(new URL("fixtures/harmonic-analysis.json", import.meta.url), "utf8")) as { sections: HarmonicAnalysis }
).sections;
