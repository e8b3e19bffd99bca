import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface PhaseMapParameters extends Parameters {
  readonly lowBeta: number;
  readonly highBeta: number;
  readonly betas: number;
  readonly lowGamma: number;
  readonly highGamma: number;
  readonly gammas: number;
  readonly burnIn: number;
  readonly tokens: number;
  readonly starts: number;
  readonly zero: number;
}

export const phaseMapSchema: ParameterSchema = {
  type: "object",
  properties: {
    lowBeta: { type: "number", symbol: "β₋", description: "lowest inverse temperature of the output", unit: "1", default: 0.1, minimum: 0, maximum: 100 },
    highBeta: { type: "number", symbol: "β₊", description: "highest inverse temperature of the output", unit: "1", default: 3, minimum: 0, maximum: 100 },
    betas: { type: "integer", symbol: "n_β", description: "inverse temperatures of the output", unit: "1", minimum: 2, maximum: 1000 },
    lowGamma: { type: "number", symbol: "γ₋", description: "lowest inverse temperature of the attention", unit: "1", default: 0, minimum: -1e6, maximum: 1e6 },
    highGamma: { type: "number", symbol: "γ₊", description: "highest inverse temperature of the attention", unit: "1", default: 300, minimum: -1e6, maximum: 1e6 },
    gammas: { type: "integer", symbol: "n_γ", description: "inverse temperatures of the attention", unit: "1", minimum: 2, maximum: 1000 },
    burnIn: { type: "integer", symbol: "B", description: "tokens before anything is measured", unit: "token", minimum: 0, maximum: 100_000_000 },
    tokens: { type: "integer", symbol: "T", description: "tokens over which exponents are averaged, a multiple of 20", unit: "token", minimum: 200, maximum: 100_000_000 },
    starts: { type: "integer", symbol: "R", description: "starts at each point: the first output feature, and random windows", unit: "1", default: 2, minimum: 2, maximum: 1000 },
    zero: { type: "number", symbol: "δ", description: "an exponent within this of zero counts as zero", unit: "nat per token", exclusiveMinimum: 0, maximum: 0.1 },
  },
  additionalProperties: false,
};

/** `full` has the published 200 by 200 points. */
export const phaseMapLevels: Readonly<Record<Level, Parameters>> = {
  quick: { betas: 13, gammas: 11, burnIn: 2000, tokens: 2000, zero: 3e-3 },
  default: { betas: 30, gammas: 25, burnIn: 4000, tokens: 4000, zero: 1.5e-3 },
  full: { betas: 200, gammas: 200, burnIn: 10_000, tokens: 20_000, zero: 4e-4 },
};
