/** @file Which process is which: a number is given again when its process has ended, a number and a time of birth are not. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** One process among all that ever ran, as far as the system tells. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** The boot of the machine and the space of process numbers in which `pid` means something. */
  readonly realm: string;
  /** Ticks from boot to its start, or nothing where the system does not say. */
  readonly born?: string;
}

export type Liveness = "lives" | "ends" | "gone" | "elsewhere";

/** The process that asks. */
export function thisProcess(): ProcessIdentity {
  const born = stateOf(process.pid)?.born;
  return { pid: process.pid, host: hostname(), realm: realm(), ...(born === undefined ? {} : { born }) };
}

/**
 * Whether a process still runs: "ends" if it was killed and the system has not taken it away yet, "elsewhere" if its number
 * means nothing here (another machine, another container).
 */
export function livenessOf({ pid, host, realm: where, born }: ProcessIdentity): Liveness {
  // A machine may change its name while it runs, but not its boot.
  const isSameBoot = bootOf(where) !== "" && bootOf(where) === bootOf(realm());
  if (!isSameBoot && host !== hostname()) return "elsewhere";
  // After a new boot no process of the old one lives; a container of the same boot may.
  if (where !== realm()) return isSameBoot ? "elsewhere" : "gone";
  if (!isThere(pid)) return "gone";
  const state = stateOf(pid);
  if (state === undefined) return "lives";
  if (born !== undefined && state.born !== born) return "gone";
  if (!state.isDead) return "lives";
  return threadsEnd(pid) ? "gone" : "ends";
}

/** Whether a process of this number exists, dead or alive, whosever it is. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Birth, and whether it is a zombie: dead, but not yet collected by its parent. */
function stateOf(pid: number, thread?: string): { readonly born: string; readonly isDead: boolean } | undefined {
  try {
    const text = readFileSync(thread === undefined ? `/proc/${pid}/stat` : `/proc/${pid}/task/${thread}/stat`, "utf8");
    // The name in parentheses may hold anything; the state is the first field after it, the birth the twentieth.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { born: fields[19] ?? "", isDead: fields[0] === "Z" || fields[0] === "X" };
  } catch {
    return undefined;
  }
}

/** Threads of a killed process may outlive its first one by a moment, and end what they were writing. */
function threadsEnd(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => stateOf(pid, thread)?.isDead ?? true);
  } catch {
    return true;
  }
}

function realm(): string {
  const read = (text: () => string): string => {
    try {
      return text().trim();
    } catch {
      return "";
    }
  };
  return `${read(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"))} ${read(() => readlinkSync("/proc/self/ns/pid"))}`;
}

function bootOf(where: string): string {
  return where.split(" ")[0]!;
}
