/** @file Keyed, counter-based random streams, and the laws drawn from them. */
export { drawBinomial } from "./binomial.js";
export { drawGamma } from "./gamma.js";
export { key, keyFromWords, requireKey, type Key, type KeyPart } from "./key.js";
export { drawMultinomial } from "./multinomial.js";
export { normalQuantile } from "./normal.js";
export { philoxBlock } from "./philox.js";
export type { Stream } from "./stream.js";
export type { UniformSource } from "./uniform.js";
