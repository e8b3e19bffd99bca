export { headReadoutPair } from "./head-readout/pair.js";
export { oneBlockPair } from "./one-block/pair.js";
export { TRAINING_TASK_NAMES, trainingTasks } from "./training-tasks.js";
export type { NamedTask, TrainingTaskName } from "./training-tasks.js";
