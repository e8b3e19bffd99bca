export { acos, asin, atan, atan2 } from "./atan.js";
export { erf, erfc, erfcScaled } from "./error-function.js";
export { exp } from "./exp.js";
export { expm1 } from "./expm1.js";
export { log } from "./log.js";
export { log1p } from "./log1p.js";
export { cos, sin, sinCos } from "./sin-cos.js";
export { tanh } from "./tanh.js";
