/** @file What n tokens do that infinitely many do not: slowed growth, noise, and how many clusters come of it. */
import { correctedStructureFactorGrowth, expectedClusterCount, growthSlowdown, selfAttentionSlowdown, structureFactorGrowth } from "@mesoscope/mean-field-pde";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { beta, dimension, flow, number, object, positiveDegree, tokens } from "./inputs.js";

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
  output: object({ limit: number("n E S_k(t) as n grows"), corrected: number("the same with the growth slowed to first order in 1/n") }),
  example: { flow: "SA", beta: 5, d: 3, k: 3, n: 1024, t: 0.5 },
  compute: ({ k, n, t, ...model }) => ({ limit: structureFactorGrowth(k, model, t), corrected: correctedStructureFactorGrowth(k, model, t, n) }),
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
