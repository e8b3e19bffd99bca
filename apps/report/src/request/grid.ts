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
    grid.set(name, distinctValues(`--grid ${name}`, splitOutsideBrackets(text.slice(equals + 1))));
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

function distinctValues(named: string, words: readonly string[] | undefined): readonly unknown[] {
  if (words === undefined) throw new InputError({ what: named, rule: "a bracket is not closed, or not opened, or stands in another", remedy: "Give lists as in --grid 'sizes=[64,128],[256]'." });
  const seen = new Set<string>();
  return words.map((word) => {
    if (word === "") throw new InputError({ what: named, rule: "a value is empty", remedy: "Give something before and after each comma." });
    const value = readValue(named, word);
    const text = JSON.stringify(value, (_, entry: unknown) => (typeof entry === "number" ? String(entry) : entry));
    if (seen.has(text)) throw new InputError({ what: named, rule: `it names ${showValue(value)} twice`, remedy: "Name each value once." });
    seen.add(text);
    return value;
  });
}

/** At the commas outside brackets; undefined if brackets do not pair. */
function splitOutsideBrackets(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let [isInside, begin] = [false, 0];
  for (const [i, letter] of `${text},`.split("").entries()) {
    if (letter === "[" || letter === "]") {
      if (isInside === (letter === "[")) return undefined;
      isInside = !isInside;
    }
    if (letter !== "," || isInside) continue;
    words.push(text.slice(begin, i));
    begin = i + 1;
  }
  return isInside ? undefined : words;
}
