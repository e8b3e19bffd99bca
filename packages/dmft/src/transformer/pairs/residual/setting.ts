/** @file What the pairs of residual networks in training have in common: task, parameterisation, optimiser. */
import type { Axis, ParameterProperty } from "@mesoscope/contracts";
import { C4 } from "@mesoscope/transformer";
import type { Activation, Architecture, Optimiser, Parameterisation, Task } from "@mesoscope/transformer";
import type { ParameterReader } from "../../../pairs/read-parameters.js";
import { RESIDUAL_TASK_NAMES, residualTask } from "./tasks.js";
import type { ResidualTaskName } from "./tasks.js";

/** The three sizes. */
export const residualAxes: readonly Axis[] = [
  { name: "N", symbol: "N", meaning: "width of a head", least: 1 },
  { name: "H", symbol: "H", meaning: "number of heads", least: 1 },
  { name: "L", symbol: "L", meaning: "number of blocks", least: 1 },
];

/** Parameters of every pair of residual networks. */
export const residualProperties: Readonly<Record<string, ParameterProperty>> = {
  task: { type: "string", symbol: "task", description: "Task by name: two inputs of two tokens, retrieval of a value by its key, or two species of iris flowers.", unit: "1", enum: [...RESIDUAL_TASK_NAMES], default: "two-inputs" },
  alphaA: { type: "number", symbol: "α_A", description: "Power of N in the logits N^-α_A q·k.", unit: "1", minimum: 0.5, maximum: 1, default: 1 },
  alphaL: { type: "number", symbol: "α_L", description: "Power of L in the weight L^-α_L of a branch.", unit: "1", minimum: 0.5, maximum: 1, default: 1 },
  beta0: { type: "number", symbol: "β₀", description: "Weight of the branch of a network of one block.", unit: "1", exclusiveMinimum: 0, maximum: 100, default: 1 },
  gamma0: { type: "number", symbol: "γ₀", description: "Richness: towards 0 kernels stand still.", unit: "1", exclusiveMinimum: 0, maximum: 100, default: 1 },
  eta0: { type: "number", symbol: "η₀", description: "Learning rate in function space.", unit: "1", exclusiveMinimum: 0, maximum: 1000, default: 0.2 },
};

/** Parameters that only some pairs offer. */
export const architectureProperties: Readonly<Record<string, ParameterProperty>> = {
  scheme: { type: "string", symbol: "scheme", description: "How weights, multipliers and rates depend on the sizes: mean-field, ntk or standard.", unit: "1", enum: ["mean-field", "ntk", "standard"], default: "mean-field" },
  optimiser: { type: "string", symbol: "optimiser", description: "Plain gradient descent, or Adam with moments 0.9 and 0.999.", unit: "1", enum: ["sgd", "adam"], default: "sgd" },
  mlp: { type: "string", symbol: "φ", description: "Nonlinearity of a perceptron branch after the attention of every block, or none.", unit: "1", enum: ["none", "relu", "erf", "gelu", "tanh"], default: "none" },
  positions: { type: "string", symbol: "positions", description: "Learned vectors added to tokens by their place, or none.", unit: "1", enum: ["none", "learned"], default: "none" },
};

/** A residual network with everything trained, without its sizes. */
export interface ResidualSetting {
  readonly task: Task;
  readonly architecture: Architecture;
  readonly parameterisation: Parameterisation;
}

/** Epsilon of Adam: small beside the gradients at every size. */
const ADAM: Optimiser = { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-20 } };

/** From parameters that were checked against a schema with {@link residualProperties}, with or without {@link architectureProperties}. */
export function residualSetting(read: ParameterReader, offers: { readonly architecture: boolean }): ResidualSetting {
  const text = (name: string, otherwise: string): string => (offers.architecture ? read.text(name)! : otherwise);
  const number = (name: string): number => read.number(name)!;
  return {
    task: residualTask(read.text("task") as ResidualTaskName),
    architecture: { ...C4, mlp: text("mlp", "none") as Activation | "none", positions: text("positions", "none") === "learned" },
    parameterisation: {
      scheme: text("scheme", "mean-field") as Parameterisation["scheme"],
      alphaA: number("alphaA"),
      alphaL: number("alphaL"),
      beta0: number("beta0"),
      gamma0: number("gamma0"),
      eta0: number("eta0"),
      optimiser: text("optimiser", "sgd") === "adam" ? ADAM : "sgd",
    },
  };
}
