import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { rungeKutta4 } from "@mesoscope/time-integration";

/**
 * Half the time step, by the parameter that sets it: the step is proportional to the fourth root of the `rateError` that it may cause,
 * since the tokens are moved by a method of order 4.
 * @param properties of the pair, with a default for `rateError`
 */
export function halvedStepOf(properties: ParameterSchema["properties"]): (parameters: Parameters) => Parameters {
  return (parameters) => ({ ...parameters, rateError: Number(parameters["rateError"] ?? properties["rateError"]!.default) / 2 ** rungeKutta4.order });
}
