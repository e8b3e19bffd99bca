/** @file Keyed, counter-based random streams. */
export { key, keyFromWords, type Key, type KeyPart } from "./key.js";
export { philoxBlock } from "./philox.js";
export type { Stream } from "./stream.js";
export type { UniformSource } from "./uniform.js";
