export * from "./initialisation/index.js";
export * from "./tangent-kernel/index.js";
