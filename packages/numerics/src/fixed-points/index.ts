export { andersonFixedPoint } from "./anderson.js";
export type { AndersonOptions } from "./anderson.js";
export { dampedFixedPoint } from "./damped.js";
export type { DampedOptions } from "./damped.js";
export type { FixedPoint, FixedPointOptions, VectorMap } from "./fixed-point.js";
