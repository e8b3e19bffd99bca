import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface SaturationParameters extends Parameters {
  readonly task: string;
  readonly heads: number;
  readonly blocks: number;
  readonly rates: readonly number[];
  readonly judged: readonly number[];
  readonly sizes: readonly number[];
  readonly replicas: number;
  readonly earlySteps: number;
  readonly steps: number;
  readonly resamples: number;
  readonly tolerance: number;
  readonly soft: number;
  readonly allowedDiverged: number;
}

export const saturationSchema: ParameterSchema = {
  type: "object",
  properties: {
    task: { type: "string", symbol: "task", description: "what is learned: two inputs of two tokens, retrieval of a value by its key, or two species of iris flowers", unit: "1", enum: ["two-inputs", "retrieval", "iris"], default: "two-inputs" },
    heads: { type: "integer", symbol: "H", description: "number of heads", unit: "1", default: 1, minimum: 1, maximum: 64 },
    blocks: { type: "integer", symbol: "L", description: "number of blocks", unit: "1", default: 1, minimum: 1, maximum: 64 },
    rates: { type: "array", symbol: "η₀", description: "learning rates: a small and a large step", unit: "1", default: [0.05, 0.5], items: { type: "number", exclusiveMinimum: 0, maximum: 10 }, minItems: 1 },
    judged: { type: "array", symbol: "t₁", description: "step at which growth with N is judged, one for each rate: early enough that attention is not saturated", unit: "step", default: [4, 1], items: { type: "integer", minimum: 1, maximum: 1000 }, minItems: 1 },
    sizes: { type: "array", symbol: "N", description: "widths of a head, increasing", unit: "1", items: { type: "integer", minimum: 2, maximum: 1024 }, minItems: 3 },
    replicas: { type: "integer", symbol: "R", description: "networks at each size, for each rate and α_A", unit: "1", minimum: 16, maximum: 100_000 },
    earlySteps: { type: "integer", symbol: "T₁", description: "steps of the runs that are looked at step by step", unit: "step", default: 4, minimum: 1, maximum: 1000 },
    steps: { type: "integer", symbol: "T", description: "steps of the runs that tell what happens afterwards", unit: "step", default: 16, minimum: 2, maximum: 10_000 },
    resamples: { type: "integer", symbol: "B", description: "resamples behind every interval", unit: "1", default: 499, minimum: 99, maximum: 100_000 },
    tolerance: { type: "number", symbol: "ε", description: "power of growth with N that does not matter", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 0.5 },
    soft: { type: "number", symbol: "s", description: "share of its first entropy that attention is to keep", unit: "1", default: 0.5, exclusiveMinimum: 0, exclusiveMaximum: 1 },
    allowedDiverged: { type: "number", symbol: "δ", description: "share of diverged runs that does not matter", unit: "1", default: 0.05, exclusiveMinimum: 0, maximum: 0.5 },
  },
  additionalProperties: false,
};

export const saturationLevels: Readonly<Record<Level, Parameters>> = {
  quick: { sizes: [8, 16, 32, 64], replicas: 100, resamples: 299 },
  default: { sizes: [8, 16, 32, 64, 128], replicas: 200 },
  full: { sizes: [8, 16, 32, 64, 128, 256], replicas: 500, steps: 32, resamples: 1999 },
};
