import { ContractError } from "../contract-error.js";
import { requirePairVersion } from "../version.js";
import type { Axis, Pair, PairInstance, Size } from "./pair.js";

/**
 * Takes whatever a module exported and returns it as a pair, or says what is missing.
 * Only what can be seen without running the system is checked here; `pairLaws` checks how it behaves.
 * @throws ContractError naming the member, the rule and the remedy
 */
export function checkPair(candidate: unknown, where = "pair"): Pair {
  if (typeof candidate !== "object" || candidate === null) {
    throw new ContractError({
      where,
      found: `it is ${candidate === null ? "null" : typeof candidate}`,
      rule: "a pair is an object",
      remedy: "Export the pair as the module's default export.",
    });
  }
  const pair = candidate as Partial<Pair>;
  requirePairVersion(where, pair.pairVersion);
  requireMember(where, pair, "id", "string");
  const named = `pair "${String(pair.id)}"`;
  requireSlug(named, pair.id);
  requireMember(named, pair, "title", "string");
  requireMember(named, pair, "at", "function");
  requireList(named, pair, "axes", 1);
  requireList(named, pair, "equations", 0);
  requireMember(named, pair, "parameters", "object");
  for (const axis of pair.axes ?? []) requireAxis(named, axis);
  return candidate as Pair;
}

/** As `checkPair`, for what `pair.at(parameters)` returned. */
export function checkInstance(candidate: unknown, where: string): PairInstance {
  const instance = (candidate ?? {}) as Partial<PairInstance>;
  requireMember(where, instance, "sample", "function");
  requireList(where, instance, "observables", 1);
  requireList(where, instance, "theories", 1);
  for (const observable of instance.observables ?? []) {
    requireMember(where, observable, "id", "string");
    requireMember(`${where}, observable "${observable.id}"`, observable, "unit", "string");
    if (observable.kind === "series" && observable.grid === undefined) {
      throw new ContractError({
        where: `${where}, observable "${observable.id}"`,
        found: "it is a series without a grid",
        rule: "a series has one number per grid value",
        remedy: "Give `grid: { symbol, meaning, unit, values }`.",
      });
    }
  }
  for (const theory of instance.theories ?? []) {
    requireMember(where, theory, "id", "string");
    requireMember(`${where}, theory "${theory.id}"`, theory, "applies", "function");
    requireMember(`${where}, theory "${theory.id}"`, theory, "predict", "function");
  }
  return candidate as PairInstance;
}

/**
 * Refuses a size at which the finite system does not exist. Pairs call it first in `sample`.
 * @throws ContractError if an axis is missing, unknown, below its least value, or not a multiple
 */
export function checkSize(axes: readonly Axis[], size: Size, where: string): void {
  for (const name of Object.keys(size)) {
    if (!axes.some((axis) => axis.name === name)) {
      throw sizeError(where, `size names ${JSON.stringify(name)}`, `the axes are ${axes.map((axis) => axis.name).join(", ")}`);
    }
  }
  for (const axis of axes) {
    const value = size[axis.name];
    const rule = `${axis.name} is an integer of at least ${axis.least}${axis.divisibleBy === undefined ? "" : `, a multiple of ${axis.divisibleBy}`}`;
    if (value === undefined || !Number.isSafeInteger(value) || value < axis.least || value % (axis.divisibleBy ?? 1) !== 0) {
      throw sizeError(where, `${axis.name} is ${String(value)}`, rule);
    }
  }
}

function sizeError(where: string, found: string, rule: string): ContractError {
  return new ContractError({ where, found, rule, remedy: "Change the sizes of the design." });
}

function requireMember(where: string, owner: object, member: string, type: "string" | "object" | "function"): void {
  const value: unknown = (owner as Record<string, unknown>)[member];
  if (typeof value === type && value !== null && value !== "") return;
  throw new ContractError({
    where,
    found: `\`${member}\` is ${value === undefined ? "missing" : value === "" ? "empty" : typeof value}`,
    rule: `\`${member}\` must be a ${type === "string" ? "non-empty string" : type}`,
    remedy: `Add it; the interfaces are documented in @mesoscope/contracts.`,
  });
}

function requireList(where: string, owner: object, member: string, least: number): void {
  const value: unknown = (owner as Record<string, unknown>)[member];
  if (Array.isArray(value) && value.length >= least) return;
  throw new ContractError({
    where,
    found: `\`${member}\` is ${Array.isArray(value) ? "empty" : value === undefined ? "missing" : typeof value}`,
    rule: `\`${member}\` must be a list${least > 0 ? " that is not empty" : ""}`,
    remedy: `Add it; the interfaces are documented in @mesoscope/contracts.`,
  });
}

function requireSlug(where: string, id: unknown): void {
  if (typeof id === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) && id.length <= 64) return;
  throw new ContractError({
    where,
    found: `id is ${JSON.stringify(id)}`,
    rule: "an id names files: lower-case letters, digits and single hyphens, at most 64 characters",
    remedy: 'Rename it, for example "curie-weiss".',
  });
}

function requireAxis(where: string, axis: Axis): void {
  requireMember(where, axis, "name", "string");
  if (Number.isSafeInteger(axis.least) && axis.least >= 1) return;
  throw new ContractError({
    where: `${where}, axis "${axis.name}"`,
    found: `least is ${String(axis.least)}`,
    rule: "the smallest size is a positive integer",
    remedy: "Say at which size the finite system begins to exist.",
  });
}
