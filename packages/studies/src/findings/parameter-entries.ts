import type { ParameterEntry, Parameters, ParameterSchema } from "@mesoscope/contracts";

/** The parameters of a run as a record shows them: in the order of the schema, with symbol, meaning and unit. */
export function parameterEntries(schema: ParameterSchema, values: Parameters): readonly ParameterEntry[] {
  return Object.entries(schema.properties).flatMap(([name, { symbol, description, unit }]) => {
    const value = values[name];
    return value === undefined ? [] : [{ name, symbol, meaning: description, unit, value }];
  });
}
