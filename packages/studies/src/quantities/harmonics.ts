/** @file Harmonics of the sphere: dimensions, Funk-Hecke coefficients, truncation on the circle. */
import { exp } from "@mesoscope/numerics";
import { gegenbauerSequence } from "@mesoscope/special-functions";
import { circleTruncation, circleTruncationBound, funkHeckeRatio, harmonicDimension, harmonicEigenvalue, logFunkHecke, sphereTruncation, sphereTruncationBound, vonMisesFisherMeanLength } from "@mesoscope/sphere";
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

export const sphereTruncationQuantity: Quantity = quantity<{ beta: number; epsilon: number }>({
  id: "sphere-truncation",
  title: "Degrees needed on the sphere, d = 3",
  equations: equations("sphere-truncation"),
  input: object({
    beta: { ...beta, minimum: 0 },
    epsilon: { type: "number", exclusiveMinimum: 0, maximum: 1, description: "ε, error allowed relative to e^β" },
  }),
  output: object({ order: number("K, smallest degree with β (i_K + i_{K+1}) <= ε e^β"), bound: number("β (i_K + i_{K+1}) / e^β") }),
  example: { beta: 5, epsilon: 1e-8 },
  compute({ beta: b, epsilon }) {
    const order = sphereTruncation(b, epsilon);
    return { order, bound: sphereTruncationBound(b, order) };
  },
});

export const kernelExpansionQuantity: Quantity = quantity<{ d: number; beta: number; t: number; K: number }>({
  id: "kernel-expansion",
  title: "The attention kernel by its harmonics",
  equations: equations("funk-hecke", "gegenbauer"),
  input: object({
    d: dimension,
    beta: { ...beta, exclusiveMinimum: 0, maximum: 600 },
    t: { type: "number", minimum: -1, maximum: 1, description: "cosine of the angle" },
    K: { type: "integer", minimum: 0, maximum: 512, description: "highest degree kept" },
  }),
  output: object({ partialSum: number("Σ_{k<=K} c_k D_k P_k(t)"), exact: number("e^{βt}") }),
  example: { d: 3, beta: 5, t: 0.5, K: 12 },
  compute({ d, beta: b, t, K }) {
    let partialSum = 0;
    for (const [k, p] of gegenbauerSequence(K, d, t).entries()) partialSum += exp(logFunkHecke(k, d, b)) * harmonicDimension(k, d) * p;
    return { partialSum, exact: exp(b * t) };
  },
});

export const vonMisesFisherQuantity: Quantity = quantity<{ d: number; concentration: number }>({
  id: "von-mises-fisher",
  title: "Mean length of the von Mises-Fisher law",
  equations: [],
  input: object({ d: dimension, concentration: { type: "number", minimum: 0, description: "κ, concentration" } }),
  output: object({ meanLength: number("|E x|") }),
  example: { d: 3, concentration: 2 },
  compute: ({ d, concentration }) => ({ meanLength: vonMisesFisherMeanLength(d, concentration) }),
});
