import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
export const RESAMPLES = 199;

export interface WidthParameters extends Parameters {
  readonly widths: readonly number[];
  readonly heads: readonly number[];
  readonly headRuns: number;
  readonly blockWidths: readonly number[];
  readonly blockHeads: readonly number[];
  readonly blockRuns: number;
  readonly lineWidth: number;
  readonly lineHeads: readonly number[];
  readonly lineNetworks: number;
  readonly drawnHeads: number;
  readonly steps: number;
  readonly eta0: number;
  readonly tolerance: number;
  readonly spreadTolerance: number;
  readonly powerTolerance: number;
}

const width = { type: "integer", minimum: 1, maximum: 65_536 } as const;
const heads = { type: "integer", minimum: 1, maximum: 4096 } as const;

export const widthSchema: ParameterSchema = {
  type: "object",
  properties: {
    widths: { type: "array", symbol: "N", description: "widths of a head where heads are read out directly, increasing", unit: "1", items: width, minItems: 4 },
    heads: { type: "array", symbol: "H", description: "numbers of heads there, increasing", unit: "1", items: heads, minItems: 4 },
    headRuns: { type: "integer", symbol: "R H", description: "heads trained at each pair of sizes there: networks times heads", unit: "1", minimum: 256, maximum: 100_000_000 },
    blockWidths: { type: "array", symbol: "N", description: "widths of a head in a block with an output projection, increasing", unit: "1", items: width, minItems: 4 },
    blockHeads: { type: "array", symbol: "H", description: "numbers of heads there, increasing", unit: "1", items: heads, minItems: 4 },
    blockRuns: { type: "integer", symbol: "R H", description: "heads trained at each pair of sizes there: networks times heads", unit: "1", minimum: 256, maximum: 100_000_000 },
    lineWidth: { type: "integer", symbol: "N₁", description: "fixed width at which heads alone are added", unit: "1", default: 4, minimum: 1, maximum: 4096 },
    lineHeads: { type: "array", symbol: "H₁", description: "numbers of heads at that width, increasing", unit: "1", items: heads, minItems: 3 },
    lineNetworks: { type: "integer", symbol: "R₁", description: "networks for each of them", unit: "1", minimum: 32, maximum: 1_000_000 },
    drawnHeads: { type: "integer", symbol: "M", description: "heads drawn by theories of finite width", unit: "1", minimum: 64, maximum: 10_000_000 },
    steps: { type: "integer", symbol: "T", description: "full-batch steps of gradient descent", unit: "step", default: 16, minimum: 2, maximum: 1000 },
    eta0: { type: "number", symbol: "η₀", description: "learning rate in function space", unit: "1", default: 0.25, exclusiveMinimum: 0, maximum: 100 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of a mean output that does not matter; targets are 1 and −1", unit: "1", default: 0.05, exclusiveMinimum: 0, maximum: 1 },
    spreadTolerance: { type: "number", symbol: "ε_σ", description: "share by which a spread may differ without mattering", unit: "1", default: 0.25, exclusiveMinimum: 0, maximum: 0.9 },
    powerTolerance: { type: "number", symbol: "δ", description: "deviation from a predicted power that does not matter", unit: "1", default: 0.3, exclusiveMinimum: 0, maximum: 1 },
  },
  additionalProperties: false,
};

export const widthLevels: Readonly<Record<Level, Parameters>> = {
  quick: { widths: [4, 16, 64, 256], heads: [2, 4, 8, 16], headRuns: 384, blockWidths: [4, 8, 16, 32], blockHeads: [2, 4, 8, 16], blockRuns: 256, lineHeads: [2, 4, 8], lineNetworks: 64, drawnHeads: 1600, steps: 12 },
  default: { widths: [4, 16, 64, 256], heads: [2, 4, 8, 16], headRuns: 1600, blockWidths: [8, 16, 32, 64], blockHeads: [4, 8, 16, 32], blockRuns: 512, lineHeads: [2, 4, 8, 16, 32, 64], lineNetworks: 160, drawnHeads: 8000 },
  full: { widths: [4, 8, 16, 32, 64, 256, 1024], heads: [2, 4, 8, 16, 32], headRuns: 12_000, blockWidths: [8, 16, 32, 64, 128], blockHeads: [4, 8, 16, 32, 64], blockRuns: 3000, lineHeads: [2, 4, 8, 16, 32, 64], lineNetworks: 1500, drawnHeads: 32_000 },
};
