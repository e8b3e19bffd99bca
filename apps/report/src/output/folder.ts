import { access, constants, mkdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { InputError } from "../failure.js";
import { flushFolder } from "./write-file.js";

/** The folders a report lives in, made and found writable. */
export interface ReportFolder {
  readonly root: string;
  readonly records: string;
  /** The page of each study. */
  readonly studies: string;
  readonly index: string;
}

/** By this the command knows a page of its own. */
export const pageMark = '<meta name="generator" content="Mesoscope">';

/**
 * Makes the output folder, or says why it may not be one. Nothing is written outside of it: a relative path stays inside the
 * working folder also where links lead, `records` and `studies` are no links to elsewhere, and an `index.html` that Mesoscope did not write is left alone.
 * @throws InputError
 */
export async function prepareFolder(out: string, folder: string): Promise<ReportFolder> {
  const records = await prepareInside(out, "records", folder);
  const studies = await prepareInside(out, "studies", folder);
  const root = dirname(records);
  const index = join(root, "index.html");
  if (!(await isFreeOrOurs(index))) {
    throw new InputError({ what: `--out ${out}: ${join(out, "index.html")} exists`, rule: "Mesoscope did not write it and would overwrite it", remedy: "Choose another folder." });
  }
  return { root, records, studies, index };
}

/** Whether nothing is there, or a page of ours; what is no file is never waited for. */
export async function isFreeOrOurs(path: string): Promise<boolean> {
  const present = await stat(path).catch((error: unknown) => ((error as NodeJS.ErrnoException).code === "ENOENT" ? "nothing" : undefined));
  if (present === "nothing") return true;
  return present?.isFile() === true && (await readFile(path, "utf8").catch(() => "")).slice(0, 4000).includes(pageMark);
}

/**
 * Makes a folder of this name inside the output folder, and that one, too.
 * @throws InputError if they cannot be made or written to, or if the name is a link that leads outside
 */
export async function prepareInside(out: string, name: string, folder: string): Promise<string> {
  const root = await resolveOutput(out, folder);
  const inside = join(root, name);
  for (const path of [root, inside]) await makeFolder(path, out);
  const [realRoot, realInside] = [await realpath(root), await realpath(inside)];
  if (!isInside(realRoot, realInside)) {
    throw new InputError({ what: `--out ${out}: ${join(out, name)} is a link to ${realInside}`, rule: "what is written stays inside the output folder", remedy: "Remove the link, or choose another folder." });
  }
  return inside;
}

/** Where --out is, without making it. */
export async function resolveOutput(out: string, folder: string): Promise<string> {
  if (out === "" || out.includes("\0")) {
    throw new InputError({ what: `--out ${JSON.stringify(out)}`, rule: "a path is not empty and has no NUL in it", remedy: "Give a folder, for example --out reports." });
  }
  const root = resolve(folder, out);
  if (isAbsolute(out)) return root;
  const real = await realOrPlanned(root);
  if (!isInside(folder, root) || !isInside(await realpath(folder), real)) {
    throw new InputError({ what: `--out ${out}`, rule: "a relative output folder stays inside the working folder", remedy: `Give the absolute path if you mean it: --out ${isInside(folder, root) ? real : root}` });
  }
  return root;
}

/** Where a path leads when links are followed, also if its last folders are still to be made. */
async function realOrPlanned(path: string): Promise<string> {
  const parent = dirname(path);
  return realpath(path).catch(async (error: unknown) => {
    if (parent === path) throw error;
    return join(await realOrPlanned(parent), basename(path));
  });
}

async function makeFolder(path: string, out: string): Promise<void> {
  try {
    await makeMissing(path);
    if (!(await stat(path)).isDirectory()) throw Object.assign(new RangeError("not a folder"), { code: "ENOTDIR" });
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const why = code === "EEXIST" || code === "ENOTDIR" ? "a file is in the way" : `it cannot be written to (${code})`;
    throw new InputError({ what: `--out ${out}: ${path}`, rule: why, remedy: "Choose a folder that you may write to." });
  }
}

/** Folder by folder, from the first that exists: `mkdir` with `recursive` never returns where a file system refuses with ENOENT, as /proc does. */
async function makeMissing(path: string): Promise<void> {
  const parent = dirname(path);
  const made = await mkdir(path).then(
    () => "new",
    (error: unknown) => ((error as NodeJS.ErrnoException).code === "EEXIST" ? "old" : undefined),
  );
  if (made === "new") await flushFolder(parent).catch(() => undefined);
  if (made !== undefined || parent === path) return;
  if ((await stat(parent).catch(() => undefined)) === undefined) await makeMissing(parent);
  await mkdir(path);
  await flushFolder(parent).catch(() => undefined);
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`));
}
