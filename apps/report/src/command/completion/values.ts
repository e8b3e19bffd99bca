/** @file What values options and arguments of the commands may have, where the tree of commands lists no choices. */
import type { ParameterProperty } from "@mesoscope/contracts";
import type { Study } from "@mesoscope/studies";
import type { Catalogue } from "../../catalogue.js";
import { formats } from "../export/formats.js";
import type { Candidate, Completion, Places, ValueRequest, ValuesOf } from "./candidates.js";

/** Names of arguments and options; one that stands for several things is named with its command. */
type Kinds = Readonly<Record<string, (request: ValueRequest, load: () => Promise<Catalogue>) => Completion | Promise<Completion>>>;

const only = (places: Places): (() => Completion) => () => ({ candidates: [], places });
const listed = (candidates: readonly Candidate[], places: Places = "nothing"): Completion => ({ candidates, places });
const studiesOf = (studies: readonly Study[]): readonly Candidate[] => studies.map(({ id, title }) => ({ value: id, description: title }));

export const kinds: Kinds = {
  studies: async (_, load) => listed(studiesOf((await load()).studies), "files"),
  study: async (_, load) => listed(studiesOf((await load()).studies)),
  "cite record": async (_, load) => listed(studiesOf((await load()).studies), "files"),
  quantity: async (_, load) => listed((await load()).quantities.map(({ id, title }) => ({ value: id, description: title }))),
  input: only("nothing"),
  records: only("files"),
  files: only("files"),
  first: only("files"),
  second: only("files"),
  "record-or-folder": only("files"),
  "--out": only("folders"),
  "init --out": only("files"),
  "--set": async (request, load) => listed(assignments(request, studiesAsked(request, (await load()).studies))),
  "--grid": async (request, load) => listed(assignments(request, studiesAsked(request, (await load()).studies))),
  "--format": ({ typed }) => listed(oneMore(typed, formats)),
  "--backend": async (_, load) => listed((await load()).backendNames.map((value) => ({ value, description: "" }))),
  "--seed": only("nothing"),
  "--workers": only("nothing"),
  "--threads": only("nothing"),
  "--budget": only("nothing"),
  "--scale": only("nothing"),
};

/** @param load the catalogue is loaded only where ids are asked for: it takes half of the time */
export function valuesIn(load: () => Promise<Catalogue>): ValuesOf {
  return async (request) => {
    const kind = [`${request.command} ${request.name}`, request.name].find((name) => Object.hasOwn(kinds, name));
    return kind === undefined ? only("nothing")() : kinds[kind]!(request, load);
  };
}

/** Those that the line names; all if it names none. */
function studiesAsked({ operands }: ValueRequest, studies: readonly Study[]): readonly Study[] {
  const named = studies.filter(({ id }) => operands.includes(id));
  return named.length > 0 ? named : studies;
}

/** "beta=", or, behind the sign, what a parameter with choices may be. */
function assignments({ typed }: ValueRequest, studies: readonly Study[]): readonly Candidate[] {
  const properties = new Map<string, ParameterProperty>(studies.flatMap(({ parameters }) => Object.entries(parameters.properties)));
  const name = typed.includes("=") ? typed.slice(0, typed.indexOf("=")) : undefined;
  if (name === undefined) return [...properties].map(([key, { symbol, description }]) => ({ value: `${key}=`, description: `${symbol}: ${description}` }));
  const { type, enum: choices } = properties.get(name) ?? {};
  const values = choices ?? (type === "boolean" ? [true, false] : []);
  return values.map((value) => ({ value: `${name}=${String(value)}`, description: "" }));
}

/** One more of a list with commas, of those that are not in it. */
function oneMore(typed: string, choices: readonly string[]): readonly Candidate[] {
  const before = typed.split(",").slice(0, -1);
  return choices.filter((choice) => !before.includes(choice)).map((choice) => ({ value: [...before, choice].join(","), description: "" }));
}
