export { equations, type EquationLabel } from "./equations.js";
export { bundledPairs } from "./pairs.js";
export type { PairDesign } from "./pair-study/settings.js";
export { studyOfPair } from "./pair-study/study.js";
export { quantities } from "./quantities/index.js";
export type { JsonSchema, Quantity } from "./quantity.js";
export { studies } from "./studies.js";
export type { Findings, Level, PlanRequest, Study, StudyRequest } from "./study.js";
