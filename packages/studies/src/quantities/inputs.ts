/** @file The words that every quantity's input is made of: one JSON Schema property each. */
import type { JsonSchema } from "../quantity.js";

export const flow: JsonSchema = { enum: ["SA", "USA"], description: "softmax (SA) or unnormalised (USA) self-attention" };
export const beta: JsonSchema = { type: "number", description: "β, inverse temperature of attention; dimensionless" };
export const dimension: JsonSchema = { type: "integer", minimum: 2, description: "d, dimension of the embedding space; tokens live on S^{d-1}" };
export const degree: JsonSchema = { type: "integer", minimum: 0, description: "k, degree of the harmonic; on the circle the mode" };
export const positiveDegree: JsonSchema = { ...degree, minimum: 1 };
export const tokens: JsonSchema = { type: "integer", minimum: 1, description: "n, number of tokens" };
export const threshold: JsonSchema = { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1, description: "r, threshold on |Z_k|" };
export const number = (description: string): JsonSchema => ({ type: "number", description });
export const numbers = (description: string): JsonSchema => ({ type: "array", items: { type: "number" }, description });

/** An object with these properties and no others, all required but those named optional. */
export function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  return {
    type: "object",
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}
