export { headMap } from "./head-map.js";
export type { HeadMapRun } from "./head-map.js";
export { headMapLimit } from "./head-map-limit.js";
export type { HeadAverage, LimitCurve } from "./head-map-limit.js";
export { headMapReplicas } from "./head-map-replicas.js";
export type { HeadMapReplicas, HeadMapSize, DrawnReplicas } from "./head-map-replicas.js";
export { drawnHeads, headsOfWeights, identicalHeads, quadratureHeads } from "./head-states.js";
export type { DrawnHeads, HeadStates, HeadWeights } from "./head-states.js";
export type { Descent, Extent, TrainingTask } from "./training-task.js";
