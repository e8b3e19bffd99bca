import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface BifurcationParameters extends Parameters {
  readonly gamma: number;
  readonly low: number;
  readonly high: number;
  readonly betas: number;
  readonly zoomLow: number;
  readonly zoomHigh: number;
  readonly zoomBetas: number;
  readonly burnIn: number;
  readonly tokens: number;
  readonly starts: number;
  readonly exponents: number;
  readonly zero: number;
  readonly bins: number;
  readonly exponentTolerance: number;
  readonly approachTokens: number;
  readonly approachTolerance: number;
  readonly journeyBetas: number;
  readonly journeyTokens: number;
}

const beta = { type: "number", unit: "1", minimum: 0, maximum: 100 } as const;

export const bifurcationSchema: ParameterSchema = {
  type: "object",
  properties: {
    gamma: { type: "number", symbol: "γ", description: "inverse temperature of the attention; 220 is the published one", unit: "1", default: 220, minimum: -1e6, maximum: 1e6 },
    low: { ...beta, symbol: "β₋", description: "lowest inverse temperature of the whole diagram", default: 0 },
    high: { ...beta, symbol: "β₊", description: "highest inverse temperature of the whole diagram", default: 3 },
    betas: { type: "integer", symbol: "n_β", description: "inverse temperatures of the whole diagram", unit: "1", minimum: 2, maximum: 100_001 },
    zoomLow: { ...beta, symbol: "β₋'", description: "lowest inverse temperature of the enlarged part", default: 1.24 },
    zoomHigh: { ...beta, symbol: "β₊'", description: "highest inverse temperature of the enlarged part", default: 1.28 },
    zoomBetas: { type: "integer", symbol: "n_β'", description: "inverse temperatures of the enlarged part", unit: "1", minimum: 2, maximum: 100_001 },
    burnIn: { type: "integer", symbol: "B", description: "tokens before anything is measured", unit: "token", minimum: 0, maximum: 100_000_000 },
    tokens: { type: "integer", symbol: "T", description: "tokens over which exponents are averaged, a multiple of 20", unit: "token", minimum: 200, maximum: 100_000_000 },
    starts: { type: "integer", symbol: "R", description: "starts at each inverse temperature: the first output feature, and random windows", unit: "1", default: 2, minimum: 2, maximum: 1000 },
    exponents: { type: "integer", symbol: "K", description: "Lyapunov exponents that are measured; 12 are all", unit: "1", minimum: 1, maximum: 12 },
    zero: { type: "number", symbol: "δ", description: "an exponent within this of zero counts as zero", unit: "nat per token", exclusiveMinimum: 0, maximum: 0.1 },
    bins: { type: "integer", symbol: "b", description: "bins of the first output overlap", unit: "1", default: 100, minimum: 8, maximum: 1024 },
    exponentTolerance: { type: "number", symbol: "ε_λ", description: "deviation of an exponent from that of its periodic orbit that does not matter", unit: "nat per token", exclusiveMinimum: 0, maximum: 1 },
    approachTokens: { type: "integer", symbol: "T'", description: "tokens at each of eight inverse temperatures by which the place of the first bifurcation is measured; a multiple of 20", unit: "token", minimum: 200, maximum: 100_000_000 },
    approachTolerance: { type: "number", symbol: "ε", description: "error of that place that does not matter", unit: "1", exclusiveMinimum: 0, maximum: 0.1 },
    journeyBetas: { type: "integer", symbol: "n_j", description: "inverse temperatures of a journey through the enlarged part", unit: "1", minimum: 2, maximum: 100_001 },
    journeyTokens: { type: "integer", symbol: "T_j", description: "tokens at each of them, after as many to settle; a multiple of 20", unit: "token", minimum: 200, maximum: 10_000_000 },
  },
  additionalProperties: false,
};

/** `full` is the published diagram: 4001 inverse temperatures of 110,000 tokens, twice, with full spectra. */
export const bifurcationLevels: Readonly<Record<Level, Parameters>> = {
  quick: { betas: 41, zoomBetas: 33, burnIn: 3000, tokens: 3000, exponents: 3, zero: 2e-3, exponentTolerance: 0.03, approachTokens: 10_000, approachTolerance: 2e-3, journeyBetas: 81, journeyTokens: 600 },
  default: { betas: 101, zoomBetas: 161, burnIn: 10_000, tokens: 10_000, exponents: 4, zero: 5e-4, exponentTolerance: 0.01, approachTokens: 100_000, approachTolerance: 3e-4, journeyBetas: 321, journeyTokens: 1500 },
  full: { betas: 4001, zoomBetas: 4001, burnIn: 10_000, tokens: 100_000, exponents: 12, zero: 1e-4, exponentTolerance: 2e-3, approachTokens: 1_000_000, approachTolerance: 3e-5, journeyBetas: 4001, journeyTokens: 3000 },
};

export const LEVEL = 0.01;
export const CONFIDENCE = 0.95;
