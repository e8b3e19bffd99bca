import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface ConvergenceParameters extends Parameters {
  readonly beta: number;
  readonly amplitude: number;
  readonly time: number;
  readonly sizes: readonly number[];
  readonly replicas: readonly number[];
  readonly tolerance: number;
  readonly controls: number;
}

export const convergenceSchema: ParameterSchema = {
  type: "object",
  properties: {
    beta: { type: "number", symbol: "β", description: "inverse temperature", unit: "1", default: 1, minimum: -50, maximum: 50 },
    amplitude: { type: "number", symbol: "a", description: "tokens start independent with density (1 + a cos θ)/2π", unit: "1", default: 0.3, minimum: -1, maximum: 1 },
    time: { type: "number", symbol: "t", description: "depth at which the field is compared", unit: "depth", default: 1, exclusiveMinimum: 0, maximum: 100 },
    sizes: { type: "array", symbol: "n", description: "numbers of tokens, increasing; an exponent with its correction needs four", unit: "1", items: { type: "integer", minimum: 2, maximum: 1_000_000 }, minItems: 4 },
    replicas: { type: "array", symbol: "R", description: "replicas at each size, one number a size", unit: "1", items: { type: "integer", minimum: 8, maximum: 10_000_000 }, minItems: 4 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of the exponent from 1/2 that does not matter", unit: "1", default: 0.05, exclusiveMinimum: 0, maximum: 0.5 },
    controls: { type: "integer", symbol: "R_c", description: "replicas of the controls (other seeds, half the step) at the smallest size; 0: no controls", unit: "1", default: 64, minimum: 0, maximum: 1_000_000 },
  },
  additionalProperties: false,
};

/** The correction b/n and the exponent are told apart by the small sizes: those have more replicas. */
export const convergenceLevels: Readonly<Record<Level, Parameters>> = {
  quick: { sizes: [16, 32, 64, 128, 256], replicas: [600, 400, 300, 200, 100] },
  default: { sizes: [16, 32, 64, 128, 256, 512], replicas: [4000, 3000, 2000, 1200, 600, 300] },
  full: { sizes: [16, 32, 64, 128, 256, 512, 1024, 2048], replicas: [60_000, 40_000, 30_000, 20_000, 10_000, 8000, 6000, 4000] },
};
