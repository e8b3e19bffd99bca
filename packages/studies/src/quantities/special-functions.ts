/** @file The special functions that the theory is written in. */
import { besselI, besselIRatio, besselIScaled, gegenbauer, logBesselI } from "@mesoscope/special-functions";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { degree, dimension, number, object } from "./inputs.js";

export const besselIQuantity: Quantity = quantity<{ nu: number; x: number }>({
  id: "bessel-i",
  title: "Modified Bessel function of the first kind",
  equations: equations("bessel-i"),
  input: object({ nu: { type: "number", minimum: 0, description: "ν, order" }, x: { type: "number", minimum: 0, description: "argument" } }),
  output: object({
    value: { type: ["number", "null"], description: "I_ν(x), or null where it exceeds the largest double" },
    scaled: number("e^{-x} I_ν(x)"),
    log: { type: ["number", "null"], description: "ln I_ν(x), or null where I_ν(x) = 0" },
    ratio: number("I_{ν+1}(x) / I_ν(x)"),
  }),
  example: { nu: 2, x: 5 },
  compute({ nu, x }) {
    const scaled = besselIScaled(nu, x);
    const vanishes = x === 0 && nu > 0;
    return { value: finiteOrNull(() => besselI(nu, x)), scaled, log: vanishes ? null : logBesselI(nu, x), ratio: besselIRatio(nu, x) };
  },
});

export const gegenbauerQuantity: Quantity = quantity<{ k: number; d: number; t: number }>({
  id: "gegenbauer",
  title: "Gegenbauer polynomial with value 1 at 1",
  equations: equations("gegenbauer"),
  input: object({ k: degree, d: dimension, t: { type: "number", minimum: -1, maximum: 1, description: "cosine of the angle" } }),
  output: object({ value: number("P_k(t)") }),
  example: { k: 3, d: 8, t: 0.5 },
  compute: ({ k, d, t }) => ({ value: gegenbauer(k, d, t) }),
});

/** Overflow is an answer here ("too large for a double"), not a fault of the one who asks. */
function finiteOrNull(evaluate: () => number): number | null {
  try {
    const value = evaluate();
    return Number.isFinite(value) ? value : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
