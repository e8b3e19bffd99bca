/** @file Linear theory about the uniform measure: growth rates, the dominant degree, transitions. */
import { dominantDegree, growthRate, growthTransition, logGrowthRate, scaledGrowthRate } from "@mesoscope/mean-field-pde";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { beta, dimension, flow, number, numbers, object, positiveDegree } from "./inputs.js";

interface Model {
  readonly flow: "SA" | "USA";
  readonly beta: number;
  readonly d: number;
}

export const growthRateQuantity: Quantity = quantity<Model & { k: number }>({
  id: "growth-rate",
  title: "Growth rate of degree k about the uniform measure",
  equations: equations("growth-rate", "funk-hecke"),
  input: object({ flow, beta, d: dimension, k: positiveDegree }),
  output: object({
    rate: { type: ["number", "null"], description: "γ_k in 1/depth, or null where it exceeds the largest double" },
    log: { type: ["number", "null"], description: "ln |γ_k|, or null where γ_k = 0" },
    scaled: number("e^{-|β|} γ_k^USA: the rate in scaled time t e^{|β|}, whatever the flow asked for"),
  }),
  example: { flow: "USA", beta: 5, d: 2, k: 3 },
  compute({ k, ...model }) {
    const neutral = model.beta === 0 && k > 1;
    const log = neutral ? null : logGrowthRate(k, model);
    // ln of the largest double: beyond it only the logarithm is an answer.
    const overflows = log !== null && log > 709.78;
    return { rate: overflows ? null : growthRate(k, model), log, scaled: scaledGrowthRate(k, model) };
  },
});

export const dominantDegreeQuantity: Quantity = quantity<{ beta: number; d: number }>({
  id: "dominant-degree",
  title: "Degree that grows fastest",
  equations: equations("k-max", "growth-rate"),
  input: object({ beta, d: dimension }),
  output: object({
    k: number("k_max"),
    tiesWith: { type: ["integer", "null"], description: "the degree that grows exactly as fast, at a transition" },
    runnerUpRatio: number("second largest rate over the largest"),
  }),
  example: { beta: 5, d: 2 },
  compute({ beta: b, d }) {
    const { k, tiesWith, runnerUpRatio } = dominantDegree(b, d);
    return { k, tiesWith: tiesWith ?? null, runnerUpRatio };
  },
});

export const growthTransitionQuantity: Quantity = quantity<{ k: number; d: number }>({
  id: "growth-transition",
  title: "Inverse temperature at which degree k + 1 overtakes degree k",
  equations: equations("growth-transition"),
  input: object({ k: positiveDegree, d: dimension }),
  output: object({ beta: number("β_k"), bracket: numbers("an interval that holds the root") }),
  example: { k: 1, d: 2 },
  compute({ k, d }) {
    const { beta: root, bracket } = growthTransition(k, d);
    return { beta: root, bracket };
  },
});
