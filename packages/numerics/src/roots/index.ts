export { bracketedRoot } from "./bracketed-root.js";
export type { BracketedRoot, BracketedRootOptions } from "./bracketed-root.js";
export { newtonRoot } from "./newton-root.js";
export type { ValueAndDerivative } from "./newton-root.js";
