/** @file Many finite systems of heads that are read out directly, each from its own keyed draw. */
import { requireInteger, requireKey, requireMemory } from "@mesoscope/numerics";
import type { Key, Outcome } from "@mesoscope/numerics";
import { drawnHeads } from "./head-states.js";
import { headMap } from "./head-map.js";
import { checkedDescent } from "./training-task.js";
import type { Descent, TrainingTask } from "./training-task.js";

export interface HeadMapSize {
  readonly alphaA: number;
  readonly N: number;
  readonly H: number;
}

/** Which replicas: numbers from, from + 1, ..., each a function of the key and its number alone. */
export interface DrawnReplicas {
  readonly key: Key;
  readonly from: number;
  readonly count: number;
}

/** @throws DomainError naming the size, the number or the key that is none */
export function checkDrawn({ N, H }: Pick<HeadMapSize, "N" | "H">, { key, from, count }: DrawnReplicas): void {
  requireInteger("N", N, { min: 1 });
  requireInteger("H", H, { min: 1 });
  requireInteger("from", from, { min: 0 });
  requireInteger("count", count, { min: 0 });
  requireKey("key", key);
}

export interface HeadMapReplicas {
  /** f(t) - f(0) (R, T + 1, P). Rows after the last step that replica r made are 0: see `steps`. */
  readonly f: Float64Array;
  /** Steps that each replica made: T, or fewer where it diverged. */
  readonly steps: Int32Array;
  /** Logits A (R, H, P, S, S) after the last step. */
  readonly logits: Float64Array;
  readonly outcomes: readonly Outcome[];
}

/**
 * Trains `count` systems of H heads of width N from random weights by the exact map [eq:head-map].
 *
 * @throws DomainError for sizes and arrays outside their ranges
 */
export function headMapReplicas(task: TrainingTask, descent: Descent, { alphaA, N, H }: HeadMapSize, { key, from, count }: DrawnReplicas): HeadMapReplicas {
  checkDrawn({ N, H }, { key, from, count });
  const { inputs: P, tokens: S, features } = task.tokens;
  const row = (checkedDescent(descent).steps + 1) * P;
  requireMemory(`outputs and logits of ${count} replicas`, 8 * count * (row + H * P * S * S), "Take fewer replicas at a time.");
  const f = new Float64Array(count * row);
  const logits = new Float64Array(count * H * P * S * S);
  const steps = new Int32Array(count);
  const outcomes: Outcome[] = [];
  for (let r = 0; r < count; r++) {
    const run = headMap(task, descent, drawnHeads({ alphaA, N, features, heads: H }, key.fold(from + r)));
    f.set(run.f, r * row);
    if (run.outcome.kind === "converged") logits.set(run.logits, r * H * P * S * S);
    steps[r] = run.steps;
    outcomes.push(run.outcome);
  }
  return { f, steps, logits, outcomes };
}
