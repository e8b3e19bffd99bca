/** @file A network of one-bit attention as an input: by name, or by its features. */
import { oneBitNetwork, ONE_BIT_SYSTEM_NAMES, tokenStart, windowStart, type OneBitSystemName, type WindowState } from "@mesoscope/dmft/hopfield";
import { attentionNetwork, classesFromColumns, type AttentionNetwork, type RoleRows } from "@mesoscope/hopfield-transformer";
import { DomainError } from "@mesoscope/numerics";
import type { JsonSchema } from "../quantity.js";
import { number, numbers, object } from "./inputs.js";

export interface NetworkInput {
  readonly system?: OneBitSystemName;
  readonly features?: { readonly weights: readonly number[]; readonly xi: RoleRows; readonly zeta?: RoleRows };
  readonly contextLength?: number;
  readonly beta?: number;
  readonly gamma?: number;
  readonly positionalWeight?: number;
  readonly logitScale?: number;
}

const rows: JsonSchema = { type: "array", minItems: 1, items: { type: "array", items: { type: "number" } }, description: "one row for each feature" };
const roles = (description: string): JsonSchema => ({ ...object({ o: rows, v: rows, q: rows, k: rows }), description });

/** Properties that name a network; all optional: the published one, at its own parameters, unless given. */
export const networkProperties: Readonly<Record<string, JsonSchema>> = {
  system: { enum: ONE_BIT_SYSTEM_NAMES, description: "network by name: paper3 is the published one (default)" },
  features: {
    ...object({ weights: numbers("w_c, shares of the column classes, adding to 1"), xi: roles("patterns of output, value, query and key: one column for each class"), zeta: roles("positional parts: one column for each positional bit") }, ["zeta"]),
    description: "features of a network of your own, in place of a name; then give contextLength, beta and gamma",
  },
  contextLength: { type: "integer", minimum: 1, maximum: 64, description: "L, tokens that the newest attends to, itself included" },
  beta: { type: "number", minimum: 0, maximum: 1e6, description: "β, inverse temperature of the output" },
  gamma: { type: "number", minimum: -1e9, maximum: 1e9, description: "γ, inverse temperature of the attention" },
  positionalWeight: { type: "number", minimum: 0, maximum: 1, description: "ε, weight of the positions in every overlap" },
  logitScale: { type: "number", description: "g/γ, 1/sqrt(M) unless given" },
};

export const NETWORK_NAMES: readonly string[] = Object.keys(networkProperties);

/** @throws DomainError for a network without what it needs */
export function networkFrom({ system, features, contextLength, beta, gamma, positionalWeight, logitScale }: NetworkInput): AttentionNetwork {
  const other = { ...(contextLength === undefined ? {} : { contextLength }), ...(beta === undefined ? {} : { beta }), ...(gamma === undefined ? {} : { gamma }), ...(positionalWeight === undefined ? {} : { positionalWeight }), ...(logitScale === undefined ? {} : { logitScale }) };
  if (features === undefined) return oneBitNetwork(system ?? "paper3", other);
  if (system !== undefined) throw new DomainError({ name: "system", value: system, rule: "must not be given beside features", remedy: "Leave one of the two out." });
  if (contextLength === undefined || beta === undefined || gamma === undefined) {
    throw new DomainError({ name: "features", value: "given alone", rule: "need contextLength, beta and gamma beside them", remedy: "Give the three: only named networks have their own." });
  }
  return attentionNetwork({ features: classesFromColumns(features), ...other, contextLength, beta, gamma });
}

export interface StartInput {
  readonly window?: readonly (readonly number[])[];
  readonly t?: number;
}

/** Where a trajectory starts; the first output feature as the only token unless given. */
export const startProperties: Readonly<Record<string, JsonSchema>> = {
  window: { type: "array", minItems: 1, maxItems: 64, items: { type: "array", items: { type: "number", minimum: -1, maximum: 1 } }, description: "start: tokens as class magnetisations u_c, the newest first, 1 to L of them; the first output feature alone unless given" },
  t: { type: "integer", description: "index of the newest token of the start; 0 unless given" },
};

export const START_NAMES: readonly string[] = Object.keys(startProperties);

export function startFrom(network: AttentionNetwork, { window, t = 0 }: StartInput): WindowState {
  return window === undefined ? tokenStart(network, undefined, t) : windowStart(network, window, t);
}

/** Multipliers or eigenvalues: parts and moduli, a list each. */
export const multipliersOutput: JsonSchema = { type: "array", items: object({ real: number("real part"), imaginary: number("imaginary part"), modulus: number("modulus") }), description: "multipliers, the largest modulus first" };
