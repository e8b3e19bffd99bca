/** @file Tasks that are known by name: few enough numbers that a limit can be solved to many digits. Data only. */
import type { TrainingTask } from "../head-map/training-task.js";

/** A task with words. */
export interface NamedTask extends TrainingTask {
  readonly title: string;
}

export type TrainingTaskName = "two-inputs" | "three-features";

/**
 * Small tasks by name. Both have tokens that differ enough for attention to matter and no symmetry between inputs, so that the limit passes no saddle and finite networks follow it.
 * With two features averages over infinitely many heads are quadratures, with three they are samples.
 */
export const trainingTasks: Readonly<Record<TrainingTaskName, NamedTask>> = Object.freeze({
  "two-inputs": {
    title: "two inputs of three tokens with two features, targets 1 and -1",
    tokens: { inputs: 2, tokens: 3, features: 2, x: [1.5, 0, -0.5, 1, 0, -1, 0.5, 1.5, -1, -0.5, 1, 0.5] },
    targets: [1, -1],
  },
  "three-features": {
    title: "three inputs of two tokens with three features, targets 1, -0.5 and 0.5",
    tokens: { inputs: 3, tokens: 2, features: 3, x: [1.5, 0, 0.5, -0.5, 1, 0, 0, -1.5, 1, 1, 0.5, 0, -1, 0.5, 0.5, 0, 1, -1.5] },
    targets: [1, -0.5, 0.5],
  },
});

/** All names, in the order in which they are listed. */
export const TRAINING_TASK_NAMES: readonly TrainingTaskName[] = Object.freeze(Object.keys(trainingTasks) as TrainingTaskName[]);
