/** @file Kept cells as files, and the journal beside them. */
import { journalLine, type CellStore, type JournalEntry } from "@mesoscope/finite-size";
import { createHash } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DiskRefused } from "../failure.js";
import type { Disk } from "./disk.js";
import { isThere } from "./process-identity.js";
import { cellPath, namesIn, presentJournal, type SweepPaths } from "./sweep-folder.js";

/** A store of cells in a folder; `tell` is given each fault in a sentence. */
export interface CellFolder extends CellStore {
  /** Resolves once everything that was written is in the journal too. */
  readonly flush: () => Promise<void>;
}

/**
 * Opens the cells of a sweep. Only the holder of its lock may.
 *
 * A cell is its file first and a line of the journal after: a process killed between the two leaves a sound file without a line, which
 * gets its line when it is next read. A line for these very bytes is never written again.
 */
export async function openCells(paths: SweepPaths, disk: Disk, tell: (words: string) => void): Promise<CellFolder> {
  await removeUnfinished(paths);
  const { entries, faults } = await presentJournal(paths);
  const sums = new Map([...entries].map(([id, { sha256 }]) => [id, sha256]));
  for (const { message } of faults) tell(`journal: ${message}`);
  const { add, flush } = journalQueue(paths.journal, disk);
  const enter = async (entry: JournalEntry): Promise<void> => {
    const before = sums.get(entry.cell);
    if (before === entry.sha256) return;
    if (before !== undefined) tell(`cell ${short(entry.cell)} has other bytes than the journal says: its system does not give the same numbers for the same key, or the file is from elsewhere`);
    sums.set(entry.cell, entry.sha256);
    await add(journalLine(entry));
  };
  const refuse = async (id: string, message: string): Promise<void> => {
    const path = cellPath(paths, id);
    await rename(path, `${path}.damaged`).catch((error: unknown) => {
      throw new DiskRefused(path, error);
    });
    tell(`cell ${short(id)}: ${message}; it is put aside as ${basename(path).slice(0, 12)}....cell.damaged and runs again`);
  };
  return {
    read: (id) => readIfThere(cellPath(paths, id), id, tell, (message) => refuse(id, message)),
    found: (id, bytes) => enter(entryOf(id, bytes)),
    async write(id, bytes, seconds) {
      await disk.makeFolder(dirname(cellPath(paths, id)));
      await disk.writeWhole(cellPath(paths, id), bytes);
      await enter(entryOf(id, bytes, seconds));
    },
    refuse: (id, _, message) => refuse(id, message),
    flush,
  };
}

/** Lines that come while others are being flushed are flushed together. */
function journalQueue(path: string, disk: Disk): { readonly add: (line: string) => Promise<void>; readonly flush: () => Promise<void> } {
  let waiting = "";
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();
  const add = (line: string): Promise<void> => {
    waiting += line;
    next ??= current.catch(() => undefined).then(() => {
      const lines = waiting;
      waiting = "";
      current = next!;
      next = undefined;
      return disk.append(path, lines);
    });
    return next;
  };
  return { add, flush: () => next ?? current };
}

function entryOf(id: string, bytes: Uint8Array, seconds?: number): JournalEntry {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { cell: id, bytes: bytes.length, sha256, ...(seconds === undefined ? {} : { seconds: Number(seconds.toPrecision(4)) }) };
}

async function readIfThere(path: string, id: string, tell: (words: string) => void, refuse: (message: string) => Promise<void>): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // No file can take its name.
    if (code === "EISDIR") await refuse("it is a folder");
    else if (code !== "ENOENT" && code !== "ENOTDIR") tell(`cell ${short(id)} cannot be read (${code ?? String(error)}) and runs again`);
    return undefined;
  }
}

/** What killed processes were writing: in the folders of the sweep, which are ours alone, and beside page and records, where others may write. */
async function removeUnfinished({ root, cells }: SweepPaths): Promise<void> {
  const own = [root, ...(await namesIn(cells)).filter((name) => /^[0-9a-f]{2}$/.test(name)).map((name) => join(cells, name))];
  for (const folder of [...own, dirname(root), join(dirname(root), "records")]) {
    for (const name of await namesIn(folder)) {
      const [, file, pid] = /^\.(.*)\.(\d+)\.tmp$/.exec(name) ?? [];
      const isOurs = own.includes(folder) || (/^index\.html$|\.(record|run)\.json$/.test(file ?? "") && !isThere(Number(pid)));
      if (pid !== undefined && isOurs) await rm(join(folder, name), { force: true });
    }
  }
}

/** A cell as messages name it. */
export function short(id: string): string {
  return id.slice(0, 12);
}
