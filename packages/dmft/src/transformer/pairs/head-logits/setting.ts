import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";
import { readParameters } from "../../../pairs/read-parameters.js";
import { trainingProperties, trainingSetting } from "../training-setting.js";
import type { TrainingSetting } from "../training-setting.js";

const descentProperties = Object.fromEntries(Object.entries(trainingProperties).filter(([name]) => name !== "every"));

/** Parameters of the pair "head-logits". */
export const headLogitsParameters: ParameterSchema = {
  type: "object",
  properties: {
    ...descentProperties,
    query: { type: "integer", symbol: "s", description: "Token of the first input that asks, counted from 1.", unit: "1", minimum: 1, maximum: 64, default: 1 },
    key: { type: "integer", symbol: "a", description: "Token of the first input that is asked, counted from 1.", unit: "1", minimum: 1, maximum: 64, default: 2 },
    weights: {
      type: "string",
      symbol: "W",
      description: 'How a network is followed: "reduced", by the closed map of its Gram matrices, exact and at a cost that does not grow with N; "explicit", by gradient descent on all weights.',
      unit: "1",
      enum: ["reduced", "explicit"],
      default: "reduced",
    },
  },
  additionalProperties: false,
};

export interface HeadLogitsSetting extends TrainingSetting {
  readonly isExplicit: boolean;
  /** Place of the logit among those of a head, (P, S, S). */
  readonly place: number;
  /** x.x / D of the token that asks, and of the one that is asked. */
  readonly kernels: readonly [number, number];
}

/** @throws DomainError for parameters that break their schema, a task that is none, a token that the task has not, and tokens that vanish */
export function headLogitsSetting(parameters: Parameters): HeadLogitsSetting {
  const read = readParameters(headLogitsParameters, parameters);
  const setting = trainingSetting({ ...headLogitsParameters, properties: { ...headLogitsParameters.properties, every: trainingProperties["every"]! } }, parameters);
  const { tokens: { tokens: S, features: D, x } } = setting.task;
  const tokenOf = (name: "query" | "key"): number => {
    const token = read.number(name)!;
    if (token > S) throw new DomainError({ name, value: token, rule: `must be at most ${S}, the tokens of an input`, remedy: "Give a token that the task has." });
    return token - 1;
  };
  const squareOf = (name: "query" | "key"): number => {
    const token = tokenOf(name);
    let sum = 0;
    for (let d = 0; d < D; d++) sum += x[token * D + d]! * x[token * D + d]!;
    if (sum > 0) return sum / D;
    throw new DomainError({ name, value: token + 1, rule: "must be a token that does not vanish", remedy: "All its logits are 0: take another one." });
  };
  return { ...setting, isExplicit: read.text("weights") === "explicit", place: tokenOf("query") * S + tokenOf("key"), kernels: [squareOf("query"), squareOf("key")] };
}
