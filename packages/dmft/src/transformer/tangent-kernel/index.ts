export { attentionLayer, tiedAttentionLayer } from "./attention-layer.js";
export type { LayerKernels } from "./attention-layer.js";
export { tangentKernel } from "./groups.js";
export type { ParameterGroup, TangentKernel, TangentScheme } from "./groups.js";
export { kernelDescent } from "./kernel-descent.js";
export type { KernelDescent, KernelDescentOptions } from "./kernel-descent.js";
