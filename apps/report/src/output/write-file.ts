import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "../failure.js";

/**
 * Writes a file whole or not at all: a new file beside it, flushed, then renamed onto it.
 * A link at that name is replaced, never followed.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await rm(beside, { force: true });
    const file = await open(beside, "wx");
    try {
      await file.writeFile(text, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new InputError({
      what: path,
      rule: `it cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      remedy: "Check that the folder may be written to and the disk has room; other records are untouched.",
    });
  }
}
