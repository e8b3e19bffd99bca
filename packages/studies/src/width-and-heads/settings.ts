import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
export const RESAMPLES = 199;

export interface WidthParameters extends Parameters {
  readonly widths: readonly number[];
  readonly heads: readonly number[];
  readonly headNetworks: number;
  readonly blockWidths: readonly number[];
  readonly blockHeads: readonly number[];
  readonly blockNetworks: number;
  readonly lineWidth: number;
  readonly lineHeads: readonly number[];
  readonly lineNetworks: number;
  readonly lineBlocks: number;
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
    headNetworks: { type: "integer", symbol: "R", description: "networks there at each width with the fewest heads that powers are fitted to; with more heads fewer, like 1/√H, and a quarter at smaller sizes", unit: "1", minimum: 128, maximum: 10_000_000 },
    blockWidths: { type: "array", symbol: "N", description: "widths of a head in a block with an output projection, increasing", unit: "1", items: width, minItems: 4 },
    blockHeads: { type: "array", symbol: "H", description: "numbers of heads there, increasing", unit: "1", items: heads, minItems: 4 },
    blockNetworks: { type: "integer", symbol: "R", description: "networks there at each width with the fewest heads that powers are fitted to; with more heads fewer, like 1/√H, and a quarter at smaller sizes", unit: "1", minimum: 128, maximum: 10_000_000 },
    lineWidth: { type: "integer", symbol: "N₁", description: "fixed width at which heads alone are added", unit: "1", default: 4, minimum: 1, maximum: 4096 },
    lineHeads: { type: "array", symbol: "H₁", description: "numbers of heads at that width, increasing", unit: "1", items: heads, minItems: 3 },
    lineNetworks: { type: "integer", symbol: "R₁", description: "networks for each of them where heads are read out directly", unit: "1", minimum: 32, maximum: 1_000_000 },
    lineBlocks: { type: "integer", symbol: "R₁", description: "blocks with an output projection for each of them", unit: "1", minimum: 32, maximum: 1_000_000 },
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
  quick: { widths: [4, 16, 64, 256], heads: [2, 4, 8, 16], headNetworks: 192, blockWidths: [4, 16, 64, 256], blockHeads: [2, 4, 8, 16], blockNetworks: 128, lineHeads: [2, 4, 8], lineNetworks: 64, lineBlocks: 64, drawnHeads: 1600, steps: 12 },
  default: { widths: [4, 16, 64, 256], heads: [2, 4, 8, 16], headNetworks: 320, blockWidths: [8, 32, 128, 512], blockHeads: [4, 16, 32, 64], blockNetworks: 128, lineHeads: [4, 16, 64], lineNetworks: 160, lineBlocks: 112, drawnHeads: 6000 },
  full: { widths: [4, 8, 16, 32, 64, 256, 1024], heads: [2, 4, 8, 16, 32], headNetworks: 3200, blockWidths: [8, 16, 32, 64, 128, 512], blockHeads: [4, 8, 16, 32, 64, 128], blockNetworks: 2000, lineHeads: [2, 4, 8, 16, 32, 64], lineNetworks: 1500, lineBlocks: 1500, drawnHeads: 64_000 },
};
