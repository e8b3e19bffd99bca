import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";
import { C2, C4 } from "@mesoscope/transformer";
import type { Architecture } from "@mesoscope/transformer";
import { readParameters } from "../../../pairs/read-parameters.js";
import type { Descent } from "../../head-map/training-task.js";

/** Parameters of the pair "feature-learning". */
export const learningParameters: ParameterSchema = {
  type: "object",
  properties: {
    network: { type: "string", symbol: "network", description: '"block": one attention block with an output projection on the tokens themselves; "residual": embedding and residual attention blocks, everything trained.', unit: "1", enum: ["block", "residual"], default: "block" },
    blocks: { type: "integer", symbol: "L", description: "Blocks of the residual network.", unit: "1", minimum: 1, maximum: 64, default: 2 },
    alphaL: { type: "number", symbol: "α_L", description: "Branches of the residual network weigh L^-α_L.", unit: "1", minimum: 0.5, maximum: 1, default: 0.5 },
    gamma0: { type: "number", symbol: "γ₀", description: "Richness: towards 0 kernels stand still.", unit: "1", exclusiveMinimum: 0, maximum: 100, default: 1 },
    eta0: { type: "number", symbol: "η₀", description: "Learning rate in function space.", unit: "1", exclusiveMinimum: 0, maximum: 100, default: 0.2 },
    steps: { type: "integer", symbol: "T", description: "Full-batch steps of gradient descent.", unit: "step", minimum: 1, maximum: 10_000, default: 64 },
    every: { type: "integer", symbol: "s", description: "Steps between two at which the loss is compared: s, 2 s, ... up to T.", unit: "step", minimum: 1, maximum: 10_000, default: 4 },
    half: { type: "boolean", symbol: "γ₀/2", description: "Whether the same networks are also trained at half the richness: then both powers of γ₀ are measured.", unit: "1", default: false },
  },
  additionalProperties: false,
};

/** The parameters as samplers and theories use them. */
export interface LearningSetting {
  readonly network: "block" | "residual";
  readonly architecture: Architecture;
  readonly L: number;
  readonly alphaL: number;
  readonly descent: Descent;
  /** Steps at which the loss is compared, ascending. */
  readonly times: readonly number[];
  /** Are the same networks also trained at half the richness? */
  readonly hasHalf: boolean;
}

/** @throws DomainError for parameters that break their schema, or fewer steps than lie between two that are compared */
export function learningSetting(parameters: Parameters): LearningSetting {
  const read = readParameters(learningParameters, parameters);
  const [steps, every] = [read.number("steps")!, read.number("every")!];
  if (every > steps) throw new DomainError({ name: "every", value: every, rule: `must be at most steps = ${steps}`, remedy: "Compare at least one step." });
  const network = read.text("network") as LearningSetting["network"];
  const isBlock = network === "block";
  return {
    network,
    architecture: isBlock ? C2 : C4,
    L: isBlock ? 1 : read.number("blocks")!,
    alphaL: isBlock ? 1 : read.number("alphaL")!,
    descent: { eta0: read.number("eta0")!, gamma0: read.number("gamma0")!, steps },
    times: Array.from({ length: Math.floor(steps / every) }, (_, i) => (i + 1) * every),
    hasHalf: parameters["half"] === true,
  };
}
