import type { ParameterProperty, Parameters, ParameterSchema } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";

/** Parameters under their schema. What is neither given nor has a default is undefined: the system's own value stands. */
export interface ParameterReader {
  readonly number: (name: string) => number | undefined;
  readonly text: (name: string) => string | undefined;
  readonly numbers: (name: string) => readonly number[] | undefined;
}

/**
 * Reads parameters: defaults are filled in, types and bounds are checked.
 * @throws DomainError naming the parameter, the rule and the remedy
 */
export function readParameters(schema: ParameterSchema, given: Parameters): ParameterReader {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(schema.properties, name)) continue;
    throw new DomainError({ name: "parameters", value: name, rule: "must be known", remedy: `The parameters are ${Object.keys(schema.properties).join(", ")}.` });
  }
  const checked = (name: string, ruleOf: (property: ParameterProperty, value: unknown) => string | undefined): Parameters[string] | undefined => {
    const property = schema.properties[name]!;
    const value = given[name] ?? property.default;
    if (value === undefined) return undefined;
    const rule = ruleOf(property, value);
    if (rule === undefined) return value;
    throw new DomainError({ name, value, rule, remedy: property.description });
  };
  return {
    number: (name) => checked(name, numberRule) as number | undefined,
    text: (name) => checked(name, textRule) as string | undefined,
    numbers: (name) => checked(name, numbersRule) as readonly number[] | undefined,
  };
}

/** The rule that a value breaks, or undefined. */
function numberRule(property: Omit<ParameterProperty, "type"> & { readonly type?: string }, value: unknown): string | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return "must be a finite number";
  if (property.type === "integer" && !Number.isSafeInteger(value)) return "must be an integer";
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = property;
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`;
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `must be greater than ${exclusiveMinimum}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `must be less than ${exclusiveMaximum}`;
  return undefined;
}

function textRule({ enum: allowed }: ParameterProperty, value: unknown): string | undefined {
  if (typeof value === "string" && (allowed === undefined || allowed.includes(value))) return undefined;
  return `must be ${allowed === undefined ? "a string" : `one of ${allowed.join(", ")}`}`;
}

function numbersRule({ items = { type: "number" } }: ParameterProperty, value: unknown): string | undefined {
  if (!Array.isArray(value)) return "must be a list of numbers";
  for (const entry of value as readonly unknown[]) {
    const rule = numberRule({ symbol: "", description: "", unit: "", ...items }, entry);
    if (rule !== undefined) return `${rule}, each entry`;
  }
  return undefined;
}
