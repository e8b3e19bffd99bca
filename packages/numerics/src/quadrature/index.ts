export { gaussGegenbauer } from "./gauss-gegenbauer.js";
export { gaussHermite } from "./gauss-hermite.js";
export { gaussLegendre } from "./gauss-legendre.js";
export type { QuadratureRule } from "./gauss-legendre.js";
export { integrate } from "./integrate.js";
export type { QuadratureOptions, QuadratureResult } from "./integrate.js";
export { periodicTrapezoid } from "./periodic-trapezoid.js";
