import { RECORD_VERSION } from "../version.js";

/**
 * Pure steps from each version to the next: `migrations[v]` takes a record of version v to v + 1.
 * A version once written stays here for ever, with a frozen fixture in `fixtures/`.
 */
const migrations: Readonly<Record<number, (record: unknown) => unknown>> = {};

/** Brings a parsed record of `version` to the present one. */
export function migrateRecord(record: unknown, version: number): unknown {
  let current = record;
  for (let v = version; v < RECORD_VERSION; v++) current = migrations[v]!(current);
  return current;
}
