/**
 * @file How a solver ended. Every iterative or adaptive routine returns one of these beside its best value, so that
 * no caller has to guess from a NaN or a residual whether the answer may be used.
 */

/**
 * The ways to end:
 * - `converged`: the requested tolerance is met;
 * - `stalled`: rounding or the problem itself forbids further progress, the tolerance is not met;
 * - `diverged`: a value became infinite or not a number;
 * - `budget-exhausted`: the allowed iterations or evaluations are spent;
 * - `event`: the run was ended on purpose by an event of the problem.
 */
export type OutcomeKind = "converged" | "stalled" | "diverged" | "budget-exhausted" | "event";

/** Ending of a solver: the kind, for programs, and a sentence with figures and a remedy, for people. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly message: string;
}

/** A frozen outcome. */
export function outcome(kind: OutcomeKind, message: string): Outcome {
  return Object.freeze({ kind, message });
}

/** True when the result may be used at the tolerance that was asked for. */
export function isConverged(ending: Outcome): boolean {
  return ending.kind === "converged";
}
