import type { ParameterSchema, Parameters } from "@mesoscope/contracts";
import { log } from "@mesoscope/numerics";
import { dominantDegree, competingDegrees } from "../../linear/dominant-degree.js";
import { type Flow, type LinearModel } from "../../linear/flow.js";
import { growthRate } from "../../linear/growth-rate.js";
import { effectiveThreshold, saturationOrZero } from "../../laws/landau.js";
import { readParameters } from "../read-parameters.js";
import { betaProperty, flowProperty } from "../shared-parameters.js";

/** Parameters of the pair "circle-emergence". */
export const emergenceParameters: ParameterSchema = {
  type: "object",
  properties: {
    flow: flowProperty,
    beta: betaProperty,
    r: {
      type: "number",
      symbol: "r",
      description: "Threshold of |Z_k| at which a mode counts as departed, between 0 and 1.",
      unit: "1",
      exclusiveMinimum: 0,
      maximum: 0.9,
      default: 0.2,
    },
    modes: {
      type: "integer",
      symbol: "K",
      description: "Modes that are followed, 1 to K; 0 takes all that grow at 2 % of the largest rate or more.",
      unit: "1",
      minimum: 0,
      maximum: 64,
      default: 0,
    },
    horizon: {
      type: "number",
      symbol: "h",
      description: "How long to wait for the dominant mode: until the depth it would reach only with probability e^{-h}, that is (ln M + h)/(2 γ).",
      unit: "1",
      minimum: 1,
      maximum: 60,
      default: 18,
    },
    rateError: {
      type: "number",
      symbol: "ε",
      description: "Relative error of the growth rates that the time step may cause; half the step gives a sixteenth of it.",
      unit: "1",
      minimum: 1e-12,
      maximum: 1e-2,
      default: 2e-4,
    },
  },
  additionalProperties: false,
};

/** The parameters as the sampler and the theories use them. */
export interface EmergenceSetting {
  readonly model: LinearModel;
  readonly r: number;
  readonly modes: readonly number[];
  readonly horizon: number;
  readonly rateError: number;
  /** The dominant degree, and its rate. */
  readonly dominant: number;
  readonly rate: number;
}

/** @throws DomainError for parameters that break their schema */
export function emergenceSetting(parameters: Parameters): EmergenceSetting {
  const read = readParameters(emergenceParameters, parameters);
  const model: LinearModel = { flow: read.text("flow") as Flow, beta: read.number("beta"), d: 2 };
  const { k: dominant } = dominantDegree(model.beta, 2);
  const asked = read.number("modes");
  const highest = Math.max(dominant, asked === 0 ? (competingDegrees(model.beta, 2).at(-1) ?? 1) : asked);
  return {
    model,
    r: read.number("r"),
    modes: Array.from({ length: highest }, (_, i) => i + 1),
    horizon: read.number("horizon"),
    rateError: read.number("rateError"),
    dominant,
    rate: growthRate(dominant, model),
  };
}

/** Depth at which the sampler stops waiting: (ln M + h) / (2 gamma), M = n r^2/(1 - g r^2) of the dominant mode. */
export function horizonDepth({ model, r, dominant, rate, horizon }: EmergenceSetting, n: number): number {
  const growth = n * effectiveThreshold(r, saturationOrZero(dominant, model));
  return Math.max(1, log(growth) + horizon) / (2 * rate);
}
