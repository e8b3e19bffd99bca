import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";
import { readParameters } from "../../../pairs/read-parameters.js";
import { residualProperties, residualSetting } from "../residual/setting.js";
import type { ResidualSetting } from "../residual/setting.js";

/** Parameters of the pair "attention-saturation". */
export const saturationParameters: ParameterSchema = {
  type: "object",
  properties: {
    ...residualProperties,
    times: { type: "array", symbol: "t", description: "Steps after which attention is looked at, ascending, 0 for the start; training ends with the last.", unit: "step", items: { type: "integer", minimum: 0, maximum: 10_000 }, minItems: 1, default: [0, 1, 2, 3, 4] },
  },
  additionalProperties: false,
};

export interface SaturationSetting extends ResidualSetting {
  readonly times: readonly number[];
}

/** @throws DomainError for parameters that break their schema, or times that do not ascend */
export function saturationSetting(parameters: Parameters): SaturationSetting {
  const read = readParameters(saturationParameters, parameters);
  const times = read.numbers("times")!;
  const back = times.findIndex((t, i) => i > 0 && t <= times[i - 1]!);
  if (back > 0) throw new DomainError({ name: `times[${back}]`, value: times[back], rule: "must be greater than the one before", remedy: "Sort the steps, and name each once." });
  return { ...residualSetting(read, { architecture: false }), times };
}
