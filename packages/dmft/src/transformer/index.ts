export * from "./advisor/index.js";
export * from "./finite-size/index.js";
export * from "./head-map/index.js";
export * from "./initialisation/index.js";
export * from "./matrix-rule/index.js";
export * from "./one-block/index.js";
export * from "./propagator/index.js";
export * from "./tangent-kernel/index.js";
