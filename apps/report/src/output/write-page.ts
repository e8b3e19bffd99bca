import type { MesoscopeRecord } from "@mesoscope/contracts";
import { createHash } from "node:crypto";
import type { ReportFolder } from "./folder.js";
import { readFolder, type ReadRecords } from "./records.js";
import { writeWhole } from "./write-file.js";

/** Writes `index.html` from all records of the folder: bundled studies first, in the order of `first`, then the others by id. */
export async function writePage(folder: ReportFolder, first: readonly string[]): Promise<ReadRecords> {
  const { records, unreadable } = await readFolder(folder);
  const place = (record: MesoscopeRecord): number => (first.includes(record.id) ? first.indexOf(record.id) : first.length);
  const ordered = [...records].sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
  // Loaded when there is something to show: figures and formulas take half of the time in which a command starts.
  const { renderPage } = await import("../page/page.js");
  const sha256Base64 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");
  await writeWhole(folder.index, renderPage(ordered, { sha256Base64, unreadable }));
  return { records: ordered, unreadable };
}
