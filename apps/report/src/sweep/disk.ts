/** @file The two ways in which a sweep writes, both durable when they resolve. */
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { DiskRefused } from "../failure.js";
import { flushFolder, writeWhole } from "../output/write-file.js";

/** What a sweep asks of a disk. Both reject with `DiskRefused`, and leave what was valid valid. */
export interface Disk {
  /** Writes a file whole or not at all. */
  writeWhole(path: string, content: string | Uint8Array): Promise<void>;
  /** Adds whole lines at the end of a file; what a crash left without an end is ended first. */
  append(path: string, lines: string): Promise<void>;
  /** Makes a folder in one that is there, if it is not there itself. */
  makeFolder(path: string): Promise<void>;
}

export const localDisk: Disk = { writeWhole, append, makeFolder };

async function append(path: string, lines: string): Promise<void> {
  try {
    const file = await open(path, "a+");
    try {
      const { size } = await file.stat();
      const { buffer } = await file.read({ buffer: new Uint8Array(1), position: Math.max(0, size - 1) });
      await file.appendFile(size > 0 && buffer[0] !== 10 ? `\n${lines}` : lines);
      await file.sync();
      if (size === 0) await flushFolder(dirname(path));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new DiskRefused(path, error);
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
    await flushFolder(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw new DiskRefused(path, error);
  }
}
