import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { InputError } from "../failure.js";
import { showValue, suggestion } from "../words.js";

const options = { allErrors: true, strictNumbers: true, coerceTypes: false, strictTypes: false, ownProperties: true } as const;
const checking = new Ajv2020({ ...options, useDefaults: false });
const completing = new Ajv2020({ ...options, useDefaults: true });
for (const ajv of [checking, completing]) ajv.addVocabulary(["symbol", "unit"]);

type Properties = Readonly<Record<string, unknown>>;

/** One value that is refused: where it stands in the object, what it is, its rule, what to do. */
export interface Fault {
  /** Names that lead to it; the last may be a name that ought not, or ought, to be there. */
  readonly path: readonly string[];
  readonly what: string;
  readonly rule: string;
  readonly remedy: string;
}

/** Everything that a JSON Schema (2020-12) refuses in an object, numbers that are none first. */
export function faultsAgainst(schema: object, value: Properties): readonly Fault[] {
  const nonFinite = nonFiniteIn(value, []);
  const validate = compiled(checking, schema);
  return nonFinite.length > 0 || validate(value) ? nonFinite : faultsFound(validate, value);
}

/**
 * Checks an object against a JSON Schema (2020-12).
 * @param where how messages name the object, for example `study "growth-rates"`
 * @throws InputError naming each value that is refused, its rule, and what to do
 */
export function checkAgainst(schema: object, value: Properties, where: string): void {
  refuseNonFinite(value);
  report(compiled(checking, schema), value, where);
}

/** As `checkAgainst`, on a copy that also gets the schema's defaults. */
export function completeAgainst(schema: object, value: Properties, where: string): Properties {
  refuseNonFinite(value);
  const copy = structuredClone(value) as Record<string, unknown>;
  report(compiled(completing, schema), copy, where);
  return copy;
}

const known = { checking: new WeakMap<object, ValidateFunction>(), completing: new WeakMap<object, ValidateFunction>() };

function compiled(ajv: Ajv2020, schema: object): ValidateFunction {
  const cache = ajv === checking ? known.checking : known.completing;
  const validate = cache.get(schema) ?? ajv.compile(schema);
  cache.set(schema, validate);
  return validate;
}

function report(validate: ValidateFunction, value: Properties, where: string): void {
  if (validate(value)) return;
  const faults = faultsFound(validate, value);
  const first = faults[0] ?? { what: where, rule: "it does not fit its schema", remedy: "" };
  const others = faults.slice(1, 5).map(({ what, rule }) => `${what}: ${rule}`);
  throw new InputError({
    what: `${where}, ${first.what}`,
    rule: first.rule,
    remedy: [first.remedy, others.length > 0 ? `Also: ${others.join("; ")}.` : ""].filter((part) => part !== "").join(" "),
  });
}

function faultsFound(validate: ValidateFunction, value: Properties): readonly Fault[] {
  return (validate.errors ?? []).map((error) => fault(error, value, validate.schema as { readonly properties?: Properties }));
}

function fault(error: ErrorObject, value: Properties, schema: { readonly properties?: Properties }): Fault {
  const path = error.instancePath.split("/").slice(1).map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
  const name = nameOf(path) || "the object";
  const params = error.params as Readonly<Record<string, unknown>>;
  const names = Object.keys(schema.properties ?? {});
  switch (error.keyword) {
    case "additionalProperties": {
      const extra = String(params["additionalProperty"]);
      return { path: [...path, extra], what: `${showValue(extra)} is given`, rule: "there is no such name here", remedy: suggestion(extra, names) };
    }
    case "required":
      return { path, what: `${String(params["missingProperty"])} is missing`, rule: "it has no default", remedy: "Give it." };
    case "enum":
      return { path, what: `${name} = ${showValue(at(value, path))}`, rule: `it must be one of ${(params["allowedValues"] as readonly unknown[]).map(showValue).join(", ")}`, remedy: "Choose one of them." };
    case "type": {
      const type = String(params["type"]);
      return { path, what: `${name} = ${showValue(at(value, path))}`, rule: `it must be ${typeWords[type] ?? type}`, remedy: `Write for example ${path[0] ?? "x"} = ${typeExamples[type] ?? "null"}.` };
    }
    case "uniqueItems":
      return { path, what: `${name} = ${showValue(at(value, path))}`, rule: "it names a value twice", remedy: "Name each once." };
    default:
      return { path, what: `${name} = ${showValue(at(value, path))}`, rule: `it ${error.message ?? `breaks "${error.keyword}"`}`, remedy: `Give ${name} a value that does.` };
  }
}

const typeWords: Readonly<Record<string, string>> = { array: "a list of numbers", integer: "an integer", number: "a number", string: "text", boolean: "true or false", object: "an object" };
const typeExamples: Readonly<Record<string, string>> = { array: "[32, 64]", integer: "64", number: "0.5", string: '"SA"', boolean: "true", object: "{}" };

/** Infinity comes from literals such as 1e400, NaN from YAML's .nan: neither is a number one can compute with. */
function nonFiniteIn(value: unknown, path: readonly string[]): readonly Fault[] {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return [{ path, what: `${nameOf(path)} = ${String(value)}`, rule: "it must be a finite number", remedy: "Numbers end at about 1.8e308; give one below." }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => nonFiniteIn(entry, [...path, name]));
}

function nameOf(path: readonly string[]): string {
  const name = path.join(".");
  return name.length > 120 ? `${name.slice(0, 117)}...` : name;
}

function refuseNonFinite(value: Properties): void {
  const [first] = nonFiniteIn(value, []);
  if (first !== undefined) throw new InputError(first);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((current, step) => (typeof current === "object" && current !== null && Object.hasOwn(current, step) ? (current as Properties)[step] : undefined), value);
}
