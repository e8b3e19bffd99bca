import type { Axis, ParameterProperty } from "@mesoscope/contracts";

/** Parameters and axis that the pairs of this package have in common. */
export const flowProperty: ParameterProperty = {
  type: "string",
  symbol: "flow",
  description: 'Softmax self-attention "SA", or its unnormalised form "USA".',
  unit: "1",
  enum: ["SA", "USA"],
  default: "USA",
};

export const betaProperty: ParameterProperty = {
  type: "number",
  symbol: "β",
  description: "Inverse temperature of attention, from -100 to 100.",
  unit: "1",
  minimum: -100,
  maximum: 100,
  default: 0.5,
};

export const tokensAxis: Axis = { name: "n", symbol: "n", meaning: "number of tokens", least: 1 };
