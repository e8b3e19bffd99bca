/** @file The special functions that the theory is written in. */
import {
  besselI,
  besselIRatio,
  besselIScaled,
  digamma,
  e1,
  ei,
  erf,
  erfc,
  gegenbauer,
  hypergeometric2F1,
  logBesselI,
  logGamma,
  logHypergeometric0F1,
  trigamma,
} from "@mesoscope/special-functions";
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

export const gammaQuantity: Quantity = quantity<{ x: number }>({
  id: "gamma",
  title: "Gamma function and its logarithmic derivatives",
  equations: [],
  input: object({ x: { type: "number", exclusiveMinimum: 0, description: "argument" } }),
  output: object({ log: number("ln Γ(x)"), digamma: number("ψ(x)"), trigamma: number("ψ′(x)") }),
  example: { x: 2.5 },
  compute: ({ x }) => ({ log: logGamma(x), digamma: digamma(x), trigamma: trigamma(x) }),
});

export const exponentialIntegralQuantity: Quantity = quantity<{ x: number }>({
  id: "exponential-integral",
  title: "Exponential integrals",
  equations: [],
  input: object({ x: { type: "number", exclusiveMinimum: 0, description: "argument" } }),
  output: object({ ei: { type: ["number", "null"], description: "Ei(x), or null where it exceeds the largest double" }, e1: number("E₁(x)") }),
  example: { x: 2 },
  compute: ({ x }) => ({ ei: finiteOrNull(() => ei(x)), e1: e1(x) }),
});

export const errorFunctionQuantity: Quantity = quantity<{ x: number }>({
  id: "error-function",
  title: "Error function",
  equations: [],
  input: object({ x: number("argument") }),
  output: object({ erf: number("erf(x)"), erfc: number("1 - erf(x)") }),
  example: { x: 0.5 },
  compute: ({ x }) => ({ erf: erf(x), erfc: erfc(x) }),
});

export const hypergeometric0F1Quantity: Quantity = quantity<{ b: number; z: number }>({
  id: "hypergeometric-0f1",
  title: "Confluent hypergeometric limit function",
  equations: [],
  input: object({ b: { type: "number", exclusiveMinimum: 0, description: "parameter" }, z: { type: "number", minimum: 0, description: "argument" } }),
  output: object({ log: number("ln 0F1(; b; z)") }),
  example: { b: 1.5, z: 4 },
  compute: ({ b, z }) => ({ log: logHypergeometric0F1(b, z) }),
});

export const hypergeometric2F1Quantity: Quantity = quantity<{ a: number; b: number; c: number; z: number }>({
  id: "hypergeometric-2f1",
  title: "Gauss hypergeometric function on [0, 1]",
  equations: [],
  input: object({ a: number("parameter"), b: number("parameter"), c: { type: "number", exclusiveMinimum: 0, description: "parameter" }, z: { type: "number", minimum: 0, maximum: 1, description: "argument" } }),
  output: object({ value: number("2F1(a, b; c; z)") }),
  example: { a: 1, b: -0.5, c: 2.5, z: 0.25 },
  compute: ({ a, b, c, z }) => ({ value: hypergeometric2F1(a, b, c, z) }),
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
