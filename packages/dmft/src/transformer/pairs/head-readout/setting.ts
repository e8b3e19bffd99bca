import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { readParameters } from "../../../hopfield/pairs/read-parameters.js";
import { trainingProperties, trainingSetting } from "../training-setting.js";
import type { TrainingSetting } from "../training-setting.js";

/** Parameters of the pair "head-readout". */
export const headReadoutParameters: ParameterSchema = {
  type: "object",
  properties: {
    ...trainingProperties,
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

export interface HeadReadoutSetting extends TrainingSetting {
  readonly isExplicit: boolean;
}

/** @throws DomainError for parameters that break their schema, or a task that is none */
export function headReadoutSetting(parameters: Parameters): HeadReadoutSetting {
  return { ...trainingSetting(headReadoutParameters, parameters), isExplicit: readParameters(headReadoutParameters, parameters).text("weights") === "explicit" };
}
