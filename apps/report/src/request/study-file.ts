import { dirname, resolve } from "node:path";
import type { Level, PairDesign } from "@mesoscope/studies";
import { parseDocument } from "yaml";
import { InputError } from "../failure.js";
import { readBounded } from "../output/read-bounded.js";
import { deepest, isDeep, isTowerOfYaml } from "./depth.js";
import { checkAgainst } from "./schema.js";
import type { Given } from "./parameters.js";

/** A study as a file: which study or whose pair, and what is set. */
export interface StudyFile {
  readonly study?: string;
  /** Absolute path of a stranger's pair. */
  readonly pair?: string;
  readonly level?: Level;
  readonly seed?: string;
  /** The design of a pair is among them: `sizes` and `replicas`. */
  readonly parameters: Given;
}

/** Members that are written in another form than they are used. */
interface WrittenDifferently {
  readonly seed?: string | number;
  readonly design?: PairDesign;
  readonly parameters?: Given;
}

const largest = 1_000_000;

/** The shape of a study file, as JSON Schema. */
export const studyFileSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "A Mesoscope study file",
  type: "object",
  properties: {
    study: { type: "string", description: "Id of a bundled study." },
    pair: { type: "string", description: "Path of a module whose default export is a pair, from this file's folder." },
    level: { enum: ["quick", "default", "full"], description: "How much it may cost." },
    seed: { type: ["string", "integer"], description: "Any text; equal seeds, equal numbers." },
    design: {
      type: "object",
      description: "For a pair: its sizes and how many replicas of each.",
      properties: {
        sizes: { type: "array", items: { type: "integer", minimum: 1 }, minItems: 1, uniqueItems: true },
        replicas: { type: "integer", minimum: 2 },
      },
      additionalProperties: false,
    },
    parameters: { type: "object", description: "Values of parameters by name." },
  },
  oneOf: [{ required: ["study"] }, { required: ["pair"] }],
  additionalProperties: false,
} as const;

/**
 * Reads a study file in YAML or JSON (which is YAML).
 * @throws InputError with line and column if it is malformed, with value, rule and remedy if it says what cannot be
 */
export async function readStudyFile(path: string, shown: string): Promise<StudyFile> {
  const value = parseYaml(await readSmallFile(path, shown), shown);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError({ what: shown, rule: "a study file is a list of names with values", remedy: "Begin it with `study: growth-rates`, for example." });
  }
  const content = value as Given;
  const hasStudy = Object.hasOwn(content, "study");
  if (hasStudy === Object.hasOwn(content, "pair")) {
    throw new InputError({
      what: `${shown} names ${hasStudy ? "a study and a pair" : "neither a study nor a pair"}`,
      rule: "it must name one of the two",
      remedy: "Write `study: <id>` or `pair: ./module.mjs`.",
    });
  }
  checkAgainst(studyFileSchema, content, shown);
  if (hasStudy && Object.hasOwn(content, "design")) {
    throw new InputError({ what: `${shown} gives a design`, rule: "a bundled study has its own", remedy: "Set its parameters instead." });
  }
  const { pair, seed, parameters, design, ...rest } = content as Pick<StudyFile, "study" | "pair" | "level"> & WrittenDifferently;
  return {
    ...rest,
    ...(seed === undefined ? {} : { seed: String(seed) }),
    ...(pair === undefined ? {} : { pair: resolve(dirname(path), pair) }),
    parameters: { ...design, ...parameters },
  };
}

/** YAML 1.2 with unique keys. */
export const yamlRules = { prettyErrors: true, uniqueKeys: true, version: "1.2", merge: false } as const;
/** So few that a small file cannot become a large value. */
export const mostAliases = 100;

/** Parses YAML 1.2 with unique keys and few aliases, so that a small file cannot become a large value. */
export function parseYaml(text: string, shown: string): unknown {
  const tooDeep = new InputError({ what: shown, rule: `it is nested more than ${deepest} levels deep`, remedy: "Study files are flat and short: names with values, and lists of numbers." });
  if (isTowerOfYaml(text)) throw tooDeep;
  try {
    const document = parseDocument(text, yamlRules);
    const error = document.errors[0];
    if (error !== undefined) {
      const [at] = error.linePos ?? [];
      const place = at === undefined ? "" : `, line ${at.line}, column ${at.col}`;
      throw new InputError({ what: `${shown}${place}`, rule: `this is not YAML or JSON (${error.message.split(/ at line |\n/)[0]!})`, remedy: "Mend that line." });
    }
    const value = document.toJS({ maxAliasCount: mostAliases }) as unknown;
    if (isDeep(value)) throw tooDeep;
    return value;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError({ what: shown, rule: `it cannot be read as YAML or JSON (${message})`, remedy: "Study files are flat and short: write it without deep nesting and aliases." });
  }
}

/** @throws InputError if a file cannot be read, or is too large for a study file */
export async function readSmallFile(path: string, shown: string): Promise<string> {
  const text = await readBounded(path, largest).catch((error: unknown) => {
    throw new InputError({ what: shown, rule: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`, remedy: "Check the path." });
  });
  if (text !== undefined) return text;
  throw new InputError({ what: shown, rule: `a study file has at most ${largest.toLocaleString("en")} bytes, and this has more`, remedy: "Is it a record? Then give it to `mesoscope report`." });
}
