import type { Parameters } from "@mesoscope/contracts";
import type { Level, Study } from "@mesoscope/studies";
import { InputError } from "../failure.js";
import { showValue, suggestion } from "../words.js";
import { deepest, isTower } from "./depth.js";
import { checkAgainst } from "./schema.js";

/** A value that a parameter may have, before it is checked. */
export type Given = Readonly<Record<string, unknown>>;

/**
 * The parameters of a run: the schema's defaults, then the level's, then what was given, checked as a whole.
 * @throws InputError naming value, rule and remedy
 */
export function completeParameters(study: Study, level: Level, given: Given): Parameters {
  const names = Object.keys(study.parameters.properties);
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) {
      throw new InputError({ what: `parameter ${showValue(name)}`, rule: `${study.id} has no parameter of this name`, remedy: suggestion(name, names) });
    }
  }
  const complete: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(study.parameters.properties)) {
    const value = [given, study.levels[level] as Given].find((values) => Object.hasOwn(values, name))?.[name] ?? property.default;
    if (value !== undefined) complete[name] = value;
  }
  checkAgainst(study.parameters, complete, `study "${study.id}"`);
  return complete as Parameters;
}

/** Reads `name=value` as given with --set: JSON numbers, booleans and lists; a bare list 1,2,3; everything else is text. */
export function readAssignment(text: string): readonly [name: string, value: unknown] {
  const equals = text.indexOf("=");
  if (equals < 1) {
    throw new InputError({ what: `--set ${showValue(text)}`, rule: "it must have the form name=value", remedy: "For example --set beta=0.5." });
  }
  return [text.slice(0, equals), readValue(`--set ${text.slice(0, equals)}`, text.slice(equals + 1))];
}

/** The last one counts if a name is set twice. */
export function readAssignments(texts: readonly string[]): Given {
  return Object.fromEntries(texts.map(readAssignment));
}

/** A value as it is typed; `named` is how messages begin, for example "--set beta". */
export function readValue(named: string, text: string): unknown {
  if (isTower(text)) throw new InputError({ what: named, rule: `it is nested more than ${deepest} levels deep`, remedy: "A parameter is a number, true or false, text, or a list of numbers." });
  const value = parsed(/^[-+.\deE]+(,[-+.\deE]+)+$/.test(text) ? `[${text}]` : text);
  if (value === null || (typeof value === "object" && !Array.isArray(value))) {
    throw new InputError({ what: `${named}=${text.length > 120 ? `${text.slice(0, 117)}...` : text}`, rule: "a parameter is a number, true or false, text, or a list of numbers", remedy: "Give one of these." });
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
