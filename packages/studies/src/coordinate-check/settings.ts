import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";

export interface CheckParameters extends Parameters {
  readonly task: string;
  readonly mlp: string;
  readonly eta0: number;
  readonly adamEta0: number;
  readonly steps: number;
  readonly widths: readonly number[];
  readonly headCounts: readonly number[];
  readonly depths: readonly number[];
  readonly replicas: number;
  readonly tolerance: number;
  readonly resamples: number;
}

const sizes = (symbol: string, description: string): ParameterSchema["properties"][string] => ({ type: "array", symbol, description, unit: "1", items: { type: "integer", minimum: 1, maximum: 1024 }, minItems: 4 });

export const checkSchema: ParameterSchema = {
  type: "object",
  properties: {
    task: { type: "string", symbol: "task", description: "what is learned: two inputs of two tokens, retrieval of a value by its key, or two species of iris flowers", unit: "1", enum: ["two-inputs", "retrieval", "iris"], default: "two-inputs" },
    mlp: { type: "string", symbol: "φ", description: "nonlinearity of a perceptron branch after the attention of every block, or none", unit: "1", enum: ["none", "relu", "erf", "gelu", "tanh"], default: "tanh" },
    eta0: { type: "number", symbol: "η₀", description: "learning rate of gradient descent in function space", unit: "1", exclusiveMinimum: 0, maximum: 10, default: 0.2 },
    adamEta0: { type: "number", symbol: "η_Adam", description: "learning rate of Adam", unit: "1", exclusiveMinimum: 0, maximum: 10, default: 0.1 },
    steps: { type: "integer", symbol: "T", description: "steps after which movement is measured", unit: "step", default: 6, minimum: 1, maximum: 1000 },
    widths: sizes("N", "widths of the head, with 1 head and 1 block, increasing"),
    headCounts: sizes("H", "numbers of heads of width 5, with 1 block, increasing"),
    depths: sizes("L", "numbers of blocks, with 2 heads of width 5, increasing"),
    replicas: { type: "integer", symbol: "R", description: "networks at the smallest size; at larger ones fewer, as 1/N, 1/H and L^(−1/2)", unit: "1", minimum: 8, maximum: 100_000 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of a power from the promised one that does not matter", unit: "1", default: 0.2, exclusiveMinimum: 0, maximum: 0.5 },
    resamples: { type: "integer", symbol: "B", description: "resamples behind every interval", unit: "1", default: 399, minimum: 99, maximum: 100_000 },
  },
  additionalProperties: false,
};

/** Below N = 20 and H = 4 a few networks carry the mean squares (at N = 10 the feature kernel's deviate by five times their mean), and neither a power nor a correction of order 1/size tells anything. Full begins a doubling later: its many networks see corrections of the second order at the smallest sizes of default. */
export const checkLevels: Readonly<Record<Level, Parameters>> = {
  quick: { widths: [20, 40, 80, 160], headCounts: [4, 8, 16, 32], depths: [4, 8, 16, 32], replicas: 192, resamples: 199 },
  default: { widths: [20, 40, 80, 160, 320], headCounts: [4, 8, 16, 32, 64], depths: [4, 8, 16, 32, 64], replicas: 320 },
  full: { widths: [40, 80, 160, 320], headCounts: [8, 16, 32, 64], depths: [8, 16, 32, 64, 128], replicas: 2048, resamples: 999 },
};
