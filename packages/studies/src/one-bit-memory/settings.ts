import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface MemoryParameters extends Parameters {
  readonly sizes: readonly number[];
  readonly replicas: number;
  readonly tokens: number;
  readonly lags: readonly number[];
  readonly tolerance: number;
}

/** Every multiple of the clock up to sixteen windows, then twice and thrice a power of two. */
function lagsUpTo(last: number): readonly number[] {
  const near = Array.from({ length: 16 }, (_, i) => 4 * (i + 1));
  const far = Array.from({ length: 16 }, (_, i) => 48 * 2 ** Math.floor(i / 2) * (i % 2 === 0 ? 2 : 8 / 3)).map(Math.round);
  return [...near, ...far.filter((lag) => lag <= last)];
}

export const memorySchema: ParameterSchema = {
  type: "object",
  properties: {
    sizes: { type: "array", symbol: "N", description: "numbers of bits, increasing multiples of 3", unit: "1", items: { type: "integer", minimum: 3, maximum: 999_999_999_999 }, minItems: 2 },
    replicas: { type: "integer", symbol: "R", description: "runs at each size", unit: "1", minimum: 2, maximum: 100_000 },
    tokens: { type: "integer", symbol: "T", description: "length of a run", unit: "token", minimum: 1024, maximum: 100_000_000 },
    lags: { type: "array", symbol: "ℓ", description: "lags, ascending multiples of 4 below T", unit: "token", items: { type: "integer", minimum: 4, maximum: 50_000_000 }, minItems: 4 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of an autocorrelation that does not matter", unit: "1", default: 0.1, exclusiveMinimum: 0, maximum: 1 },
  },
  additionalProperties: false,
};

/** A run is a multiple of 28, so that the orbit of that period fills its groups evenly. */
export const memoryLevels: Readonly<Record<Level, Parameters>> = {
  quick: { sizes: [3000, 300_000, 30_000_000], replicas: 4, tokens: 5600, lags: lagsUpTo(1024) },
  default: { sizes: [300, 3000, 30_000, 300_000, 3_000_000, 30_000_000, 3_000_000_000], replicas: 12, tokens: 14_000, lags: lagsUpTo(2048) },
  full: { sizes: [300, 3000, 30_000, 300_000, 3_000_000, 30_000_000, 300_000_000, 3_000_000_000], replicas: 64, tokens: 196_000, lags: lagsUpTo(16_384) },
};
