import { readRecord, writeRecord, type MesoscopeRecord } from "@mesoscope/contracts";
import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DiskRefused, InputError } from "../failure.js";
import type { Unreadable } from "../page/index-page.js";
import type { ReportFolder } from "./folder.js";
import { readBounded } from "./read-bounded.js";
import { writeWhole } from "./write-file.js";

/** How the name of a record file ends. */
export const recordSuffix = ".record.json";
const largest = 256 * 1024 * 1024;
/** Names that some systems keep for devices, whatever follows the dot. */
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** Records that could be read, and files that could not. */
export interface ReadRecords {
  readonly records: readonly MesoscopeRecord[];
  readonly unreadable: readonly Unreadable[];
}

/** Writes `records/<id>.record.json`; ids are slugs, so the file is in that folder and nowhere else. */
export async function writeRecordFile(folder: ReportFolder, record: MesoscopeRecord): Promise<string> {
  const path = recordPath(folder, record.id);
  await writeWhole(path, writeRecord(record));
  return path;
}

/**
 * As `writeRecordFile`, for a record from elsewhere: another one that has its name stays.
 * @throws InputError if the file is there with another hash, or cannot be read
 */
export async function addRecordFile(folder: ReportFolder, record: MesoscopeRecord): Promise<void> {
  const shown = `records/${record.id}${recordSuffix}`;
  const present = await readPresent(recordPath(folder, record.id), shown);
  if (present !== undefined && present !== record.hash) {
    throw new InputError({
      what: `record "${record.id}" with hash ${record.hash}`,
      rule: `${shown} of the output folder ${present === "" ? "cannot be read as a record" : `has hash ${present}`}, and is not overwritten`,
      remedy: "Show it in another folder with --out, or move the file that is there away.",
    });
  }
  if (present === undefined) await writeRecordFile(folder, record);
}

/** The hash of the record at a path; empty if what is there is none, undefined if nothing is. */
async function readPresent(path: string, shown: string): Promise<string | undefined> {
  if ((await lstat(path).catch(() => undefined)) === undefined) return undefined;
  try {
    return readRecord(await readText(path, shown), shown).hash;
  } catch {
    return "";
  }
}

export async function writeRunNote(folder: ReportFolder, id: string, note: object): Promise<void> {
  await writeWhole(recordPath(folder, id).replace(/\.record\.json$/, ".run.json"), `${JSON.stringify(note, null, 2)}\n`);
}

function recordPath(folder: ReportFolder, id: string): string {
  requireFileName(id);
  return join(folder.records, `${id}${recordSuffix}`);
}

/** @throws InputError if an id cannot name a file or a folder on every system */
export function requireFileName(id: string): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || id.length > 64 || reserved.test(id)) {
    throw new InputError({ what: `record id ${JSON.stringify(id)}`, rule: "an id names a file: lower-case letters, digits and hyphens, and no name of a device", remedy: "Rename it." });
  }
}

/**
 * Reads every record of the folder in the order of their names.
 * @throws DiskRefused if the folder cannot be read
 */
export async function readFolder(folder: ReportFolder): Promise<ReadRecords> {
  return readRecords(await recordsIn(folder.records, "records"));
}

/** Where a record is, and how messages call it. */
export interface RecordFile {
  readonly path: string;
  readonly shown: string;
  /** Found in a folder: nobody said that it is a pipe, and to wait for one would be to wait forever. */
  readonly isFound?: boolean;
}

/**
 * The records of a folder in the order of their names.
 * @throws DiskRefused if the folder cannot be read
 */
export async function recordsIn(folder: string, shown: string): Promise<readonly RecordFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new DiskRefused(folder, error, "read");
  });
  return names
    .filter((name) => name.endsWith(recordSuffix) && !name.startsWith("."))
    .sort()
    .map((name) => ({ path: join(folder, name), shown: join(shown, name), isFound: true }));
}

/**
 * Reads one record.
 * @throws InputError if the file cannot be read; ContractError if it is no record, or was altered
 */
export async function readRecordFile(path: string, shown: string): Promise<MesoscopeRecord> {
  return readRecord(await readText(path, shown), shown);
}

/** Reads records, keeping those that cannot be read with the reason; of two with one id the first is kept. */
export async function readRecords(files: readonly RecordFile[]): Promise<ReadRecords> {
  const records: MesoscopeRecord[] = [];
  const unreadable: Unreadable[] = [];
  for (const { path, shown, isFound } of files) {
    try {
      if (isFound === true && !(await stat(path).catch(() => undefined))?.isFile()) throw new InputError({ what: shown, rule: "it is no file, or a link that leads to none", remedy: "Move it away." });
      const record = await readRecordFile(path, shown);
      if (records.some(({ id }) => id === record.id)) {
        throw new InputError({ what: `${shown} has the id ${record.id}`, rule: "another record of this report has it too", remedy: "Show them in two reports." });
      }
      records.push(record);
    } catch (error) {
      unreadable.push({ file: shown, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { records, unreadable };
}

/** @throws InputError if a file cannot be read, or is too large for a record */
export async function readText(path: string, shown: string): Promise<string> {
  const text = await readBounded(path, largest).catch((error: unknown) => {
    throw new InputError({ what: shown, rule: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`, remedy: "Check the path." });
  });
  if (text !== undefined) return text;
  throw new InputError({ what: shown, rule: `a record has at most ${largest.toLocaleString("en")} bytes, and this has more`, remedy: "Make it again with fewer points in its figures." });
}
