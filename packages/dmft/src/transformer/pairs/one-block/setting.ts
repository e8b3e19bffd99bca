import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { trainingProperties, trainingSetting } from "../training-setting.js";
import type { TrainingSetting } from "../training-setting.js";

/** Parameters of the pair "one-block". */
export const oneBlockParameters: ParameterSchema = { type: "object", properties: trainingProperties, additionalProperties: false };

/** @throws DomainError for parameters that break their schema, or a task that is none */
export function oneBlockSetting(parameters: Parameters): TrainingSetting {
  return trainingSetting(oneBlockParameters, parameters);
}
