import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
export const RESAMPLES = 499;

export interface LearningParameters extends Parameters {
  readonly gammas: readonly number[];
  readonly width: number;
  readonly widths: readonly number[];
  readonly heads: number;
  readonly replicas: number;
  readonly steps: number;
  readonly eta0: number;
  readonly residualEta0: number;
  readonly tolerance: number;
  readonly powerTolerance: number;
}

export const learningSchema: ParameterSchema = {
  type: "object",
  properties: {
    gammas: { type: "array", symbol: "γ₀", description: "richness, increasing", unit: "1", items: { type: "number", exclusiveMinimum: 0, maximum: 100 }, minItems: 4 },
    width: { type: "integer", symbol: "N", description: "width of a head at every richness", unit: "1", minimum: 1, maximum: 4096 },
    widths: { type: "array", symbol: "N", description: "widths of a head at the second smallest richness and, of the block, at the second largest, increasing", unit: "1", items: { type: "integer", minimum: 1, maximum: 4096 }, minItems: 3 },
    heads: { type: "integer", symbol: "H", description: "number of heads", unit: "1", default: 2, minimum: 1, maximum: 1024 },
    replicas: { type: "integer", symbol: "R", description: "pairs of networks at each richness and width; up to three times as many of the smallest widths at little richness", unit: "1", minimum: 8, maximum: 100_000 },
    steps: { type: "integer", symbol: "T", description: "full-batch steps of gradient descent, a multiple of 4", unit: "step", default: 64, minimum: 4, maximum: 10_000 },
    eta0: { type: "number", symbol: "η₀", description: "learning rate of the block in function space", unit: "1", default: 0.3, exclusiveMinimum: 0, maximum: 100 },
    residualEta0: { type: "number", symbol: "η₀", description: "learning rate of the residual network in function space", unit: "1", default: 0.15, exclusiveMinimum: 0, maximum: 100 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of an output, an alignment, or a power of γ₀ that does not matter", unit: "1", default: 0.05, exclusiveMinimum: 0, maximum: 1 },
    powerTolerance: { type: "number", symbol: "δ", description: "deviation of the power of n that does not matter", unit: "1", default: 0.2, exclusiveMinimum: 0, maximum: 1 },
  },
  additionalProperties: false,
};

export const learningLevels: Readonly<Record<Level, Parameters>> = {
  quick: { gammas: [1 / 32, 1 / 16, 1 / 4, 1, 1.5], width: 8, widths: [8, 12, 16], replicas: 12 },
  default: { gammas: [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 1.5], width: 16, widths: [8, 16, 32], replicas: 40 },
  full: { gammas: [1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 1.5], width: 32, widths: [8, 16, 32, 64], replicas: 200 },
};
