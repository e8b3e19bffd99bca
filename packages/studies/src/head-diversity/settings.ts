import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface DiversityParameters extends Parameters {
  readonly widths: readonly number[];
  readonly heads: number;
  readonly networks: number;
  readonly shown: readonly number[];
  readonly eta0: number;
  readonly gamma0: number;
  readonly steps: number;
  readonly drawnHeads: number;
  readonly explicit: number;
  readonly tolerance: number;
  readonly lawTolerance: number;
  readonly powerTolerance: number;
}

export const diversitySchema: ParameterSchema = {
  type: "object",
  properties: {
    widths: { type: "array", symbol: "N", description: "widths of a head, increasing", unit: "1", items: { type: "integer", minimum: 1, maximum: 1_000_000 }, minItems: 4 },
    heads: { type: "integer", symbol: "H", description: "heads of a network", unit: "1", default: 8, minimum: 2, maximum: 1024 },
    networks: { type: "integer", symbol: "R", description: "networks at each width", unit: "1", minimum: 100, maximum: 1_000_000 },
    shown: { type: "array", symbol: "N", description: "widths whose laws are drawn", unit: "1", items: { type: "integer", minimum: 1, maximum: 1_000_000 }, default: [1, 4, 16], minItems: 1, maxItems: 4 },
    eta0: { type: "number", symbol: "η₀", description: "learning rate in function space", unit: "1", default: 0.4, exclusiveMinimum: 0, maximum: 100 },
    gamma0: { type: "number", symbol: "γ₀", description: "richness of training", unit: "1", default: 1, exclusiveMinimum: 0, maximum: 100 },
    steps: { type: "integer", symbol: "T", description: "steps of gradient descent", unit: "step", default: 24, minimum: 1, maximum: 1000 },
    drawnHeads: { type: "integer", symbol: "M", description: "heads drawn by the theories that average over trained heads, at each width", unit: "1", minimum: 64, maximum: 10_000_000 },
    explicit: { type: "integer", symbol: "R_W", description: "networks that are trained with all their weights, beside those of the closed map", unit: "1", minimum: 50, maximum: 1_000_000 },
    tolerance: { type: "number", symbol: "ε", description: "share by which a mean variance over heads may differ without mattering", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 1 },
    lawTolerance: { type: "number", symbol: "ε_F", description: "distance of distribution functions that does not matter", unit: "1", default: 0.08, exclusiveMinimum: 0, maximum: 0.5 },
    powerTolerance: { type: "number", symbol: "δ", description: "deviation of a power of N that does not matter", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 0.5 },
  },
  additionalProperties: false,
};

export const diversityLevels: Readonly<Record<Level, Parameters>> = {
  quick: { widths: [1, 4, 16, 64], networks: 800, drawnHeads: 2000, explicit: 200, lawTolerance: 0.1 },
  default: { widths: [1, 4, 16, 64, 256], networks: 1200, drawnHeads: 4000, explicit: 300 },
  full: { widths: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024], networks: 20_000, drawnHeads: 64_000, explicit: 5000, tolerance: 0.05, lawTolerance: 0.03, powerTolerance: 0.05 },
};
