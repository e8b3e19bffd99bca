/** @file Parameters that the pairs of this system have in common: which network, and at what. */
import type { Axis, ParameterProperty } from "@mesoscope/contracts";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { oneBitNetwork, ONE_BIT_SYSTEM_NAMES } from "./one-bit-systems.js";
import type { OneBitSystemName } from "./one-bit-systems.js";
import type { ParameterReader } from "../../pairs/read-parameters.js";

export const systemProperty: ParameterProperty = {
  type: "string",
  symbol: "system",
  description: "Network by name: paper3 is the published one, the others are small.",
  unit: "1",
  enum: ONE_BIT_SYSTEM_NAMES,
  default: "paper3",
};

/** Properties without a default: where they are not given, the system's own value stands. */
export const networkProperties: Readonly<Record<string, ParameterProperty>> = {
  beta: { type: "number", symbol: "β", description: "Inverse temperature of the output; the system's own unless given.", unit: "1", minimum: 0, maximum: 1e6 },
  gamma: { type: "number", symbol: "γ", description: "Inverse temperature of the attention; the system's own unless given.", unit: "1", minimum: -1e9, maximum: 1e9 },
  contextLength: { type: "integer", symbol: "L", description: "Tokens that the newest attends to, itself included; the system's own unless given.", unit: "token", minimum: 1, maximum: 4096 },
  positionalWeight: { type: "number", symbol: "ε", description: "Weight of the positions in every overlap, 0 where there are none; the system's own unless given.", unit: "1", minimum: 0, maximum: 1 },
};

/** @throws DomainError for parameters that no network has */
export function networkOf(read: ParameterReader): AttentionNetwork {
  const given = { beta: read.number("beta"), gamma: read.number("gamma"), contextLength: read.number("contextLength"), positionalWeight: read.number("positionalWeight") };
  const other = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return oneBitNetwork(read.text("system") as OneBitSystemName, other);
}

export const bitsAxis: Axis = { name: "N", symbol: "N", meaning: "bits of a token", least: 1 };
