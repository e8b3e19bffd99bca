import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { z } from "zod";
import { ContractError } from "../contract-error.js";
import { requireRecordVersion } from "../version.js";
import { canonicalJson } from "./canonical.js";
import { migrateRecord } from "./migrations.js";
import type { MesoscopeRecord, RecordBody } from "./record.js";
import { recordSchema } from "./schema.js";

/** Adds the hash of the canonical form, after checking the shape: what is sealed can be read back. */
export function sealRecord(body: RecordBody): MesoscopeRecord {
  return checkShape({ ...body, hash: hashOf(body) }, `record "${body.id}"`);
}

/** The text of a record file: the canonical form and a final newline. */
export function writeRecord(record: MesoscopeRecord): string {
  return `${canonicalJson(record)}\n`;
}

/**
 * Reads a record of any version ever written: version, migration, shape, hash, in this order.
 * @param where how to name the text in messages, usually the file's name
 * @throws ContractError if the text is not JSON, of an unknown version, misshapen, or altered since it was sealed
 */
export function readRecord(text: string, where = "record"): MesoscopeRecord {
  const candidate = parse(text, where);
  const version: unknown = (candidate as Record<string, unknown> | null)?.["recordVersion"];
  requireRecordVersion(where, version);
  const record = checkShape(migrateRecord(candidate, version), where);
  const { hash, ...body } = record;
  if (version === record.recordVersion && hash !== hashOf(body)) {
    throw new ContractError({
      where,
      found: "its hash does not belong to its contents",
      rule: "a record is never edited after it was sealed",
      remedy: `Make it again: ${record.reproduce.command}`,
    });
  }
  return record;
}

function hashOf(body: RecordBody): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(body))));
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ContractError({
      where,
      found: `it is not JSON (${error instanceof Error ? error.message : String(error)})`,
      rule: "a record is one JSON object, without NaN or Infinity",
      remedy: "Make the record again, or restore the file.",
    });
  }
}

function checkShape(candidate: unknown, where: string): MesoscopeRecord {
  const result = recordSchema.safeParse(candidate);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new ContractError({
    where: `${where}${pathOf(issue.path)}`,
    found: issue.message,
    rule: `a record has the shape of version 1${result.error.issues.length > 1 ? ` (${result.error.issues.length} faults, this is the first)` : ""}`,
    remedy: "See the interface MesoscopeRecord of @mesoscope/contracts.",
  });
}

function pathOf(path: z.core.$ZodIssue["path"]): string {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
}
