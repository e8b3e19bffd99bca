/** @file What tokens on the circle feel of a configuration. */
import { kernelField, kernelFieldOrder } from "@mesoscope/mean-field-pde";
import { circleMoments } from "@mesoscope/particle-flow";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { beta, numbers, object } from "./inputs.js";

export const kernelFieldQuantity: Quantity = quantity<{ beta: number; angles: readonly number[]; at: readonly number[] }>({
  id: "kernel-field",
  title: "Kernel-smoothed field of tokens on the circle",
  equations: equations("moments", "kernel-field"),
  input: object({ beta: { ...beta, minimum: -100, maximum: 100 }, angles: { ...numbers("angles of the tokens in radians"), minItems: 1 }, at: numbers("angles at which the field is wanted") }),
  output: object({ field: numbers("(1/n) Σ_j e^{β cos(θ − θ_j) − |β|}") }),
  example: { beta: 5, angles: [0, 0.5, 3], at: [0, 1.5] },
  compute({ beta: b, angles, at }) {
    const moments = circleMoments(Float64Array.from(angles), kernelFieldOrder(b).order);
    return { field: [...kernelField(b, moments, at)] };
  },
});
