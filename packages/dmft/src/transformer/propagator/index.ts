export { orderParameterCovariance } from "./causal-inverse.js";
export type { SelfConsistentNoise } from "./causal-inverse.js";
export { headFluctuations } from "./head-fluctuations.js";
export type { FluctuationOptions, HeadFluctuations } from "./head-fluctuations.js";
export { trainingHorizon } from "./horizon.js";
export type { HorizonQuestion, TrainingHorizon } from "./horizon.js";
export { wideFluctuations } from "./wide-fluctuations.js";
export type { WideFluctuations } from "./wide-fluctuations.js";
