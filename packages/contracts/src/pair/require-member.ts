/** @file What the members of a pair must be: each function refuses with the member's name, the rule and the remedy. */
import { ContractError } from "../contract-error.js";

const REMEDY = "Add it; the interfaces are documented in @mesoscope/contracts.";

export function requireMember(where: string, owner: object, member: string, type: "string" | "object" | "function"): void {
  const value: unknown = (owner as Record<string, unknown>)[member];
  if (typeof value === type && value !== null && value !== "") return;
  throw new ContractError({
    where,
    found: `\`${member}\` is ${value === undefined ? "missing" : value === "" ? "empty" : typeof value}`,
    rule: `\`${member}\` must be a ${type === "string" ? "non-empty string" : type}`,
    remedy: REMEDY,
  });
}

export function requireList(where: string, owner: object, member: string, least: number): void {
  const value: unknown = (owner as Record<string, unknown>)[member];
  if (Array.isArray(value) && value.length >= least) return;
  throw new ContractError({
    where,
    found: `\`${member}\` is ${Array.isArray(value) ? "empty" : value === undefined ? "missing" : typeof value}`,
    rule: `\`${member}\` must be a list${least > 0 ? " that is not empty" : ""}`,
    remedy: REMEDY,
  });
}

export function requireSlug(where: string, id: unknown): void {
  if (typeof id === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) && id.length <= 64) return;
  throw new ContractError({
    where,
    found: `id is ${JSON.stringify(id)}`,
    rule: "an id names files: lower-case letters, digits and single hyphens, at most 64 characters",
    remedy: 'Rename it, for example "curie-weiss".',
  });
}

/** An entry of a list, or a value of a map, must be an object before its members can be looked at. */
export function requireObject(where: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  const found = value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
  throw new ContractError({ where, found: `it is ${found}`, rule: "it must be an object", remedy: "The interfaces are documented in @mesoscope/contracts." });
}

/** Several members at once that must be non-empty strings. */
export function requireTexts(where: string, owner: object, ...members: readonly string[]): void {
  for (const member of members) requireMember(where, owner, member, "string");
}

/** Ids tell entries apart in tables, keys and records. */
export function requireDistinctIds(where: string, kind: string, owners: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of owners) {
    if (seen.has(id)) throw new ContractError({ where, found: `two ${kind} have the id ${JSON.stringify(id)}`, rule: `ids of ${kind} are distinct`, remedy: "Rename one of them." });
    seen.add(id);
  }
}

/** A value as a message names it. */
export function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
