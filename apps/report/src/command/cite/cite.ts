import { readRecord, type MesoscopeRecord } from "@mesoscope/contracts";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadCatalogue } from "../../catalogue.js";
import { bibtex, type Citation } from "../../citation/bibtex.js";
import { citation } from "../../citation/mesoscope.js";
import { exitStatus, InputError } from "../../failure.js";
import { resolveOutput } from "../../output/folder.js";
import { readText } from "../../output/records.js";
import { installedVersions } from "../../run/versions.js";
import type { World } from "../../world.js";
import { forTerminal, showValue, suggestion } from "../../words.js";

export interface CiteOptions {
  readonly bibtex?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

/** `mesoscope cite`: the software in the version that made the record (or this one), then the papers: of a record, or those that a study declares. */
export async function cite(target: string | undefined, options: CiteOptions, world: World): Promise<number> {
  if (options.bibtex === true && options.json === true) throw new InputError({ what: "--bibtex with --json", rule: "stdout has one form", remedy: "Choose one of them." });
  const source = target === undefined ? undefined : await sourceOf(target, options.out, world);
  const citations = [softwareIn(source?.versions?.["mesoscope"] ?? installedVersions()["mesoscope"]), ...(source === undefined ? theories() : papersOf(source))];
  const text = options.json === true ? `${JSON.stringify(citations, null, 2)}\n` : options.bibtex === true ? bibtex(citations) : inWords(citations);
  world.stdout.write(options.json === true ? text : forTerminal(text));
  return exitStatus.done;
}

/** What rests on papers: a record, or a study that has not been run. */
type Source = Pick<MesoscopeRecord, "references"> & Partial<Pick<MesoscopeRecord, "versions">>;

async function sourceOf(target: string, out: string, world: World): Promise<Source> {
  if (target.includes("\0")) throw new InputError({ what: JSON.stringify(target), rule: "a path has no NUL in it", remedy: "Remove it." });
  if (/\.json$/i.test(target)) return readRecord(await readText(resolve(world.folder, target), target), target);
  const { studies } = await loadCatalogue(world.catalogue);
  const study = studies.find(({ id }) => id === target);
  if (study === undefined) {
    throw new InputError({ what: showValue(target), rule: "it is neither a record (.record.json) nor the id of a study", remedy: suggestion(target, studies.map(({ id }) => id)) });
  }
  const shown = join(out, "records", `${target}.record.json`);
  const path = join(await resolveOutput(out, world.folder), "records", `${target}.record.json`);
  return (await stat(path).catch(() => undefined)) === undefined ? study : readRecord(await readText(path, shown), shown);
}

function softwareIn(version: string | undefined): Citation {
  const { title, authors } = citation;
  return { kind: "software", authors, title, ...(version === undefined ? {} : { version }) };
}

function theories(): readonly Citation[] {
  return citation.references.map((paper) => ({ kind: "paper", ...paper }));
}

/** The papers; where CITATION.cff knows one, with the full names of its authors. */
function papersOf({ references }: Source): readonly Citation[] {
  return references.map((reference) => {
    const known = citation.references.find(({ identifier }) => identifier === reference.identifier);
    const { authors, title, year, identifier } = reference;
    return { kind: "paper", title: cut(title), year, identifier: cut(identifier), authors: known?.authors ?? cut(authors).split(/\s*,\s*|\s+and\s+/) };
  });
}

/** No title is so long, but a text of a record may be. */
function cut(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 999)}…` : text;
}

function inWords(citations: readonly Citation[]): string {
  const lines = citations.map(({ authors, title, year, version, identifier }) => {
    const when = year === undefined ? "" : ` (${year})`;
    return `${authors.join(", ")}${when}. ${title}${version === undefined ? "" : `, version ${version}`}.${identifier === undefined ? "" : ` ${identifier}`}`;
  });
  return `${citation.message}\n\n${lines.join("\n")}\n`;
}
