export { DomainError, requireFinite, requireInRange, requireInteger, requirePositive } from "./errors.js";
export type { Bounds, DomainErrorParts } from "./errors.js";
export { isConverged, outcome } from "./outcome.js";
export type { Outcome, OutcomeKind } from "./outcome.js";
