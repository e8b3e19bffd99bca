/**
 * @file A batch as bytes that say whose they are and whether they are whole: one line of JSON, then numbers.
 *
 *     {"bytes": ..., "cell": id, ..., "sha256": ...}\n   the header: canonical JSON, its hash last
 *     values of each observable, (replicas, length), little-endian f64
 *     censoring marks of those observables that have them, one byte a value
 *
 * The hash is that of the header without the hash, a newline, and everything after it: no bit of a file is without guard.
 */
import { canonicalJson, type Batch, type ReplicaOutcome } from "@mesoscope/contracts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** The version in which batches are written, and the only one that is read. */
export const KEPT_BATCH_VERSION = 1;

const FORMAT = "mesoscope-cell";
/** No header is longer; what has no newline within is none. */
const LONGEST_HEADER = 64 * 1024 * 1024;

interface Header {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly cell: string;
  /** In the order in which the pair named them, with the number of their values, and of their marks if there are any. */
  readonly observables: readonly { readonly id: string; readonly values: number; readonly marks?: number }[];
  /** Runs of equal outcomes: `[[256, {"kind": "completed"}]]`. */
  readonly outcomes: readonly (readonly [number, ReplicaOutcome])[];
  /** Bytes after the header's newline. */
  readonly bytes: number;
}

/** A batch, or why the bytes are not one. `newer` alone is no damage: a later Mesoscope wrote it. */
export type KeptBatch =
  | { readonly kind: "kept"; readonly batch: Batch }
  | { readonly kind: "refused"; readonly fault: KeptBatchFault; readonly message: string };

export type KeptBatchFault = "empty" | "zero-filled" | "no-header" | "newer" | "truncated" | "too-long" | "checksum" | "other-cell";

/**
 * Writes the batch of a cell. Equal batches give equal bytes: rows of diverged replicas, which nobody reads and which may hold a
 * NaN of any bits, are written as zeros.
 * @param id the cell's id, see `cellId`
 */
export function encodeBatch(id: string, batch: Batch): Uint8Array {
  const observables = Object.entries(batch.values).map(([name, { length: values }]) => {
    const marks = batch.censored?.[name]?.length;
    return { id: name, values, ...(marks === undefined ? {} : { marks }) };
  });
  const payload = new Uint8Array(observables.reduce((sum, { values, marks = 0 }) => sum + 8 * values + marks, 0));
  writePayload(payload, batch, observables);
  const header = inAscii({ format: FORMAT, version: KEPT_BATCH_VERSION, cell: id, observables, outcomes: runsOf(batch.outcomes), bytes: payload.length });
  return concatBytes(utf8ToBytes(`${sealed(header, hashOf(header, payload))}\n`), payload);
}

/** Reads what `encodeBatch` wrote for the cell `id`, or says why it cannot be taken. Never throws. */
export function decodeBatch(id: string, bytes: Uint8Array): KeptBatch {
  if (bytes.length === 0) return refused("empty", "it is empty");
  if (bytes.every((byte) => byte === 0)) return refused("zero-filled", `its ${bytes.length} bytes are zeros: the disk lost it`);
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf(10);
  const line = textOf(bytes.subarray(0, Math.max(0, end)));
  const read = readHeader(line);
  if (read === undefined) return refused("no-header", "it does not begin with the header of a kept cell");
  const { header, canonical, sum } = read;
  if (header.version !== KEPT_BATCH_VERSION) return refused("newer", `it has version ${String(header.version)}; this Mesoscope reads version ${KEPT_BATCH_VERSION}`);
  const payload = bytes.subarray(end + 1);
  if (payload.length < header.bytes) return refused("truncated", `${payload.length} of its ${header.bytes} bytes of numbers are there`);
  if (payload.length > header.bytes) return refused("too-long", `${payload.length - header.bytes} bytes follow its numbers`);
  if (sum !== hashOf(canonical, payload) || line !== sealed(canonical, sum)) return refused("checksum", "its checksum does not belong to its contents");
  if (!isConsistent(header)) return refused("no-header", "its header says of itself what cannot be");
  if (header.cell !== id) return refused("other-cell", `it is the cell ${header.cell.slice(0, 12)}`);
  return { kind: "kept", batch: readPayload(header, payload) };
}

function refused(fault: KeptBatchFault, message: string): KeptBatch {
  return { kind: "refused", fault, message };
}

function hashOf(header: string, payload: Uint8Array): string {
  return bytesToHex(sha256.create().update(utf8ToBytes(`${header}\n`)).update(payload).digest());
}

/** Canonical JSON with every letter beyond ASCII escaped, so that a byte is a letter. */
function inAscii(header: Header): string {
  return canonicalJson(header, "kept batch").replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function textOf(bytes: Uint8Array): string {
  let text = "";
  // In pieces: a call takes so many arguments and no more.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The header with its hash as last member. */
function sealed(header: string, sum: string): string {
  return `${header.slice(0, -1)},"sha256":"${sum}"}`;
}

function readHeader(line: string): { readonly header: Header; readonly canonical: string; readonly sum: string } | undefined {
  try {
    const { sha256: sum, ...header } = JSON.parse(line) as Omit<Header, "format"> & { readonly format?: unknown; readonly sha256?: unknown };
    return header.format === FORMAT && typeof sum === "string" ? { header: header as Header, canonical: inAscii(header as Header), sum } : undefined;
  } catch {
    return undefined;
  }
}

/** A hash says that bytes are whole, not that they make sense: what follows reads as many numbers as these say. */
function isConsistent({ cell, observables, outcomes, bytes }: Header): boolean {
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  if (typeof cell !== "string" || !Array.isArray(observables) || !Array.isArray(outcomes)) return false;
  const runs = (outcomes as readonly (readonly unknown[] | null)[]).map((run) => run?.[0]);
  const known = observables as readonly (Header["observables"][number] | null)[];
  const areCounts = runs.every(isCount) && known.every((observable) => typeof observable?.id === "string" && isCount(observable.values) && isCount(observable.marks ?? 0));
  return areCounts && observables.reduce((sum: number, { values, marks = 0 }: Header["observables"][number]) => sum + 8 * values + marks, 0) === bytes;
}

function runsOf(outcomes: readonly ReplicaOutcome[]): Header["outcomes"] {
  const runs: [number, ReplicaOutcome][] = [];
  let last = "";
  for (const outcome of outcomes) {
    const text = canonicalJson(outcome, "outcome");
    if (text === last) runs.at(-1)![0] += 1;
    else runs.push([1, outcome]);
    last = text;
  }
  return runs;
}

function writePayload(payload: Uint8Array, { outcomes, values, censored }: Batch, observables: Header["observables"]): void {
  const view = new DataView(payload.buffer);
  let at = 0;
  const clearDiverged = (bytes: number): void => {
    const row = bytes / outcomes.length;
    outcomes.forEach(({ kind }, r) => kind === "diverged" && payload.fill(0, at + r * row, at + (r + 1) * row));
    at += bytes;
  };
  for (const { id, values: count } of observables) {
    for (let i = 0; i < count; i++) view.setFloat64(at + 8 * i, values[id]![i]!, true);
    clearDiverged(8 * count);
  }
  for (const { id, marks } of observables) {
    if (marks === undefined) continue;
    payload.set(censored![id]!, at);
    clearDiverged(marks);
  }
}

function readPayload({ observables, outcomes }: Header, payload: Uint8Array): Batch {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  let at = 0;
  const values = observables.map(({ id, values: count }) => {
    const numbers = new Float64Array(count);
    for (let i = 0; i < count; i++) numbers[i] = view.getFloat64(at + 8 * i, true);
    at += 8 * count;
    return [id, numbers] as const;
  });
  const censored = observables.flatMap(({ id, marks }) => {
    if (marks === undefined) return [];
    at += marks;
    return [[id, payload.slice(at - marks, at)] as const];
  });
  return {
    outcomes: outcomes.flatMap(([count, outcome]) => Array.from({ length: count }, () => outcome)),
    values: Object.fromEntries(values),
    ...(censored.length === 0 ? {} : { censored: Object.fromEntries(censored) }),
  };
}
