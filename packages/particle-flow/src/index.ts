export { circleCoefficients, driftBound } from "./circle-coefficients.js";
export type { CircleCoefficients } from "./circle-coefficients.js";
export { circleEnsemble } from "./circle-ensemble.js";
export type { CircleEnsemble, CircleEnsembleOptions, MomentSeries, MomentSeriesOptions } from "./circle-ensemble.js";
export { attentionFlow } from "./flow.js";
export type { AttentionFlow, FlowKind, TimeUnit } from "./flow.js";
export { pairSumDrift } from "./pair-sums.js";
