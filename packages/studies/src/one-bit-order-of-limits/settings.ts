import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface OrderParameters extends Parameters {
  readonly beta: number;
  readonly exactSizes: readonly number[];
  readonly barrierTolerance: number;
  readonly slowingTolerance: number;
  readonly sizes: readonly number[];
  readonly replicas: number;
  readonly tokens: number;
  readonly every: number;
  readonly tolerance: number;
  readonly exitSizes: readonly number[];
  readonly exitReplicas: number;
}

export const orderSchema: ParameterSchema = {
  type: "object",
  properties: {
    beta: { type: "number", symbol: "β", description: "inverse temperature of one feature with one token of context, with two states ±m*", unit: "1", default: 1.5, exclusiveMinimum: 1.05, maximum: 3 },
    exactSizes: { type: "array", symbol: "N", description: "numbers of bits of the exact chain, increasing even numbers", unit: "1", items: { type: "integer", minimum: 8, maximum: 398 }, minItems: 4 },
    barrierTolerance: { type: "number", symbol: "ε_S", description: "share by which the growth of the relaxation time per bit may differ from the barrier", unit: "1", default: 0.01, exclusiveMinimum: 0, maximum: 0.5 },
    slowingTolerance: { type: "number", symbol: "ε_c", description: "deviation of the power 1/2 of critical slowing that does not matter", unit: "1", default: 0.03, exclusiveMinimum: 0, maximum: 0.5 },
    sizes: { type: "array", symbol: "N", description: "numbers of bits that are run, increasing", unit: "1", items: { type: "integer", minimum: 8, maximum: 200 }, minItems: 2 },
    replicas: { type: "integer", symbol: "R", description: "runs at each size, from one token of N equal bits", unit: "1", minimum: 16, maximum: 1_000_000 },
    tokens: { type: "integer", symbol: "T", description: "tokens that each run is followed", unit: "token", minimum: 100, maximum: 10_000_000 },
    every: { type: "integer", symbol: "s", description: "every s-th token is compared", unit: "token", minimum: 1, maximum: 1_000_000 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of the mean overlap from the exact chain, or from the map, that does not matter", unit: "1", default: 0.15, exclusiveMinimum: 0, maximum: 1 },
    exitSizes: { type: "array", symbol: "N", description: "numbers of bits for which the exit from the chaotic trajectory of the published network is timed", unit: "1", items: { type: "integer", minimum: 300, maximum: 999_999_999_999 }, minItems: 2 },
    exitReplicas: { type: "integer", symbol: "Rₑ", description: "starts on the attractor for each", unit: "1", minimum: 16, maximum: 1_000_000 },
  },
  additionalProperties: false,
};

export const orderLevels: Readonly<Record<Level, Parameters>> = {
  quick: { exactSizes: [20, 40, 60, 80, 120], sizes: [16, 24], replicas: 100, tokens: 2000, every: 100, exitSizes: [30_000, 3_000_000, 300_000_000], exitReplicas: 100 },
  default: { exactSizes: [20, 40, 80, 120, 160, 240], sizes: [12, 16, 20, 24, 28], replicas: 800, tokens: 4000, every: 100, exitSizes: [3000, 30_000, 300_000, 3_000_000, 30_000_000, 300_000_000, 3_000_000_000], exitReplicas: 500 },
  full: { exactSizes: [20, 40, 80, 120, 160, 240, 320, 398], sizes: [12, 16, 20, 24, 28, 32, 36], replicas: 4000, tokens: 40_000, every: 500, exitSizes: [3000, 30_000, 300_000, 3_000_000, 30_000_000, 300_000_000, 3_000_000_000], exitReplicas: 10_000 },
};
