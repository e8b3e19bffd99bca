/** @file What a user may set, and what each level costs. */
import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface EmergenceParameters extends Parameters {
  readonly beta: number;
  readonly thresholds: readonly number[];
  readonly sizes: readonly number[];
  readonly replicas: number;
  readonly rivalBetas: readonly number[];
  readonly rivalThreshold: number;
  readonly rivalSizes: readonly number[];
  readonly rivalReplicas: number;
  readonly tolerance: number;
  readonly controls: number;
}

const size = { type: "integer", minimum: 2, maximum: 1_000_000 } as const;
const threshold = { type: "number", exclusiveMinimum: 0, maximum: 0.9 } as const;

export const emergenceSchema: ParameterSchema = {
  type: "object",
  properties: {
    beta: { type: "number", symbol: "β", description: "inverse temperature where one mode dominates", unit: "1", default: 0.5, exclusiveMinimum: 0, maximum: 100 },
    thresholds: { type: "array", symbol: "r", description: "thresholds of |Z_k| there", unit: "1", default: [0.2, 0.5], items: threshold, minItems: 1 },
    sizes: { type: "array", symbol: "n", description: "numbers of tokens there, increasing", unit: "1", items: size, minItems: 1 },
    replicas: { type: "integer", symbol: "R", description: "replicas at each size there", unit: "1", minimum: 8, maximum: 10_000_000 },
    rivalBetas: { type: "array", symbol: "β′", description: "inverse temperatures where modes compete", unit: "1", default: [2, 5], items: { type: "number", exclusiveMinimum: 0, maximum: 100 }, minItems: 1 },
    rivalThreshold: { type: "number", symbol: "r′", description: "threshold of |Z_k| where modes compete", unit: "1", default: 0.2, exclusiveMinimum: 0, maximum: 0.9 },
    rivalSizes: { type: "array", symbol: "n′", description: "numbers of tokens where modes compete, increasing", unit: "1", items: size, minItems: 1 },
    rivalReplicas: { type: "integer", symbol: "R′", description: "replicas at each size where modes compete", unit: "1", minimum: 8, maximum: 10_000_000 },
    tolerance: { type: "number", symbol: "ε", description: "deviation that does not matter: of means and spreads as a share of the prediction, of probabilities as they are", unit: "1", exclusiveMinimum: 0, maximum: 0.5 },
    controls: { type: "integer", symbol: "R_c", description: "replicas of the controls (other seeds, half the step) at the smallest size of each case; 0: no controls", unit: "1", default: 64, minimum: 0, maximum: 1_000_000 },
  },
  additionalProperties: false,
};

export const emergenceLevels: Readonly<Record<Level, Parameters>> = {
  quick: { sizes: [128, 256], replicas: 150, rivalSizes: [256], rivalReplicas: 100, tolerance: 0.2 },
  default: { sizes: [128, 256, 512], replicas: 500, rivalSizes: [256, 1024], rivalReplicas: 250, tolerance: 0.1 },
  full: { sizes: [256, 1024, 4096], replicas: 40_000, rivalSizes: [256, 1024, 4096], rivalReplicas: 12_000, tolerance: 0.02 },
};
