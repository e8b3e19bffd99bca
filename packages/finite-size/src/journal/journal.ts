/**
 * @file The journal of a sweep: one line for each cell that is done, only ever appended to. Each line has its own checksum, so that
 * what a crash left behind is recognised: whatever is valid counts, and every fault is told.
 */
import { canonicalJson } from "@mesoscope/contracts";
import { isCellId, sha256OfText } from "./cell-id.js";

/** The version in which lines are written, and the only one that is read. */
export const JOURNAL_VERSION = 1;

/** One cell that is done. */
export interface JournalEntry {
  /** Id of the cell. */
  readonly cell: string;
  /** Length and SHA-256, in hex, of the kept batch. */
  readonly bytes: number;
  readonly sha256: string;
  /** How long the cell took on one core, where that was measured. For estimates only. */
  readonly seconds?: number;
}

export type JournalFaultKind = "torn" | "zero-filled" | "checksum" | "newer" | "duplicate" | "contradiction";

/** What is wrong with lines of one kind, told once for all of them. */
export interface JournalFault {
  readonly kind: JournalFaultKind;
  /** Numbers of the lines, from 1. */
  readonly lines: readonly number[];
  readonly message: string;
}

export interface Journal {
  /** By id of the cell, in the order of the journal. Of two lines for one cell the later stands. */
  readonly entries: ReadonlyMap<string, JournalEntry>;
  readonly faults: readonly JournalFault[];
}

/** The line of an entry, with its newline. */
export function journalLine(entry: JournalEntry): string {
  const line = canonicalJson({ version: JOURNAL_VERSION, ...entry }, "journal");
  return `${line.slice(0, -1)},"xsum":"${checkOf(line)}"}\n`;
}

/** Reads what is valid in the text of a journal, whatever happened to it, and says what is not. Never throws. */
export function readJournal(text: string): Journal {
  const entries = new Map<string, JournalEntry>();
  const faults = new Map<JournalFaultKind, number[]>();
  const tell = (kind: JournalFaultKind, line: number): void => {
    const known = faults.get(kind);
    if (known === undefined) faults.set(kind, [line]);
    else known.push(line);
  };
  const lines = text.split("\n");
  for (const [i, whole] of lines.entries()) {
    const line = whole.replaceAll("\0", "");
    if (line.length < whole.length) tell("zero-filled", i + 1);
    if (line === "") continue;
    const read = readLine(line);
    if (typeof read === "string") {
      // Only what no newline ends can be torn by a crash: everything else was whole once.
      tell(read === "checksum" && i === lines.length - 1 ? "torn" : read, i + 1);
      continue;
    }
    const before = entries.get(read.cell);
    if (before !== undefined) tell(before.sha256 === read.sha256 ? "duplicate" : "contradiction", i + 1);
    entries.set(read.cell, read);
  }
  return { entries, faults: [...faults].map(([kind, numbers]) => ({ kind, lines: numbers, message: messageOf(kind, numbers) })) };
}

function checkOf(line: string): string {
  return sha256OfText(line).slice(0, 16);
}

function readLine(line: string): JournalEntry | "checksum" | "newer" {
  try {
    const { xsum, ...rest } = JSON.parse(line) as Record<string, unknown>;
    if (typeof rest["version"] === "number" && rest["version"] > JOURNAL_VERSION) return "newer";
    if (xsum !== checkOf(canonicalJson(rest, "journal"))) return "checksum";
    const { version, ...entry } = rest;
    return version === JOURNAL_VERSION && isCellId(entry["cell"]) ? (entry as unknown as JournalEntry) : "checksum";
  } catch {
    return "checksum";
  }
}

const explanations: Readonly<Record<JournalFaultKind, string>> = {
  torn: "ends in the middle: the process was stopped while it wrote",
  "zero-filled": "holds zeros that nobody wrote: the machine lost power, or the disk was full",
  checksum: "does not fit its checksum, and does not count",
  newer: "was written by a newer Mesoscope, and does not count",
  duplicate: "names a cell a second time, with the same bytes",
  contradiction: "names a cell a second time, with other bytes than before: the later counts",
};

function messageOf(kind: JournalFaultKind, lines: readonly number[]): string {
  const shown = lines.slice(0, 5).join(", ");
  const place = lines.length === 1 ? `line ${shown}` : lines.length <= 5 ? `each of lines ${shown}` : `each of ${lines.length} lines (${shown}, ...)`;
  return `${place} ${explanations[kind]}`;
}
