import { ContractError } from "./contract-error.js";

/** The one version of the live pair interface that this copy of Mesoscope runs. */
export const PAIR_VERSION = 1;
/** The version in which records are written; every version from 1 on stays readable. */
export const RECORD_VERSION = 1;

/** Refuses a live pair of another version; the message is computed from the constants, so it cannot grow stale. */
export function requirePairVersion(where: string, found: unknown): void {
  if (found === PAIR_VERSION) return;
  throw new ContractError({
    where,
    found: `pairVersion is ${show(found)}`,
    rule: `this Mesoscope runs pairs of version ${PAIR_VERSION} and no other`,
    remedy:
      typeof found === "number" && found > PAIR_VERSION
        ? `Install a Mesoscope that runs version ${found}, or offer the pair as version ${PAIR_VERSION}.`
        : `Write \`pairVersion: ${PAIR_VERSION}\` after reading what that version asks for in the README of @mesoscope/contracts.`,
  });
}

/** Refuses a record of a version that does not exist yet, or that never did. */
export function requireRecordVersion(where: string, found: unknown): asserts found is number {
  if (typeof found === "number" && Number.isInteger(found) && found >= 1 && found <= RECORD_VERSION) return;
  throw new ContractError({
    where,
    found: `recordVersion is ${show(found)}`,
    rule: `this Mesoscope reads records of version 1 to ${RECORD_VERSION}`,
    remedy:
      typeof found === "number" && found > RECORD_VERSION
        ? "It was written by a newer Mesoscope: update this one, then read it again."
        : "It is not a Mesoscope record, or it was edited by hand: make it again with the command under its `reproduce`.",
  });
}

function show(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
