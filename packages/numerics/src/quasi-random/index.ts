/** @file Points that fill the cube more evenly than chance. */
export { sobolPoints, type SobolOptions } from "./sobol.js";
