export { equations, type EquationLabel } from "./equations.js";
export { studyOfPair, type PairDesign } from "./pair-study.js";
export { quantities } from "./quantities/index.js";
export type { JsonSchema, Quantity } from "./quantity.js";
export type { Findings, Level, Study, StudyRequest } from "./study.js";
