/** @file Every fault of a study file with its line. What is valid `planJobs` decides; here is where the faults stand. */
import { dirname, resolve } from "node:path";
import type { Study } from "@mesoscope/studies";
import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import type { Catalogue } from "../catalogue.js";
import { explainsItself } from "../failure.js";
import { showValue, suggestion } from "../words.js";
import { isDeep, isTowerOfYaml } from "./depth.js";
import { checkSeed } from "./job.js";
import { importPair } from "./pair-module.js";
import type { Given } from "./parameters.js";
import { faultsAgainst, type Fault } from "./schema.js";
import { mostAliases, studyFileSchema, yamlRules } from "./study-file.js";

/** A fault, and where it stands; line and column count from 1. */
export interface LocatedFault {
  readonly line?: number;
  readonly column?: number;
  readonly what: string;
  readonly rule: string;
  readonly remedy: string;
}

/** All faults of the text of a study file that have a line, in the order of their lines; for a pair, its module is imported. */
export async function studyFileFaults(text: string, path: string, catalogue: Catalogue): Promise<readonly LocatedFault[]> {
  if (isTowerOfYaml(text)) return [];
  const lines = new LineCounter();
  const document = parseDocument(text, { ...yamlRules, lineCounter: lines });
  const malformed = document.errors.map(({ pos, message }) => ({
    ...placeOf(pos[0], lines),
    what: "the text",
    rule: `this is not YAML or JSON (${message.split(/ at line |\n/)[0]!})`,
    remedy: "Mend that line.",
  }));
  if (malformed.length > 0) return malformed;
  const content = contentOf(document);
  if (content === undefined) return [];
  const faults = [...faultsOfFile(content), ...(await faultsOfParameters(content, path, catalogue))];
  const located = faults.map(({ path: way, what, rule, remedy }) => ({ ...placeOf(offsetOf(document, way), lines), what, rule, remedy }));
  return located.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Names with values; undefined for what is none, is too deep, or has too many aliases. */
function contentOf(document: Document.Parsed): Given | undefined {
  try {
    const value = document.toJS({ maxAliasCount: mostAliases }) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) && !isDeep(value) ? (value as Given) : undefined;
  } catch {
    return undefined;
  }
}

/** What the file says beside its parameters. */
function faultsOfFile(content: Given): readonly Fault[] {
  const both = ["study", "pair"].filter((name) => Object.hasOwn(content, name));
  const one = { rule: "it must name one of the two", remedy: "Write `study: <id>` or `pair: ./module.mjs`." };
  return [
    ...(both.length === 1 ? [] : [{ path: both.slice(1), what: `the file names ${both.length === 2 ? "a study and a pair" : "neither a study nor a pair"}`, ...one }]),
    // The number of names was just told in words.
    ...faultsAgainst({ ...studyFileSchema, oneOf: [{}] }, content),
    ...(Object.hasOwn(content, "study") && Object.hasOwn(content, "design") ? [{ path: ["design"], what: "a design is given", rule: "a bundled study has its own", remedy: "Set its parameters instead." }] : []),
    ...refused(["seed"], () => {
      if (typeof content["seed"] === "string") checkSeed(content["seed"]);
    }),
  ];
}

/** What the study, or the pair, says of the parameters. */
async function faultsOfParameters(content: Given, path: string, catalogue: Catalogue): Promise<readonly Fault[]> {
  const { study: id, pair, parameters = {} } = content;
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) return [];
  const studies = catalogue.studies.map((study) => study.id);
  const study = typeof pair === "string" ? await studyOfModule(resolve(dirname(path), pair), pair, catalogue) : catalogue.studies.find((candidate) => candidate.id === id);
  if (study !== undefined && "what" in study) return [study];
  if (study !== undefined) return faultsOfGiven(parameters as Given, study);
  return typeof id === "string" ? [{ path: ["study"], what: `study = ${showValue(id)}`, rule: "there is no study of this id", remedy: suggestion(id, studies) }] : [];
}

function faultsOfGiven(given: Given, study: Study): readonly Fault[] {
  const names = Object.keys(study.parameters.properties);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  const schema = { ...study.parameters, required: [], additionalProperties: true };
  return [
    ...unknown.map((name) => ({ path: ["parameters", name], what: `parameter ${showValue(name)}`, rule: `${study.id} has no parameter of this name`, remedy: suggestion(name, names) })),
    // Numbers that are none were told with the file.
    ...faultsAgainst(schema, given).filter(({ rule }) => rule !== "it must be a finite number").map((fault) => ({ ...fault, path: ["parameters", ...fault.path] })),
  ];
}

async function studyOfModule(path: string, shown: string, catalogue: Catalogue): Promise<Study | Fault> {
  try {
    return catalogue.studyOfPair((await importPair(path, shown)).pair);
  } catch (error) {
    const { message, rule, remedy } = requireExplained(error);
    return { path: ["pair"], what: message.split(": ")[0]!, rule, remedy };
  }
}

function refused(path: readonly string[], check: () => void): readonly Fault[] {
  try {
    check();
    return [];
  } catch (error) {
    const { message, rule, remedy } = requireExplained(error);
    return [{ path, what: message.split(": ")[0]!, rule, remedy }];
  }
}

function requireExplained(error: unknown): { readonly message: string; readonly rule: string; readonly remedy: string } {
  if (explainsItself(error)) return error;
  throw error;
}

function placeOf(offset: number, lines: LineCounter): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Where the value at a path begins, or, if its name leads to none, as far as the path can be followed; a name of a map where it is written. */
function offsetOf(document: Document.Parsed, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const entry = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === step);
      if (entry === undefined) return offset;
      offset = (isNode(entry.key) ? entry.key.range?.[0] : undefined) ?? offset;
      node = entry.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (isNode(node) ? node.range?.[0] : undefined) ?? offset;
    } else return offset;
  }
  return offset;
}
