import type { MesoscopeRecord } from "@mesoscope/contracts";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { exitStatus, InputError } from "../../failure.js";
import { prepareInside } from "../../output/folder.js";
import { readRecords, recordsIn, recordSuffix, requireFileName, type ReadRecords } from "../../output/records.js";
import type { World } from "../../world.js";
import { forTerminal, showValue, suggestion } from "../../words.js";
import { formats, type Format } from "./formats.js";
import { writeOwn } from "./own-files.js";

export interface ExportOptions {
  readonly out: string;
  readonly format: string;
  readonly scale: string;
  readonly json?: boolean;
}

interface Exported {
  readonly id: string;
  readonly hash: string;
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * `mesoscope export`: figures as SVG and PNG, numbers as CSV and JSON, each record into a folder of its name. A record that cannot be
 * read or written is told on stderr, and the others are exported.
 */
export async function exportRecords(source: string, options: ExportOptions, world: World): Promise<number> {
  const wanted = readFormats(options.format);
  const scale = readScale(options.scale);
  const { records, unreadable } = await readSource(source, world.folder);
  // Loaded here: figures take half of the time in which a command starts.
  const { recordFiles } = await import("./record-files.js");
  const paint = wanted.includes("png") ? await (await import("./png.js")).pngPainter(scale) : undefined;
  const exported: Exported[] = [];
  const refused = unreadable.map(({ message }) => message);
  for (const record of records) {
    try {
      exported.push(await exportRecord(record));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused.push(error.message);
    }
  }
  for (const message of refused) world.stderr.write(`not exported: ${forTerminal(message)}\n`);
  const paths = exported.flatMap(({ folder, files }) => files.map((file) => join(folder, file)));
  if (refused.length === 0 && paths.length === 0) world.stderr.write("there is nothing to export: the records have neither figures nor tables in these formats\n");
  world.stdout.write(options.json === true ? `${JSON.stringify({ records: exported, refused }, null, 2)}\n` : paths.map((path) => `${path}\n`).join(""));
  return refused.length > 0 ? exitStatus.badInput : exitStatus.done;

  async function exportRecord(record: MesoscopeRecord): Promise<Exported> {
    const { id, hash } = record;
    requireFileName(id);
    const folder = await prepareInside(options.out, id, world.folder);
    return { id, hash, folder, files: await writeOwn(folder, `${options.out}/${id}`, recordFiles(record, wanted, paint), { id, hash }) };
  }
}

function readFormats(text: string): readonly Format[] {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  const isKnown = (name: string): name is Format => formats.some((format) => format === name);
  const unknown = names.find((name) => !isKnown(name));
  if (unknown === undefined) return names.filter(isKnown);
  throw new InputError({ what: `--format ${showValue(text)}`, rule: `${showValue(unknown)} is no format that is written here`, remedy: suggestion(unknown, formats) });
}

function readScale(text: string): number {
  const scale = Number(text);
  if (/^\d*\.?\d+$/.test(text) && scale >= 0.1 && scale <= 10) return scale;
  throw new InputError({ what: `--scale ${showValue(text)}`, rule: "it must be a number from 0.1 to 10", remedy: "2 is for screens and slides, 4 for print." });
}

/** A record file; or all records of a folder: of a report (those in its `records`), or any other. */
async function readSource(source: string, folder: string): Promise<ReadRecords> {
  const path = resolve(folder, source);
  if (!(await isFolder(path))) {
    const read = await readRecords([{ path, shown: source }]);
    const [fault] = read.unreadable;
    if (fault !== undefined) throw new InputError({ what: `export ${source}`, rule: "it is neither a record nor a folder of records", remedy: fault.message });
    return read;
  }
  const isReport = await isFolder(join(path, "records"));
  const place = isReport ? join(path, "records") : path;
  const found = await recordsIn(place, join(source, isReport ? "records" : ""));
  if (found.length === 0) throw new InputError({ what: `export ${source}`, rule: `there is no *${recordSuffix} in ${isReport ? "its folder records" : "it"}`, remedy: "Give a record, the folder of a report, or a folder of records." });
  return readRecords(found);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
