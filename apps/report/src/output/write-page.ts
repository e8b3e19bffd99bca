import type { MesoscopeRecord } from "@mesoscope/contracts";
import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../failure.js";
import type { PageTools } from "../page/shell.js";
import { writeCrate } from "./crate/write-crate.js";
import { isFreeOrOurs, type ReportFolder } from "./folder.js";
import { readFolder, requireFileName, type ReadRecords } from "./records.js";
import { writeWhole } from "./write-file.js";

/** The programs of the pages lie at this place in the package, whether it runs from its sources or as it is built. */
const scripts = new URL("../../dist/scripts/", import.meta.url);

/**
 * Writes the page of each record of the folder, `ro-crate-metadata.json`, then `index.html`: bundled studies first, in the order of `first`, then the others by id.
 * A page of a record that is gone goes, too.
 */
export async function writePage(folder: ReportFolder, first: readonly string[]): Promise<ReadRecords> {
  const { records, unreadable } = await readFolder(folder);
  const place = (record: MesoscopeRecord): number => (first.includes(record.id) ? first.indexOf(record.id) : first.length);
  const ordered = [...records].sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
  // Loaded when there is something to show: figures and formulas take half of the time in which a command starts.
  const [{ renderIndex }, { renderStudyPage }] = await Promise.all([import("../page/index-page.js"), import("../page/study-page.js")]);
  const tools = await pageTools();
  for (const record of ordered) await writeWhole(await ownPath(folder, record.id), renderStudyPage(record, tools));
  await removeStale(folder, new Set(ordered.map(({ id }) => `${id}.html`)));
  await writeCrate(folder, ordered);
  await writeWhole(folder.index, renderIndex(ordered, tools, unreadable));
  return { records: ordered, unreadable };
}

/** What pages are made with in Node. */
export async function pageTools(): Promise<PageTools> {
  const script = (name: string): Promise<string> => readFile(new URL(name, scripts), "utf8");
  return {
    sha256Base64: (text) => createHash("sha256").update(text, "utf8").digest("base64"),
    scripts: { index: await script("index.txt"), study: await script("study.txt") },
  };
}

/**
 * Where the page of a record goes.
 * @throws InputError if something is there that Mesoscope did not write
 */
async function ownPath(folder: ReportFolder, id: string): Promise<string> {
  requireFileName(id);
  const path = join(folder.studies, `${id}.html`);
  if (await isFreeOrOurs(path)) return path;
  throw new InputError({ what: `studies/${id}.html exists in the output folder`, rule: "Mesoscope did not write it and would overwrite it", remedy: "Move it away, or choose another folder." });
}

/** Removes pages that Mesoscope wrote and that show no record of the folder any more; what others put there stays. */
async function removeStale(folder: ReportFolder, wanted: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder.studies)) {
    if (wanted.has(name) || !name.endsWith(".html")) continue;
    const path = join(folder.studies, name);
    if (await isFreeOrOurs(path)) await rm(path, { force: true });
  }
}
