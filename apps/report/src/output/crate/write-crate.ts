import type { MesoscopeRecord } from "@mesoscope/contracts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { citation } from "../../citation/mesoscope.js";
import type { RunNote } from "../../run/run-note.js";
import type { ReportFolder } from "../folder.js";
import { writeWhole } from "../write-file.js";
import { roCrate } from "./crate.js";

/** Writes `ro-crate-metadata.json` beside the index. It is dated by the last run, or, for records from elsewhere, by today. */
export async function writeCrate(folder: ReportFolder, records: readonly MesoscopeRecord[]): Promise<void> {
  const made = await Promise.all(records.map(async (record) => ({ record, run: await runOf(folder, record) })));
  const last = made.flatMap(({ run }) => (run === undefined ? [] : [run.finished])).sort().at(-1) ?? new Date().toISOString();
  await writeWhole(join(folder.root, "ro-crate-metadata.json"), `${JSON.stringify(roCrate(made, citation, last.slice(0, 10)), null, 2)}\n`);
}

/** The note of the run that made just this record. */
async function runOf(folder: ReportFolder, { id, hash }: MesoscopeRecord): Promise<RunNote | undefined> {
  try {
    const note = JSON.parse(await readFile(join(folder.records, `${id}.run.json`), "utf8")) as Partial<RunNote>;
    const isTime = (text: unknown): boolean => typeof text === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text);
    return note.recordHash === hash && isTime(note.started) && isTime(note.finished) ? (note as RunNote) : undefined;
  } catch {
    return undefined;
  }
}
