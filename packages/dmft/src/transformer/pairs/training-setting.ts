/** @file What the pairs of networks in training have in common: the task, the descent, and what of it is compared. */
import type { Axis, ParameterProperty, Parameters, ParameterSchema } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";
import { readParameters } from "../../pairs/read-parameters.js";
import { checkedTask } from "../head-map/training-task.js";
import type { Descent, TrainingTask } from "../head-map/training-task.js";
import { TRAINING_TASK_NAMES, trainingTasks } from "./training-tasks.js";
import type { TrainingTaskName } from "./training-tasks.js";

/** The two sizes: width of a head and number of heads. */
export const widthAndHeads: readonly Axis[] = [
  { name: "N", symbol: "N", meaning: "width of a head", least: 1 },
  { name: "H", symbol: "H", meaning: "number of heads", least: 1 },
];

/** Parameters of every pair in training. */
export const trainingProperties: Readonly<Record<string, ParameterProperty>> = {
  task: { type: "string", symbol: "task", description: 'Task by name, or "given": x, features and targets are parameters then.', unit: "1", enum: [...TRAINING_TASK_NAMES, "given"], default: "two-inputs" },
  x: { type: "array", symbol: "x", description: "Tokens of a given task, row-major (inputs, tokens, features).", unit: "1", items: { type: "number", minimum: -100, maximum: 100 } },
  features: { type: "integer", symbol: "D", description: "Features of a token of a given task.", unit: "1", minimum: 1, maximum: 64 },
  targets: { type: "array", symbol: "y", description: "Targets of a given task, one an input.", unit: "1", items: { type: "number", minimum: -100, maximum: 100 } },
  alphaA: { type: "number", symbol: "α_A", description: "Power of N in the logits N^-α_A q·k: at 1/2 heads begin with random attention, at 1 with uniform attention as N grows.", unit: "1", minimum: 0.5, maximum: 1, default: 1 },
  eta0: { type: "number", symbol: "η₀", description: "Learning rate in function space.", unit: "1", exclusiveMinimum: 0, maximum: 1000, default: 0.25 },
  gamma0: { type: "number", symbol: "γ₀", description: "Richness: towards 0 kernels stand still.", unit: "1", exclusiveMinimum: 0, maximum: 100, default: 1 },
  steps: { type: "integer", symbol: "T", description: "Full-batch steps of gradient descent.", unit: "step", minimum: 1, maximum: 10_000, default: 16 },
  every: { type: "integer", symbol: "s", description: "Steps between two that are compared: s, 2 s, ... up to T.", unit: "step", minimum: 1, maximum: 10_000, default: 1 },
  drawnHeads: { type: "integer", symbol: "M", description: "Heads drawn by theories that average over heads of finite width, or of more than two features, in eight independent batches.", unit: "1", minimum: 16, maximum: 10_000_000, default: 4000 },
};

/** The parameters as samplers and theories use them. */
export interface TrainingSetting {
  readonly task: TrainingTask;
  readonly alphaA: number;
  readonly descent: Descent;
  /** Steps that are compared, ascending. */
  readonly times: readonly number[];
  readonly drawnHeads: number;
}

/** @throws DomainError for parameters that break the schema, a task without its numbers, or fewer steps than lie between two that are compared */
export function trainingSetting(schema: ParameterSchema, parameters: Parameters): TrainingSetting {
  const read = readParameters(schema, parameters);
  const [steps, every] = [read.number("steps")!, read.number("every")!];
  if (every > steps) throw new DomainError({ name: "every", value: every, rule: `must be at most steps = ${steps}`, remedy: "Compare at least one step." });
  const name = read.text("task") as TrainingTaskName | "given";
  return {
    task: name === "given" ? givenTask(read.numbers("x"), read.number("features"), read.numbers("targets")) : trainingTasks[name],
    alphaA: read.number("alphaA")!,
    descent: { eta0: read.number("eta0")!, gamma0: read.number("gamma0")!, steps },
    times: Array.from({ length: Math.floor(steps / every) }, (_, i) => (i + 1) * every),
    drawnHeads: read.number("drawnHeads")!,
  };
}

function givenTask(x: readonly number[] | undefined, features: number | undefined, targets: readonly number[] | undefined): TrainingTask {
  for (const [name, value] of Object.entries({ x, features, targets })) {
    if (value === undefined) throw new DomainError({ name, value, rule: 'must be given for task "given"', remedy: "Give x row by row, (inputs, tokens, features), the number of features, and one target an input." });
  }
  const inputs = targets!.length;
  const task = { tokens: { inputs, tokens: Math.floor(x!.length / Math.max(1, inputs * features!)), features: features!, x: x! }, targets: targets! };
  checkedTask(task);
  return task;
}
