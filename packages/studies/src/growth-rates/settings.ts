import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface GrowthParameters extends Parameters {
  readonly dimensions: readonly number[];
  readonly betas: readonly number[];
  readonly degrees: number;
  readonly growth: number;
  readonly sizes: readonly number[];
  readonly replicas: number;
  readonly circleReplicas: number;
  readonly tolerance: number;
  readonly controls: number;
}

export const growthSchema: ParameterSchema = {
  type: "object",
  properties: {
    dimensions: { type: "array", symbol: "d", description: "dimensions of the tokens", unit: "1", default: [2, 3, 8], items: { type: "integer", minimum: 2, maximum: 256 }, minItems: 1 },
    betas: { type: "array", symbol: "β", description: "inverse temperatures of the simulations", unit: "1", default: [0.5, 2, 5], items: { type: "number", exclusiveMinimum: 0, maximum: 64 }, minItems: 1 },
    degrees: { type: "integer", symbol: "K", description: "degrees 1 to K are measured", unit: "1", default: 4, minimum: 1, maximum: 16 },
    growth: { type: "number", symbol: "G", description: "factor by which the power of the fastest degree grows during the measurement", unit: "1", default: 1.5, exclusiveMinimum: 1, maximum: 100 },
    sizes: { type: "array", symbol: "n", description: "numbers of tokens, increasing", unit: "1", items: { type: "integer", minimum: 8, maximum: 100_000 }, minItems: 1 },
    replicas: { type: "integer", symbol: "R", description: "replicas at each size for d ≥ 3", unit: "1", minimum: 8, maximum: 1_000_000 },
    circleReplicas: { type: "integer", symbol: "R₂", description: "replicas at each size for d = 2, where a drift costs n K and not n² d", unit: "1", minimum: 8, maximum: 1_000_000 },
    tolerance: { type: "number", symbol: "ε", description: "deviation that does not matter, as a share of the fastest rate", unit: "1", exclusiveMinimum: 0, maximum: 0.5 },
    controls: { type: "integer", symbol: "R_c", description: "replicas of the controls (other seeds, half the step) at the smallest size of each model; 0: no controls", unit: "1", default: 32, minimum: 0, maximum: 1_000_000 },
  },
  additionalProperties: false,
};

export const growthLevels: Readonly<Record<Level, Parameters>> = {
  quick: { sizes: [128], replicas: 16, circleReplicas: 200, tolerance: 0.3 },
  default: { sizes: [64, 256], replicas: 48, circleReplicas: 1000, tolerance: 0.1 },
  full: { sizes: [256, 1024], replicas: 256, circleReplicas: 8000, tolerance: 0.05 },
};
