import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface KernelStudyParameters extends Parameters {
  readonly inputs: string;
  readonly L: number;
  readonly alphaL: number;
  readonly widths: readonly number[];
  readonly heads: number;
  readonly headNumbers: readonly number[];
  readonly width: number;
  readonly exactWidths: readonly number[];
  readonly exactHeads: number;
  readonly replicas: number;
  readonly depths: readonly number[];
  readonly depthWidth: number;
  readonly depthReplicas: number;
  readonly networks: number;
  readonly points: number;
  readonly tolerance: number;
  readonly exactTolerance: number;
  readonly spreadTolerance: number;
  readonly depthTolerance: number;
}

const size = { type: "integer", minimum: 1, maximum: 1_000_000 } as const;

export const kernelStudySchema: ParameterSchema = {
  type: "object",
  properties: {
    inputs: { type: "string", symbol: "x", description: "inputs: one of two tokens, one of three, or two of two", unit: "1", enum: ["two-tokens", "three-tokens", "two-inputs"], default: "two-tokens" },
    L: { type: "integer", symbol: "L", description: "blocks of the networks that grow in N and H", unit: "1", default: 2, minimum: 1, maximum: 32 },
    alphaL: { type: "number", symbol: "α_L", description: "power of L in the weight of their branches", unit: "1", default: 0.5, minimum: 0.5, maximum: 1 },
    widths: { type: "array", symbol: "N", description: "widths of a head, increasing", unit: "1", items: size, minItems: 4 },
    heads: { type: "integer", symbol: "H", description: "number of heads while the width grows", unit: "1", default: 8, minimum: 1, maximum: 1024 },
    headNumbers: { type: "array", symbol: "H", description: "numbers of heads, increasing", unit: "1", items: size, minItems: 4 },
    width: { type: "integer", symbol: "N", description: "width of a head while the number of heads grows", unit: "1", default: 64, minimum: 2, maximum: 1024 },
    exactWidths: { type: "array", symbol: "N", description: "widths of a head of one block that is solved exactly, increasing", unit: "1", items: size, minItems: 3 },
    exactHeads: { type: "integer", symbol: "H", description: "number of its heads", unit: "1", default: 2, minimum: 2, maximum: 64 },
    replicas: { type: "integer", symbol: "R", description: "networks at each size; fewer of many heads, which vary less", unit: "1", minimum: 100, maximum: 10_000_000 },
    depths: { type: "array", symbol: "L", description: "numbers of blocks, increasing", unit: "1", items: { type: "integer", minimum: 1, maximum: 128 }, minItems: 3 },
    depthWidth: { type: "integer", symbol: "N_L", description: "width of a head while the number of blocks grows", unit: "1", default: 16, minimum: 2, maximum: 1024 },
    depthReplicas: { type: "integer", symbol: "R_L", description: "networks at each number of blocks", unit: "1", minimum: 100, maximum: 1_000_000 },
    networks: { type: "integer", symbol: "R_W", description: "networks that are drawn with all their weights, beside ten times as many of the chain of kernels", unit: "1", minimum: 50, maximum: 1_000_000 },
    points: { type: "integer", symbol: "M", description: "points that a quadrature of the theories may take for one pair of tokens", unit: "1", default: 40_000, minimum: 512, maximum: 10_000_000 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of a mean kernel entry that does not matter", unit: "1", default: 0.02, exclusiveMinimum: 0, maximum: 1 },
    exactTolerance: { type: "number", symbol: "ε_e", description: "deviation of a mean entry after one exactly solved block that does not matter; few neurons are noisy", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 1 },
    spreadTolerance: { type: "number", symbol: "ε_σ", description: "share by which a spread may differ without mattering", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 0.9 },
    depthTolerance: { type: "number", symbol: "δ", description: "deviation of the power of 1/L from 1 that does not matter", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 0.5 },
  },
  additionalProperties: false,
};

export const kernelStudyLevels: Readonly<Record<Level, Parameters>> = {
  quick: { widths: [4, 16, 64, 256, 1024, 4096, 16_384], headNumbers: [1, 4, 16, 64], exactWidths: [1, 4, 16, 64], replicas: 2000, depths: [1, 4, 16, 32], depthReplicas: 500, networks: 500 },
  default: { widths: [4, 16, 64, 256, 1024, 4096, 16_384], headNumbers: [1, 2, 4, 8, 16, 32, 64], exactWidths: [1, 2, 4, 8, 16, 32, 64], replicas: 10_000, depths: [1, 2, 4, 8, 16, 32], depthReplicas: 1000, networks: 2000 },
  full: { widths: [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384], headNumbers: [1, 2, 4, 8, 16, 32, 64, 128, 256], exactWidths: [1, 2, 4, 8, 16, 32, 64, 128, 256], replicas: 100_000, depths: [1, 2, 4, 8, 16, 32, 64, 128], depthReplicas: 4000, networks: 20_000, tolerance: 0.01, exactTolerance: 0.05, spreadTolerance: 0.05 },
};
