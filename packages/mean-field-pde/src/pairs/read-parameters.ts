import { DomainError } from "@mesoscope/numerics";
import type { Parameters, ParameterProperty, ParameterSchema } from "@mesoscope/contracts";

/** Parameters with the defaults of the schema filled in; what a pair's `at` begins with. */
export interface ParameterReader {
  number(name: string): number;
  text(name: string): string;
  numbers(name: string): readonly number[];
}

/**
 * Reads parameters under their schema: defaults are filled in, types and bounds are checked.
 * @throws DomainError naming the parameter, the rule and the remedy
 */
export function readParameters(schema: ParameterSchema, parameters: Parameters): ParameterReader {
  for (const name of Object.keys(parameters)) {
    if (Object.hasOwn(schema.properties, name)) continue;
    throw new DomainError({ name: "parameters", value: name, rule: "must be known", remedy: `The parameters are ${Object.keys(schema.properties).join(", ")}.` });
  }
  const value = (name: string): Parameters[string] | undefined => parameters[name] ?? schema.properties[name]?.default;
  const wrong = (name: string, rule: string): DomainError =>
    new DomainError({ name, value: value(name), rule, remedy: schema.properties[name]?.description ?? "Leave it out." });
  const checkedNumber = (name: string, given: unknown): number => {
    const rule = numberRule(schema.properties[name], given);
    if (rule !== undefined) throw wrong(name, rule);
    return given as number;
  };
  return {
    number: (name) => checkedNumber(name, value(name)),
    text: (name) => {
      const given = value(name);
      const allowed = schema.properties[name]?.enum;
      if (typeof given === "string" && (allowed === undefined || allowed.includes(given))) return given;
      throw wrong(name, `must be ${allowed === undefined ? "a string" : `one of ${allowed.join(", ")}`}`);
    },
    numbers: (name) => {
      const given = value(name);
      if (!Array.isArray(given)) throw wrong(name, "must be a list of numbers");
      for (const entry of given as readonly unknown[]) if (typeof entry !== "number" || !Number.isFinite(entry)) throw wrong(name, "must contain finite numbers only");
      return given as readonly number[];
    },
  };
}

/** The rule that a value breaks, or undefined. */
function numberRule(property: ParameterProperty | undefined, given: unknown): string | undefined {
  if (typeof given !== "number" || !Number.isFinite(given)) return "must be a finite number";
  if (property?.type === "integer" && !Number.isSafeInteger(given)) return "must be an integer";
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = property ?? {};
  if (minimum !== undefined && given < minimum) return `must be at least ${minimum}`;
  if (maximum !== undefined && given > maximum) return `must be at most ${maximum}`;
  if (exclusiveMinimum !== undefined && given <= exclusiveMinimum) return `must be greater than ${exclusiveMinimum}`;
  if (exclusiveMaximum !== undefined && given >= exclusiveMaximum) return `must be less than ${exclusiveMaximum}`;
  return undefined;
}
