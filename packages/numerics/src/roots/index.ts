export { bracketedRoot } from "./bracketed-root.js";
export type { BracketedRoot, BracketedRootOptions } from "./bracketed-root.js";
