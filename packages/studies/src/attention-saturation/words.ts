import type { SaturationCase } from "./cases.js";

/** "α_A = 1/2, η₀ = 0.05" */
export function caseTitle({ alphaA, eta0 }: Pick<SaturationCase, "alphaA" | "eta0">): string {
  return `${alphaTitle(alphaA)}, η₀ = ${eta0}`;
}

/** "α_A = 1/2" */
export function alphaTitle(alphaA: number): string {
  return `α_A = ${alphaA === 0.5 ? "1/2" : alphaA}`;
}

/** Part of the id of a verdict. */
export function caseId({ alphaA, eta0 }: Pick<SaturationCase, "alphaA" | "eta0">): string {
  return `${alphaA === 0.5 ? "half" : "one"}-${String(eta0).replace(".", "-")}`;
}
