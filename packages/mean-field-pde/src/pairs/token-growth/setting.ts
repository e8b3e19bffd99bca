import type { ParameterSchema, Parameters } from "@mesoscope/contracts";
import { log } from "@mesoscope/numerics";
import { dominantDegree } from "../../linear/dominant-degree.js";
import { type Flow, type LinearModel } from "../../linear/flow.js";
import { growthRate } from "../../linear/growth-rate.js";
import { readParameters } from "../read-parameters.js";
import { betaProperty, flowProperty } from "../shared-parameters.js";

/** Parameters of the pair "token-growth". */
export const growthParameters: ParameterSchema = {
  type: "object",
  properties: {
    flow: flowProperty,
    beta: betaProperty,
    d: { type: "integer", symbol: "d", description: "Dimension of the tokens, 2 (the circle) or more.", unit: "1", minimum: 2, maximum: 4096, default: 2 },
    degrees: { type: "integer", symbol: "K", description: "Degrees that are observed, 1 to K.", unit: "1", minimum: 1, maximum: 32, default: 4 },
    growth: {
      type: "number",
      symbol: "G",
      description: "Factor by which the power of the fastest degree grows in the limit until the last time.",
      unit: "1",
      exclusiveMinimum: 1,
      maximum: 1e6,
      default: 20,
    },
    times: { type: "integer", symbol: "m", description: "Equal intervals of the grid of times.", unit: "1", minimum: 1, maximum: 200, default: 6 },
    rateError: {
      type: "number",
      symbol: "ε",
      description: "Relative error of the growth rates that the time step may cause.",
      unit: "1",
      minimum: 1e-12,
      maximum: 1e-2,
      default: 1e-4,
    },
  },
  additionalProperties: false,
};

/** The parameters as the sampler and the theories use them. */
export interface GrowthSetting {
  readonly model: LinearModel;
  readonly degrees: readonly number[];
  /** From 0 to the depth at which the fastest degree has grown by the factor asked for. */
  readonly times: readonly number[];
  readonly rateError: number;
}

/** @throws DomainError for parameters that break their schema */
export function growthSetting(parameters: Parameters): GrowthSetting {
  const read = readParameters(growthParameters, parameters);
  const model: LinearModel = { flow: read.text("flow") as Flow, beta: read.number("beta"), d: read.number("d") };
  const fastest = growthRate(dominantDegree(model.beta, model.d).k, model);
  const end = log(read.number("growth")) / (2 * fastest);
  const intervals = read.number("times");
  return {
    model,
    degrees: Array.from({ length: read.number("degrees") }, (_, i) => i + 1),
    times: Array.from({ length: intervals + 1 }, (_, i) => (end * i) / intervals),
    rateError: read.number("rateError"),
  };
}
