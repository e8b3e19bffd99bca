import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { readParameters } from "../../../pairs/read-parameters.js";
import { weightsProperty } from "../followed-weights.js";
import { trainingProperties, trainingSetting } from "../training-setting.js";
import type { TrainingSetting } from "../training-setting.js";

/** Parameters of the pair "one-block". */
export const oneBlockParameters: ParameterSchema = { type: "object", properties: { ...trainingProperties, weights: weightsProperty }, additionalProperties: false };

export interface OneBlockSetting extends TrainingSetting {
  readonly isExplicit: boolean;
}

/** @throws DomainError for parameters that break their schema, or a task that is none */
export function oneBlockSetting(parameters: Parameters): OneBlockSetting {
  return { ...trainingSetting(oneBlockParameters, parameters), isExplicit: readParameters(oneBlockParameters, parameters).text("weights") === "explicit" };
}
