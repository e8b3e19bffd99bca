/**
 * @file One process a sweep. The lock is a file that names its owner; whoever finds the owner dead takes it over at once.
 *
 * Every dead holder has exactly one heir: who makes the file `lock.heir-<hash of what the dead one wrote>`, which a file system lets only
 * one process do, and which no other holder's text gives the same name. The heir renames its own lock onto the old one, then
 * removes the guard. An heir that dies before that is a dead holder, too, with an heir of its own. So two takers never both win,
 * whenever they looked.
 */
import { createHash, randomUUID } from "node:crypto";
import { link, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DiskRefused, InputError } from "../failure.js";
import { isThere, livenessOf, thisProcess, type ProcessIdentity } from "./process-identity.js";

/** What a lock says of its owner. */
export interface LockOwner extends ProcessIdentity {
  /** When it took the lock: for words only, nothing is decided by a clock. */
  readonly since: string;
  readonly workers: number;
  /** Unique, so that no two locks have the same text. */
  readonly nonce: string;
}

export interface Lock {
  /** The dead owner that it was taken over from. */
  readonly takenFrom?: LockOwner;
  release(): Promise<void>;
}

/** How long a killed process may take to go, in looks at it and milliseconds between them. */
const looks = 100;
const between = 20;
/** How often a living owner is looked at before the lock is refused: half a second. */
const looksAtLiving = 25;

/**
 * Takes the lock of a sweep.
 * @throws InputError while its owner lives, or may live where it cannot be seen; DiskRefused
 */
export async function takeLock(path: string, workers: number): Promise<Lock> {
  const owner: LockOwner = { ...thisProcess(), since: new Date().toISOString(), workers, nonce: randomUUID() };
  const text = `${JSON.stringify(owner)}\n`;
  // What cannot be removed is the lock of a process that soon is dead.
  const release = async (): Promise<void> => {
    if ((await textAt(path).catch(() => undefined)) === text) await rm(path, { force: true }).catch(() => undefined);
  };
  for (let tries = 0; tries < looks; tries++) {
    if (await makeExclusively(path, text)) return { release };
    const found = await textAt(path);
    if (found === undefined) continue;
    // Where a name can come before its text (see below), a moment is given to the text.
    if (found === "" && tries < looks / 2) {
      await pause();
      continue;
    }
    if (!(await inherit(path, found, text))) continue;
    await removeOrphans(path);
    const before = ownerIn(found);
    return { ...(before === undefined ? {} : { takenFrom: before }), release };
  }
  throw new InputError({ what: path, rule: "other processes take this lock again and again", remedy: "Wait for them, or stop them." });
}

/** Who holds a lock and lives, or may live; nobody if there is none or its owner is dead. */
export async function holderOf(path: string): Promise<LockOwner | undefined> {
  const owner = ownerIn((await textAt(path)) ?? "");
  return owner === undefined || livenessOf(owner) === "gone" ? undefined : owner;
}

/** Takes a lock over from the dead owner whose text was found; false if another was faster. */
async function inherit(path: string, found: string, text: string): Promise<boolean> {
  const guards: string[] = [];
  for (let dead = found; ; ) {
    // Throws while an heir lives: then it has, or will have, the lock, and its guard is not ours to touch.
    await requireDead(path, dead);
    const guard = `${path}.heir-${createHash("sha256").update(dead).digest("hex").slice(0, 32)}`;
    guards.push(guard);
    if (await makeExclusively(guard, text)) break;
    const next = await textAt(guard);
    // That heir went on while we looked.
    if (next === undefined) return false;
    dead = next;
  }
  // An heir before us that finished and removed its guard has left another text: then only the last guard is ours.
  const isFirst = (await textAt(path)) === found;
  if (isFirst) {
    await atDisk(path, async () => {
      const own = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
      await writeNew(own, text);
      await rename(own, path);
    });
  }
  for (const guard of isFirst ? guards : guards.slice(-1)) await rm(guard, { force: true });
  return isFirst;
}

async function atDisk(path: string, write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => {
    throw new DiskRefused(path, error);
  });
}

/** What heirs that died left behind: guards of texts that no lock has any more, and files that never got their name. */
async function removeOrphans(path: string): Promise<void> {
  const [folder, name] = [dirname(path), basename(path)];
  for (const file of await readdir(folder).catch(() => [])) {
    if (!file.startsWith(`${name}.`)) continue;
    const pid = /\.(\d+)\.[0-9a-f]{8}\.tmp$/.exec(file)?.[1];
    if (/\.heir-[0-9a-f]{32}$/.test(file) || (pid !== undefined && !isThere(Number(pid)))) await rm(join(folder, file), { force: true });
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, between));
}

async function requireDead(path: string, text: string): Promise<void> {
  const owner = ownerIn(text);
  // Locks appear whole: what cannot be read was lost with the power, and its owner with it.
  if (owner === undefined) return;
  // A signal that kills needs a moment on a busy machine: who kills and resumes in one breath is not refused.
  for (let look = 0; livenessOf(owner) === "lives" && look < looksAtLiving; look++) await pause();
  for (let look = 0; livenessOf(owner) === "ends" && look < looks; look++) await pause();
  const liveness = livenessOf(owner);
  if (liveness === "gone") return;
  const where = liveness === "elsewhere" ? `on ${owner.host}` : "on this machine";
  throw new InputError({
    what: path,
    rule: `process ${owner.pid} ${where} is running this sweep since ${owner.since}`,
    remedy: liveness === "elsewhere" ? `Wait for it or stop it; if it no longer runs, remove ${path}.` : "Wait for it, or stop it.",
  });
}

function ownerIn(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<LockOwner> | null;
    // The numbers 0 and below mean groups of processes, which always are there.
    const isProcess = Number.isSafeInteger(owner?.pid) && owner!.pid! > 0 && Number.isSafeInteger(owner!.workers) && owner!.workers! >= 0;
    return isProcess && [owner!.host, owner!.realm, owner!.since].every((word) => typeof word === "string") ? (owner as LockOwner) : undefined;
  } catch {
    return undefined;
  }
}

async function textAt(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DiskRefused(path, error, "read");
  });
}

/** Makes a file with its whole text at once, or finds that there is one. */
async function makeExclusively(path: string, text: string): Promise<boolean> {
  const own = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeNew(own, text);
    await link(own, path).catch(async (error: unknown) => {
      // A file system without links: there the text comes a moment after the name.
      if (!["EPERM", "ENOTSUP", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      await writeNew(path, text);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new DiskRefused(path, error);
  } finally {
    await rm(own, { force: true }).catch(() => undefined);
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
