import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DiskRefused } from "../failure.js";

/**
 * Writes a file whole or not at all, also if the machine loses power: a new file beside it, flushed, then renamed onto it, then the folder
 * flushed. A link at that name is replaced, never followed.
 * @throws DiskRefused
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await rm(beside, { force: true });
    const file = await open(beside, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new DiskRefused(path, error);
  }
}

/** Makes the names in a folder durable. Systems that cannot flush a folder (Windows) are left to themselves. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } catch (error) {
    if (!["EINVAL", "EPERM", "EISDIR", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await folder.close();
  }
}
