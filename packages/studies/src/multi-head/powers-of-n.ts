/** @file The two powers of N with which logits are scaled, in words. */

/** A power of N in the logits. */
export interface LogitPower {
  readonly id: "half" | "one";
  readonly alphaA: 0.5 | 1;
  /** "α_A = 1/2" */
  readonly title: string;
}

export const logitPowers: readonly LogitPower[] = [
  { id: "one", alphaA: 1, title: "α_A = 1" },
  { id: "half", alphaA: 0.5, title: "α_A = 1/2" },
];
