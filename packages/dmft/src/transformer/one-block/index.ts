export { blockReplicas } from "./block-replicas.js";
export type { BlockReplicas } from "./block-replicas.js";
export { narrowHeads, wideHeads } from "./block-heads.js";
export type { BlockHeads, NarrowHeads } from "./block-heads.js";
export type { BlockSolution } from "./block-solution.js";
export { oneBlock } from "./causal.js";
export { oneBlockLimit } from "./one-block-limit.js";
export { oneBlockBySweeps } from "./sweeps.js";
export type { SweepOptions, SweptSolution } from "./sweeps.js";
