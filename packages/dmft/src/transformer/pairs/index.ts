export { headReadoutPair } from "./head-readout/pair.js";
export { oneBlockPair } from "./one-block/pair.js";
export { TRAINING_TASK_NAMES, trainingTasks } from "./training-tasks.js";
export type { NamedTask, TrainingTaskName } from "./training-tasks.js";
export { featureLearningPair } from "./feature-learning/pair.js";
export { effectiveRank, kernelAlignment, kernelMovement } from "./feature-learning/kernel-measures.js";
