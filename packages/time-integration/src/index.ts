export type { Field, Projection } from "./field.js";
export { integrateAdaptive } from "./integrate-adaptive.js";
export type { AdaptiveOptions, AdaptiveResult } from "./integrate-adaptive.js";
export { integrateFixed } from "./integrate-fixed.js";
export type { FixedOptions, FixedResult } from "./integrate-fixed.js";
export { orderResidual, rowSumResidual } from "./order-conditions.js";
export { onSpheres } from "./spheres.js";
export { dormandPrince5, euler, heun, isFirstSameAsLast, rungeKutta4 } from "./tableau.js";
export type { EmbeddedTableau, Tableau } from "./tableau.js";
