import type { ParameterProperty } from "@mesoscope/contracts";

/** How a network is followed. */
export const weightsProperty: ParameterProperty = {
  type: "string",
  symbol: "W",
  description: 'How a network is followed: "reduced", exact in law by small matrices and products that are drawn where they are asked for; "explicit", by gradient descent on all weights.',
  unit: "1",
  enum: ["reduced", "explicit"],
  default: "reduced",
};
