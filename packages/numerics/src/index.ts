export { acos, asin, atan, atan2, cos, exp, expm1, log, log1p, sin, sinCos, tanh } from "./elementary/index.js";
export { DomainError, requireFinite, requireInRange, requireInteger, requirePositive } from "./errors.js";
export type { Bounds, DomainErrorParts } from "./errors.js";
export { isConverged, outcome } from "./outcome.js";
export type { Outcome, OutcomeKind } from "./outcome.js";
export { key, keyFromWords, philoxBlock } from "./random/index.js";
export type { Key, KeyPart, Stream, UniformSource } from "./random/index.js";
