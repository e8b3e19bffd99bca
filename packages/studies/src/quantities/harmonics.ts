/** @file Harmonics of the sphere: dimensions, Funk-Hecke coefficients, truncation on the circle. */
import { circleTruncation, circleTruncationBound, funkHeckeRatio, harmonicDimension, harmonicEigenvalue, logFunkHecke } from "@mesoscope/sphere";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { beta, degree, dimension, number, object } from "./inputs.js";

export const harmonicsQuantity: Quantity = quantity<{ k: number; d: number }>({
  id: "harmonics",
  title: "Harmonics of degree k: how many, and their eigenvalue",
  equations: equations("growth-rate"),
  input: object({ k: degree, d: dimension }),
  output: object({ dimension: number("D_k, number of independent harmonics"), eigenvalue: number("λ_k = k (k + d - 2)") }),
  example: { k: 2, d: 3 },
  compute: ({ k, d }) => ({ dimension: harmonicDimension(k, d), eigenvalue: harmonicEigenvalue(k, d) }),
});

export const funkHeckeQuantity: Quantity = quantity<{ k: number; d: number; beta: number }>({
  id: "funk-hecke",
  title: "Funk-Hecke coefficient of the attention kernel",
  equations: equations("funk-hecke"),
  input: object({ k: degree, d: dimension, beta: { ...beta, minimum: 0 } }),
  output: object({
    log: { type: ["number", "null"], description: "ln c_k, or null where c_k = 0" },
    ratio: number("c_k / c_0"),
  }),
  example: { k: 2, d: 3, beta: 5 },
  compute: ({ k, d, beta: b }) => ({ log: b === 0 && k > 0 ? null : logFunkHecke(k, d, b), ratio: funkHeckeRatio(k, d, b) }),
});

export const circleTruncationQuantity: Quantity = quantity<{ beta: number; epsilon: number }>({
  id: "circle-truncation",
  title: "Harmonics needed on the circle",
  equations: equations("circle-truncation"),
  input: object({
    beta: { ...beta, minimum: 0 },
    epsilon: { type: "number", exclusiveMinimum: 0, maximum: 1, description: "ε, error allowed relative to e^β" },
  }),
  output: object({ order: number("K, smallest number of harmonics with I_K + I_{K+1} <= ε e^β"), bound: number("(I_K + I_{K+1}) / e^β") }),
  example: { beta: 5, epsilon: 1e-8 },
  compute({ beta: b, epsilon }) {
    const order = circleTruncation(b, epsilon);
    return { order, bound: circleTruncationBound(b, order) };
  },
});
