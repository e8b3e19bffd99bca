import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { readParameters } from "../../../pairs/read-parameters.js";
import { weightsProperty } from "../followed-weights.js";
import { trainingProperties, trainingSetting } from "../training-setting.js";
import type { TrainingSetting } from "../training-setting.js";

/** Parameters of the pair "head-readout". */
export const headReadoutParameters: ParameterSchema = {
  type: "object",
  properties: {
    ...trainingProperties,
    weights: weightsProperty,
  },
  additionalProperties: false,
};

export interface HeadReadoutSetting extends TrainingSetting {
  readonly isExplicit: boolean;
}

/** @throws DomainError for parameters that break their schema, or a task that is none */
export function headReadoutSetting(parameters: Parameters): HeadReadoutSetting {
  return { ...trainingSetting(headReadoutParameters, parameters), isExplicit: readParameters(headReadoutParameters, parameters).text("weights") === "explicit" };
}
