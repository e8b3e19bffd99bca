/** @file What a sweep keeps in the folder of its report, and what is found there. */
import { ContractError } from "@mesoscope/contracts";
import { MANIFEST_VERSION, readManifest, readJournal, type Journal, type Manifest } from "@mesoscope/finite-size";
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { DiskRefused, InputError } from "../failure.js";
import type { Disk } from "./disk.js";

/** Where everything is. */
export interface SweepPaths {
  readonly root: string;
  readonly manifest: string;
  readonly journal: string;
  readonly cells: string;
  readonly lock: string;
}

export function sweepPaths(report: string): SweepPaths {
  const root = join(report, "sweep");
  return { root, manifest: join(root, "manifest.json"), journal: join(root, "journal.jsonl"), cells: join(root, "cells"), lock: join(root, "lock") };
}

/** The file of a cell: 256 folders, so that none gets too full for old file systems. */
export function cellPath({ cells }: SweepPaths, id: string): string {
  return join(cells, id.slice(0, 2), `${id}.cell`);
}

/**
 * Makes the folders of a sweep, inside the report's. Whatever is written to, renamed in or removed from is no link: that would be done elsewhere.
 * @throws InputError if one is; DiskRefused
 */
export async function makeSweepFolder(report: string, disk: Disk): Promise<SweepPaths> {
  const paths = sweepPaths(report);
  for (const path of [paths.root, paths.cells]) {
    await disk.makeFolder(path);
    await refuseLink(path);
  }
  const folders = (await namesIn(paths.cells)).map((name) => join(paths.cells, name));
  for (const path of [paths.journal, paths.lock, ...folders]) await refuseLink(path);
  return paths;
}

async function refuseLink(path: string): Promise<void> {
  if ((await lstat(path).catch(() => undefined))?.isSymbolicLink() !== true) return;
  const real = await realpath(path).catch(() => "what is not there");
  throw new InputError({ what: `${path} is a link to ${real}`, rule: "a sweep stays inside the output folder", remedy: "Remove the link, or choose another folder." });
}

/** The plan that is there, if there is one that can be read. */
export type PresentManifest = { readonly kind: "none" } | { readonly kind: "there"; readonly manifest: Manifest } | { readonly kind: "damaged"; readonly message: string };

/**
 * Looks for a plan.
 * @throws ContractError if a newer Mesoscope wrote it; DiskRefused
 */
export async function presentManifest({ manifest }: SweepPaths): Promise<PresentManifest> {
  const text = await textOf(manifest);
  if (text === undefined) return { kind: "none" };
  try {
    return { kind: "there", manifest: readManifest(text, manifest) };
  } catch (error) {
    if (!(error instanceof ContractError) || isNewer(text)) throw error;
    return { kind: "damaged", message: error.message };
  }
}

function isNewer(text: string): boolean {
  try {
    return Number((JSON.parse(text) as { readonly manifestVersion?: unknown } | null)?.manifestVersion) > MANIFEST_VERSION;
  } catch {
    return false;
  }
}

export async function presentJournal({ journal }: SweepPaths): Promise<Journal> {
  return readJournal((await textOf(journal)) ?? "");
}

/** The ids of all cells that have a file, sound or not. */
export async function presentCells({ cells }: SweepPaths): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const folder of await namesIn(cells)) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue;
    for (const name of await namesIn(join(cells, folder))) {
      const id = /^([0-9a-f]{64})\.cell$/.exec(name)?.[1];
      if (id !== undefined) ids.add(id);
    }
  }
  return ids;
}

export async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw new DiskRefused(folder, error, "read");
  });
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    // A pipe would be waited for.
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory()) throw Object.assign(new RangeError("no file"), { code: "ENOTFILE" });
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DiskRefused(path, error, "read");
  }
}
