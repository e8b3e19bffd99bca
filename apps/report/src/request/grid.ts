/** @file A grid of parameters: every combination of values is a job with a record of its own. */
import { canonicalJson } from "@mesoscope/contracts";
import { createHash } from "node:crypto";
import { InputError } from "../failure.js";
import { showValue } from "../words.js";
import { readValue, type Given } from "./parameters.js";

/** Values by the name of their parameter, in the order in which they were given. */
export type Grid = ReadonlyMap<string, readonly unknown[]>;

const longestId = 64;

/**
 * Reads `name=v1,v2,...`, each value as `--set` reads it; lists are given in brackets: `sizes=[64,128],[256]`.
 * @throws InputError for another form, a name given twice, or a value given twice
 */
export function readGrid(texts: readonly string[]): Grid {
  const grid = new Map<string, readonly unknown[]>();
  for (const text of texts) {
    const equals = text.indexOf("=");
    const name = text.slice(0, Math.max(0, equals));
    if (name === "" || equals === text.length - 1) throw new InputError({ what: `--grid ${showValue(text)}`, rule: "it must have the form name=value,value,...", remedy: "For example --grid beta=0.5,1,2." });
    if (grid.has(name)) throw new InputError({ what: `--grid ${name}`, rule: "it is given twice", remedy: "Give all its values at once." });
    const values = splitOutsideBrackets(text.slice(equals + 1)).map((value) => readValue(`--grid ${name}`, value));
    const double = values.find((value, i) => values.findIndex((other) => showValue(other) === showValue(value)) < i);
    if (double !== undefined) throw new InputError({ what: `--grid ${name}`, rule: `it names ${showValue(double)} twice`, remedy: "Name each value once." });
    grid.set(name, values);
  }
  return grid;
}

/** How many combinations a grid has, without making one. */
export function gridSize(grid: Grid): number {
  return [...grid.values()].reduce((product, values) => product * values.length, 1);
}

/** The k-th combination; the last parameter runs fastest. */
export function combination(grid: Grid, k: number): Given {
  let rest = k;
  const chosen = [...grid].reverse().map(([name, values]) => {
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    return [name, value] as const;
  });
  return Object.fromEntries(chosen.reverse());
}

/**
 * The id of the record of a combination: `study-beta-0p5-flow-usa`. It depends on its own values only, is distinct for distinct ones, and
 * has at most 64 characters: where words had to change or be cut, a hash makes the difference.
 */
export function gridId(study: string, values: Given): string {
  const names = Object.keys(values);
  if (names.length === 0) return study;
  const words = [study, ...names.flatMap((name) => [name, asWord(values[name])])];
  const slug = words.map((word) => word.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "")).filter((word) => word !== "").join("-");
  if (slug.length <= longestId && words.join("-") === slug) return slug;
  const hash = createHash("sha256").update(canonicalJson(values, "grid")).digest("hex").slice(0, 8);
  return `${slug.slice(0, longestId - 9).replace(/-+$/, "")}-${hash}`;
}

/** "beta = 0.5, flow = USA" */
export function gridWords(values: Given): string {
  return Object.entries(values).map(([name, value]) => `${name} = ${typeof value === "string" ? value : showValue(value)}`).join(", ");
}

/** A number in letters and digits, no two alike: -0.25 is m0p25, 1e-7 is 1em7. */
function asWord(value: unknown): string {
  return typeof value === "number" ? String(value).replace("+", "").replaceAll("-", "m").replace(".", "p") : Array.isArray(value) ? value.map(asWord).join("-") : String(value);
}

function splitOutsideBrackets(text: string): readonly string[] {
  return text.match(/(?:\[[^\]]*\]|[^,[\]])+/g) ?? [];
}
