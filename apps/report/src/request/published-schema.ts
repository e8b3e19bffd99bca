import type { ParameterProperty } from "@mesoscope/contracts";
import type { Study } from "@mesoscope/studies";
import { studyFileSchema } from "./study-file.js";

/**
 * The JSON Schema (2020-12) of study files for editors and for any validator: one alternative for each study, with its parameters, and one
 * for a pair, whose parameters only its module knows. Symbols and units stand in the descriptions, so that no keyword is ours.
 * It says what one value may be; what one parameter asks of another is known to `mesoscope check` alone.
 */
export function publishedSchema(studies: readonly Study[]): object {
  const { study, pair, level, seed, design, parameters } = studyFileSchema.properties;
  const common = {
    level: { type: "string", ...level },
    seed: { description: seed.description, anyOf: [{ type: "string", minLength: 1, maxLength: 200, pattern: String.raw`^[^\u0000-\u001F\u007F]*$` }, { type: "integer" }] },
  };
  const form = (title: string, description: string, required: string, properties: object): object => ({ title, description, type: "object", properties, required: [required], additionalProperties: false });
  return {
    $schema: studyFileSchema.$schema,
    title: studyFileSchema.title,
    type: "object",
    oneOf: [
      ...studies.map((one) => form(one.title, one.question, "study", {
        study: { type: "string", const: one.id, description: study.description },
        ...common,
        parameters: { ...parameters, properties: Object.fromEntries(Object.entries(one.parameters.properties).map(([name, property]) => [name, published(property)])), additionalProperties: false },
      })),
      form("A pair of your own", "A finite system beside its theory, from a module.", "pair", { pair, ...common, design, parameters }),
    ],
  };
}

/** A parameter without our own keywords. */
function published({ symbol, unit, description, ...rules }: ParameterProperty): object {
  return { ...rules, description: `${symbol}: ${description}${unit === "1" ? "" : ` (in ${unit})`}` };
}
