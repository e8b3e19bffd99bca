import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { readParameters } from "../../../pairs/read-parameters.js";
import { architectureProperties, residualProperties, residualSetting } from "../residual/setting.js";
import type { ResidualSetting } from "../residual/setting.js";

/** Parameters of the pair "coordinate-movement". */
export const movementParameters: ParameterSchema = {
  type: "object",
  properties: {
    ...residualProperties,
    ...architectureProperties,
    steps: { type: "integer", symbol: "T", description: "Full-batch steps after which movement is measured.", unit: "step", minimum: 1, maximum: 1000, default: 4 },
  },
  additionalProperties: false,
};

export interface MovementSetting extends ResidualSetting {
  readonly steps: number;
}

/** @throws DomainError for parameters that break their schema */
export function movementSetting(parameters: Parameters): MovementSetting {
  const read = readParameters(movementParameters, parameters);
  return { ...residualSetting(read, { architecture: true }), steps: read.number("steps")! };
}
