import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface ExactParameters extends Parameters {
  readonly sizes: readonly number[];
  readonly turningSizes: readonly number[];
  readonly replicas: number;
  readonly tokens: number;
  readonly tolerance: number;
  readonly spreadTolerance: number;
  readonly powerTolerance: number;
}

export const exactSchema: ParameterSchema = {
  type: "object",
  properties: {
    sizes: { type: "array", symbol: "N", description: "numbers of bits of the systems with one class, increasing multiples of 4", unit: "1", items: { type: "integer", minimum: 4, maximum: 200 }, minItems: 3 },
    turningSizes: { type: "array", symbol: "N", description: "numbers of bits of the system with two classes, increasing multiples of 8", unit: "1", items: { type: "integer", minimum: 8, maximum: 104 }, minItems: 3 },
    replicas: { type: "integer", symbol: "R", description: "runs at each size", unit: "1", minimum: 16, maximum: 10_000_000 },
    tokens: { type: "integer", symbol: "T", description: "tokens that are compared", unit: "token", default: 8, minimum: 2, maximum: 40 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of a mean overlap that does not matter", unit: "1", default: 0.02, exclusiveMinimum: 0, maximum: 1 },
    spreadTolerance: { type: "number", symbol: "ε_σ", description: "share by which a spread may differ without mattering", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 0.9 },
    powerTolerance: { type: "number", symbol: "δ", description: "deviation from the power 2 with which what the 1/N shift leaves must fall", unit: "1", default: 0.4, exclusiveMinimum: 0, maximum: 1 },
  },
  additionalProperties: false,
};

export const exactLevels: Readonly<Record<Level, Parameters>> = {
  quick: { sizes: [20, 40, 80], turningSizes: [16, 32, 64], replicas: 1000 },
  default: { sizes: [20, 40, 80, 160], turningSizes: [16, 32, 64, 88], replicas: 6000 },
  full: { sizes: [20, 40, 80, 160, 200], turningSizes: [16, 32, 64, 104], replicas: 200_000 },
};
