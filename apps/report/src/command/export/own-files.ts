/** @file Which files of a folder Mesoscope wrote: those that the list beside them names, with the bytes it names. */
import { createHash } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../failure.js";
import { writeWhole } from "../../output/write-file.js";
import type { ExportedFile } from "./record-files.js";

/** Names what was exported, with hashes; a file that is not in it, or was changed since, is not overwritten. */
export const listName = "export.json";
const mark = "mesoscope export";

/** Names of files, each with the SHA-256 of the bytes it has, or may have if writing was cut short. */
type Listed = ReadonlyMap<string, readonly string[]>;

/**
 * Writes files into a folder of Mesoscope. First all are looked at, and nothing is written if one is in the way; then the list is told what is to
 * come, so that an export that is cut short is known as Mesoscope's own.
 * @throws InputError if a file is there that Mesoscope did not write; DiskRefused
 */
export async function writeOwn(folder: string, shown: string, files: Iterable<ExportedFile>, record: { readonly id: string; readonly hash: string }): Promise<readonly string[]> {
  const listed = await readList(folder, shown);
  const planned: { readonly file: ExportedFile; readonly hash: string }[] = [];
  const foreign: string[] = [];
  for (const file of files) {
    const hash = sha256(file.content);
    if (!(await isOurs(join(folder, file.name), [...(listed.get(file.name) ?? []), hash]))) foreign.push(file.name);
    planned.push({ file, hash });
  }
  if (foreign.length > 0) {
    const names = foreign.slice(0, 5).map((name) => `${shown}/${name}`);
    throw new InputError({
      what: `${names.join(", ")}${foreign.length > 5 ? ` and ${foreign.length - 5} more` : ""}`,
      rule: `Mesoscope did not write ${foreign.length === 1 ? "it" : "them"} (${listName} does not name ${foreign.length === 1 ? "it with its" : "them with their"} present bytes), and would overwrite ${foreign.length === 1 ? "it" : "them"}`,
      remedy: "Nothing was written. Choose another folder with --out, or move what is there away.",
    });
  }
  const list = new Map(listed);
  for (const { file, hash } of planned) list.set(file.name, [...new Set([...(listed.get(file.name) ?? []), hash])]);
  await writeList(folder, list, record);
  for (const { file, hash } of planned) {
    await writeWhole(join(folder, file.name), file.content);
    list.set(file.name, [hash]);
  }
  await writeList(folder, list, record);
  return planned.map(({ file }) => file.name);
}

async function isOurs(path: string, hashes: readonly string[]): Promise<boolean> {
  const present = await lstat(path).catch(() => undefined);
  if (present === undefined) return true;
  return present.isFile() && hashes.includes(sha256(await readFile(path)));
}

async function readList(folder: string, shown: string): Promise<Listed> {
  const path = join(folder, listName);
  const present = await lstat(path).catch(() => undefined);
  if (present === undefined) return new Map();
  const listed = present.isFile() ? parseList(await readFile(path, "utf8")) : undefined;
  if (listed !== undefined) return listed;
  throw new InputError({ what: `${shown}/${listName}`, rule: "it is no list of exported files, so what lies there is not known to be Mesoscope's", remedy: "Choose another folder with --out, or move it away." });
}

function parseList(text: string): Listed | undefined {
  try {
    const list = JSON.parse(text) as { readonly generator?: unknown; readonly files?: unknown } | null;
    if (list?.generator !== mark || !Array.isArray(list.files)) return undefined;
    const files = list.files as readonly { readonly name?: unknown; readonly sha256?: unknown }[];
    return new Map(files.flatMap(({ name, sha256: of }) => (typeof name === "string" && Array.isArray(of) ? [[name, of.map(String)] as const] : [])));
  } catch {
    return undefined;
  }
}

async function writeList(folder: string, listed: Listed, record: { readonly id: string; readonly hash: string }): Promise<void> {
  const files = [...listed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, hashes]) => ({ name, sha256: hashes }));
  await writeWhole(join(folder, listName), `${JSON.stringify({ generator: mark, record, files }, null, 2)}\n`);
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
