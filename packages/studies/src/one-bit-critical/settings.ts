import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface CriticalParameters extends Parameters {
  readonly pitchforkSizes: readonly number[];
  readonly rotationSizes: readonly number[];
  readonly pitchforkReplicas: number;
  readonly rotationReplicas: number;
  readonly length: number;
  readonly scanReplicas: number;
  readonly scanLength: number;
  readonly scaled: readonly number[];
  readonly tolerance: number;
  readonly squareTolerance: number;
  readonly exponentTolerance: number;
}

const size = { type: "integer", minimum: 3, maximum: 999_999_999_999 } as const;

export const criticalSchema: ParameterSchema = {
  type: "object",
  properties: {
    pitchforkSizes: { type: "array", symbol: "N", description: "numbers of bits at the pitchfork, increasing multiples of 3", unit: "1", items: size, minItems: 3 },
    rotationSizes: { type: "array", symbol: "N", description: "numbers of bits at the Neimark-Sacker point, increasing multiples of 3", unit: "1", items: size, minItems: 3 },
    pitchforkReplicas: { type: "integer", symbol: "R", description: "runs at each size, at the pitchfork", unit: "1", minimum: 8, maximum: 100_000 },
    rotationReplicas: { type: "integer", symbol: "R", description: "runs at each size, at the Neimark-Sacker point", unit: "1", minimum: 8, maximum: 100_000 },
    length: { type: "number", symbol: "T/τ", description: "length of such a run in relaxation times, which grow with √N", unit: "1", exclusiveMinimum: 0, maximum: 100_000 },
    scanReplicas: { type: "integer", symbol: "Rₛ", description: "runs at each point of the scan through the transition", unit: "1", minimum: 2, maximum: 100_000 },
    scanLength: { type: "number", symbol: "Tₛ/τ", description: "length of such a run in relaxation times", unit: "1", exclusiveMinimum: 0, maximum: 100_000 },
    scaled: { type: "array", symbol: "s", description: "where the scan looks: β = β_c + s N^(−1/2)", unit: "1", default: [-3, -1.5, -0.75, 0, 0.75], items: { type: "number", minimum: -100, maximum: 100 }, minItems: 3 },
    tolerance: { type: "number", symbol: "ε", description: "share by which a ratio of moments may be off without mattering", unit: "1", default: 0.05, exclusiveMinimum: 0, maximum: 0.5 },
    squareTolerance: { type: "number", symbol: "ε₂", description: "share by which the mean square of the amplitude may be off without mattering", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 0.5 },
    exponentTolerance: { type: "number", symbol: "δ", description: "deviation of the exponent 1/2 of the mean square that does not matter", unit: "1", default: 0.04, exclusiveMinimum: 0, maximum: 0.2 },
  },
  additionalProperties: false,
};

export const criticalLevels: Readonly<Record<Level, Parameters>> = {
  quick: { pitchforkSizes: [120, 1200, 12_000], rotationSizes: [3000, 48_000, 96_000, 192_000], pitchforkReplicas: 60, rotationReplicas: 16, length: 50, scanReplicas: 8, scanLength: 10 },
  default: { pitchforkSizes: [120, 1200, 12_000, 120_000], rotationSizes: [3000, 48_000, 192_000, 768_000], pitchforkReplicas: 100, rotationReplicas: 24, length: 72, scanReplicas: 16, scanLength: 14 },
  full: { pitchforkSizes: [120, 1200, 12_000, 120_000, 1_200_000, 12_000_000], rotationSizes: [3000, 48_000, 480_000, 4_800_000, 48_000_000, 480_000_000], pitchforkReplicas: 400, rotationReplicas: 128, length: 240, scanReplicas: 64, scanLength: 60 },
};
