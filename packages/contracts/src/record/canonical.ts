import { ContractError } from "../contract-error.js";

/**
 * The one text of a JSON value (RFC 8785): keys sorted by code unit, shortest numbers, no spaces.
 * @throws ContractError at a number that is not finite, or anything JSON cannot hold, naming its path
 */
export function canonicalJson(value: unknown, where = "record"): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw refuse(where, String(value), "numbers in a record are finite");
      return JSON.stringify(value);
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${value.map((entry, i) => canonicalJson(entry, `${where}[${i}]`)).join(",")}]`;
      return canonicalObject(value as Readonly<Record<string, unknown>>, where);
    default:
      throw refuse(where, typeof value, "a record holds text, numbers, booleans, null, lists and plain objects");
  }
}

function canonicalObject(value: Readonly<Record<string, unknown>>, where: string): string {
  const members = Object.keys(value)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name], `${where}.${name}`)}`);
  return `{${members.join(",")}}`;
}

function refuse(where: string, found: string, rule: string): ContractError {
  return new ContractError({
    where,
    found: `it is ${found}`,
    rule,
    remedy: "Report the outcome (diverged, censored, not reached) instead of the number.",
  });
}
