export { depthCumulants } from "./depth-cumulants.js";
export type { DepthCumulants, Embedding } from "./depth-cumulants.js";
export { kernelChain } from "./kernel-chain.js";
export type { ChainReplicas, KernelChain } from "./kernel-chain.js";
export { oneBlockMoments } from "./one-block.js";
export type { FiniteHeads, BlockMoments } from "./one-block.js";
