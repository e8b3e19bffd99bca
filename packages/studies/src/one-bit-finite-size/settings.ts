import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface FiniteSizeParameters extends Parameters {
  readonly sizes: readonly number[];
  readonly replicas: number;
  readonly tokens: number;
  readonly every: number;
  readonly tolerance: number;
  readonly spreadTolerance: number;
  readonly longReplicas: number;
  readonly longTokens: number;
  readonly longTolerance: number;
  readonly exitSizes: readonly number[];
  readonly exitReplicas: number;
  readonly exitTolerance: number;
  readonly exponentTokens: number;
}

const size = { type: "integer", minimum: 300, maximum: 999_999_999_999 } as const;

export const finiteSizeSchema: ParameterSchema = {
  type: "object",
  properties: {
    sizes: { type: "array", symbol: "N", description: "numbers of bits, increasing multiples of 3", unit: "1", items: size, minItems: 4 },
    replicas: { type: "integer", symbol: "R", description: "runs at each size, all from one window on the attractor of the map", unit: "1", minimum: 16, maximum: 1_000_000 },
    tokens: { type: "integer", symbol: "T", description: "tokens that each run is followed", unit: "token", minimum: 8, maximum: 100_000 },
    every: { type: "integer", symbol: "s", description: "every s-th token is compared", unit: "token", minimum: 1, maximum: 1000 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of the mean overlap from the map that does not matter", unit: "1", default: 0.02, exclusiveMinimum: 0, maximum: 1 },
    spreadTolerance: { type: "number", symbol: "ε_σ", description: "share by which the spread may differ from linear noise", unit: "1", default: 0.2, exclusiveMinimum: 0, maximum: 0.9 },
    longReplicas: { type: "integer", symbol: "R∞", description: "long runs at each size", unit: "1", minimum: 8, maximum: 100_000 },
    longTokens: { type: "integer", symbol: "T∞", description: "length of a long run, the second half of which is looked at", unit: "token", minimum: 90, maximum: 100_000_000 },
    longTolerance: { type: "number", symbol: "ε∞", description: "share by which the mean square of an overlap in the long run may be off without mattering; 0.001 where it is small", unit: "1", default: 0.15, exclusiveMinimum: 0, maximum: 1 },
    exitSizes: { type: "array", symbol: "N", description: "numbers of bits for which the exit from the chaotic trajectory is timed, increasing multiples of 3", unit: "1", items: size, minItems: 3 },
    exitReplicas: { type: "integer", symbol: "Rₑ", description: "starts on the attractor for each", unit: "1", minimum: 32, maximum: 1_000_000 },
    exitTolerance: { type: "number", symbol: "ε_λ", description: "share by which the slope of the exit time in ln N may differ from 1/(2λ)", unit: "1", default: 0.05, exclusiveMinimum: 0, maximum: 0.5 },
    exponentTokens: { type: "integer", symbol: "T_λ", description: "tokens from which λ is measured", unit: "token", minimum: 10_000, maximum: 1_000_000_000 },
  },
  additionalProperties: false,
};

export const finiteSizeLevels: Readonly<Record<Level, Parameters>> = {
  quick: { sizes: [300, 30_000, 3_000_000, 300_000_000], replicas: 64, tokens: 64, every: 4, longReplicas: 8, longTokens: 2520, exitSizes: [120_000, 12_000_000, 1_200_000_000], exitReplicas: 250, exponentTokens: 200_000 },
  default: { sizes: [300, 3000, 30_000, 300_000, 3_000_000, 30_000_000, 300_000_000, 3_000_000_000], replicas: 400, tokens: 96, every: 4, longReplicas: 32, longTokens: 2520, exitSizes: [120_000, 1_200_000, 12_000_000, 120_000_000, 1_200_000_000, 12_000_000_000], exitReplicas: 4000, exponentTokens: 800_000 },
  full: { sizes: [300, 3000, 30_000, 300_000, 3_000_000, 30_000_000, 300_000_000, 3_000_000_000], replicas: 4000, tokens: 128, every: 2, longReplicas: 256, longTokens: 50_400, exitSizes: [120_000, 1_200_000, 12_000_000, 120_000_000, 1_200_000_000, 12_000_000_000], exitReplicas: 20_000, exponentTokens: 20_000_000 },
};
