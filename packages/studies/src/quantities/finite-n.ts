/** @file What n tokens do that infinitely many do not: slowed growth, noise, and how many clusters come of it. */
import {
  correctedStructureFactorGrowth,
  expectedClusterCount,
  growthSlowdown,
  initialStructureGrowth,
  pairStructureGrowth,
  selfAttentionSlowdown,
  singleModeMeters,
  structureFactorGrowth,
} from "@mesoscope/mean-field-pde";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { beta, dimension, flow, number, object, positiveDegree, threshold, tokens } from "./inputs.js";

const time = { type: "number", minimum: 0, description: "t, time, that is depth" } as const;

interface Model {
  readonly flow: "SA" | "USA";
  readonly beta: number;
  readonly d: number;
}

export const slowdownQuantity: Quantity = quantity<Model & { k: number; n: number }>({
  id: "self-attention-slowdown",
  title: "How much n tokens grow more slowly than the limit",
  equations: equations("self-attention-slowdown"),
  input: object({ flow, beta, d: dimension, k: positiveDegree, n: tokens }),
  output: object({ coefficient: number("C, the 1/n coefficient"), factor: number("growth at n tokens over growth in the limit") }),
  example: { flow: "SA", beta: 5, d: 2, k: 3, n: 1024 },
  compute: ({ k, n, ...model }) => ({ coefficient: selfAttentionSlowdown(k, model), factor: growthSlowdown(k, model, n) }),
});

export const structureFactorQuantity: Quantity = quantity<Model & { k: number; n: number; t: number }>({
  id: "structure-factor",
  title: "Growth of the structure factor from independent uniform tokens",
  equations: equations("structure-factor", "self-attention-slowdown"),
  input: object({ flow, beta, d: dimension, k: positiveDegree, n: tokens, t: time }),
  output: object({
    limit: { type: ["number", "null"], description: "n E S_k(t) as n grows, or null where it exceeds the largest double" },
    corrected: { type: ["number", "null"], description: "the same with the growth slowed to first order in 1/n" },
  }),
  example: { flow: "SA", beta: 5, d: 3, k: 3, n: 1024, t: 0.5 },
  compute({ k, n, t, ...model }) {
    const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
    return { limit: finiteOrNull(structureFactorGrowth(k, model, t)), corrected: finiteOrNull(correctedStructureFactorGrowth(k, model, t, n)) };
  },
});

export const initialGrowthQuantity: Quantity = quantity<Model & { k: number; n: number }>({
  id: "initial-growth",
  title: "Growth of the structure factor at t = 0",
  equations: equations("self-attention-slowdown"),
  input: object({ flow, beta, d: dimension, k: positiveDegree, n: tokens }),
  output: object({
    rate: number("d/dt E S_k at t = 0: exact for USA, to first order in 1/n for SA"),
    exactPair: { type: ["number", "null"], description: "the exact rate of two softmax tokens on the circle; null for any other case" },
  }),
  example: { flow: "SA", beta: 5, d: 2, k: 1, n: 2 },
  compute({ k, n, ...model }) {
    const isPair = model.flow === "SA" && n === 2 && model.d === 2;
    return { rate: initialStructureGrowth(k, model, n), exactPair: isPair ? pairStructureGrowth(k, model.beta) : null };
  },
});

export const validityQuantity: Quantity = quantity<Model & { n: number; r: number }>({
  id: "validity",
  title: "How far the laws of departure may be trusted",
  equations: equations("departure-law", "mode-competition"),
  input: object({ flow, beta: { ...beta, maximum: 100, minimum: -100 }, d: dimension, n: { ...tokens, minimum: 2 }, r: threshold }),
  output: object({ meters: { type: "array", items: object({ symbol: { type: "string" }, meaning: { type: "string" }, value: number("below the threshold the law is inside its assumptions"), threshold: number("threshold") }) } }),
  example: { flow: "SA", beta: 5, d: 2, n: 1024, r: 0.2 },
  compute: (input) => ({ meters: singleModeMeters(input) }),
});

export const clusterNumberQuantity: Quantity = quantity<{ flow: "SA" | "USA"; beta: number; t: number }>({
  id: "cluster-number",
  title: "Expected number of clusters on the circle",
  equations: equations("cluster-number"),
  input: object({ flow, beta: { ...beta, exclusiveMinimum: 0 }, t: time }),
  output: object({ count: number("expected number of local maxima of the smoothed field") }),
  example: { flow: "USA", beta: 5, t: 0.2 },
  compute: ({ flow: kind, beta: b, t }) => ({ count: expectedClusterCount({ flow: kind, beta: b, time: t }) }),
});
