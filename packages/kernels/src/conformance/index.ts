/** @file The drift of any backend against one in twice the precision, in units of the bound of docs/accuracy.md. What every backend's conformance test is made of. */
export { flows, sizes } from "./cases.js";
export { compensatedRow } from "./compensated.js";
export type { Row } from "./compensated.js";
export { driftRatio, tokens } from "./drift.js";
export type { Placement } from "./drift.js";
