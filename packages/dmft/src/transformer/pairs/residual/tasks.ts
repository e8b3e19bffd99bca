/** @file Tasks of residual networks by name. */
import { key } from "@mesoscope/numerics";
import { irisTask, retrievalTask, tokensOf } from "@mesoscope/transformer";
import type { Task } from "@mesoscope/transformer";

export type ResidualTaskName = "two-inputs" | "retrieval" | "iris";

/** All names, in the order in which they are listed. */
export const RESIDUAL_TASK_NAMES: readonly ResidualTaskName[] = Object.freeze(["two-inputs", "retrieval", "iris"]);

/**
 * The task of that name:
 * - `two-inputs`: two inputs of two tokens that point apart, so that attention is worth moving; targets 1 and -0.6, whose
 *   sum is not 0: what acts on all inputs alike learns, too;
 * - `retrieval`: eight sequences of two keys with values, and the key that is asked for;
 * - `iris`: eight flowers of two species that overlap.
 */
export function residualTask(name: ResidualTaskName): Task {
  switch (name) {
    case "two-inputs":
      return { tokens: tokensOf([[[0.2, 1.3], [-1.9, -0.4]], [[-1.4, 1.2], [1.1, -0.3]]]), targets: Float64Array.of(1, -0.6) };
    case "retrieval":
      return retrievalTask({ key: key("residual-task"), inputs: 8, vocabulary: 3, pairs: 2 });
    case "iris":
      return irisTask({ key: key("residual-task"), perSpecies: 4, species: ["versicolor", "virginica"] });
  }
}
