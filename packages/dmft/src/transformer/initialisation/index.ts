export type { Activation, PerceptronKernels } from "./activations.js";
export type { AttentionAverages } from "./attention-averages.js";
export type { Attention, HeadLaw, Mask } from "./head-law.js";
export type { NumericalError, Precision } from "./precision.js";
export type { ResidualModel } from "./residual-model.js";
export { depthKernels, forwardKernels, perceptronKernels, softmaxAverages } from "./solvers.js";
export type { DepthKernels, ForwardKernels } from "./solvers.js";
export { inputKernel, normalisedKernel, pooledKernel, tokenKernel } from "./token-kernel.js";
export type { TokenInputs, TokenKernel } from "./token-kernel.js";
