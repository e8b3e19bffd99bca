import { ContractError } from "../contract-error.js";
import { requirePairVersion } from "../version.js";
import type { Axis, Observable, Pair, PairInstance, Size, Theory } from "./pair.js";
import { requireDistinctIds, requireList, requireMember, requireObject, requireSlug, requireTexts, shown } from "./require-member.js";

const KINDS: readonly Observable["kind"][] = ["scalar", "series", "law", "per-unit"];

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
  requireParameters(named, pair.parameters!);
  pair.axes!.forEach((axis, i) => {
    requireAxis(named, axis, i);
  });
  if (pair.halvedStep !== undefined) requireMember(named, pair, "halvedStep", "function");
  if (pair.transitions !== undefined) requireTransitions(named, pair as Pair);
  return candidate as Pair;
}

/** As `checkPair`, for what `pair.at(parameters)` returned. */
export function checkInstance(candidate: unknown, where: string): PairInstance {
  const instance = (candidate ?? {}) as Partial<PairInstance>;
  requireMember(where, instance, "sample", "function");
  requireList(where, instance, "observables", 1);
  requireList(where, instance, "theories", 1);
  instance.observables!.forEach((observable, i) => {
    requireObservable(where, observable, i);
  });
  requireDistinctIds(where, "observables", instance.observables!);
  instance.theories!.forEach((theory, i) => {
    requireTheory(where, theory, i);
  });
  requireDistinctIds(where, "theories", instance.theories!);
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

function requireParameters(where: string, parameters: Pair["parameters"]): void {
  const type: unknown = parameters.type;
  if (type !== "object") {
    throw new ContractError({
      where,
      found: `parameters.type is ${shown(type)}`,
      rule: "`parameters` is a JSON Schema of an object",
      remedy: 'Give `parameters: { type: "object", properties: { ... }, additionalProperties: false }`.',
    });
  }
  requireObject(`${where}, parameters.properties`, parameters.properties);
  for (const [name, property] of Object.entries(parameters.properties)) {
    requireObject(`${where}, parameter "${name}"`, property);
    requireTexts(`${where}, parameter "${name}"`, property, "symbol", "description", "unit");
  }
}

function requireTransitions(where: string, pair: Pair): void {
  requireList(where, pair, "transitions", 1);
  pair.transitions!.forEach((transition, i) => {
    const named = `${where}, transitions[${i}]`;
    requireObject(named, transition);
    requireTexts(named, transition, "parameter", "observable");
    requireObject(`${named}, exponents`, transition.exponents);
    const { parameter, at, where: others = {}, exponents } = transition;
    requireObject(`${named}, where`, others);
    for (const name of [parameter, ...Object.keys(others)]) {
      if (Object.hasOwn(pair.parameters.properties, name)) continue;
      throw new ContractError({ where: named, found: `it names ${JSON.stringify(name)}`, rule: `the parameters are ${Object.keys(pair.parameters.properties).join(", ")}`, remedy: "Name a parameter of the pair." });
    }
    for (const [name, value] of Object.entries({ at, "exponents.value": exponents.value, "exponents.width": exponents.width })) {
      if (Number.isFinite(value)) continue;
      throw new ContractError({ where: named, found: `${name} is ${String(value)}`, rule: "place and exponents of a transition are finite numbers", remedy: "Give what the theory predicts." });
    }
  });
}

function requireAxis(where: string, axis: Axis, at: number): void {
  requireObject(`${where}, axes[${at}]`, axis);
  requireMember(`${where}, axes[${at}]`, axis, "name", "string");
  const named = `${where}, axis "${axis.name}"`;
  requireTexts(named, axis, "symbol", "meaning");
  if (Number.isSafeInteger(axis.least) && axis.least >= 1) return;
  throw new ContractError({
    where: named,
    found: `least is ${String(axis.least)}`,
    rule: "the smallest size is a positive integer",
    remedy: "Say at which size the finite system begins to exist.",
  });
}

function requireObservable(where: string, observable: Observable, at: number): void {
  requireObject(`${where}, observables[${at}]`, observable);
  requireMember(`${where}, observables[${at}]`, observable, "id", "string");
  const named = `${where}, observable "${observable.id}"`;
  requireSlug(named, observable.id);
  requireTexts(named, observable, "symbol", "meaning", "unit");
  const { kind, grid } = observable;
  if (!KINDS.includes(kind)) {
    throw new ContractError({ where: named, found: `kind is ${shown(kind)}`, rule: `a kind is one of ${KINDS.join(", ")}`, remedy: 'Give "scalar" for one number compared by its mean and spread.' });
  }
  if (grid !== undefined) requireGrid(named, grid);
  else if (kind === "series" || kind === "per-unit") {
    throw new ContractError({
      where: named,
      found: `it is ${kind === "series" ? "a series" : "per unit"} without a grid`,
      rule: kind === "series" ? "a series has one number per grid value" : "an observable per unit has one number per unit, and its grid holds the unit indices",
      remedy: "Give `grid: { symbol, meaning, unit, values }`.",
    });
  }
}

function requireGrid(where: string, grid: NonNullable<Observable["grid"]>): void {
  requireObject(`${where}, grid`, grid);
  requireTexts(`${where}, grid`, grid, "symbol", "meaning", "unit");
  requireList(`${where}, grid`, grid, "values", 1);
  const bad = grid.values.findIndex((value) => !Number.isFinite(value));
  const back = grid.isTime === true ? grid.values.findIndex((value, i) => i > 0 && !(value > grid.values[i - 1]!)) : -1;
  if (bad < 0 && back >= 0) {
    throw new ContractError({ where: `${where}, grid`, found: `values[${back}] is ${grid.values[back]!}, after ${grid.values[back - 1]!}`, rule: "times ascend", remedy: "Sort them, or leave `isTime` out." });
  }
  if (bad < 0) return;
  throw new ContractError({ where: `${where}, grid`, found: `values[${bad}] is ${String(grid.values[bad])}`, rule: "the values of a grid are finite numbers", remedy: "Say where each entry of the series sits." });
}

function requireTheory(where: string, theory: Theory, at: number): void {
  requireObject(`${where}, theories[${at}]`, theory);
  requireMember(`${where}, theories[${at}]`, theory, "id", "string");
  const named = `${where}, theory "${theory.id}"`;
  requireMember(named, theory, "title", "string");
  requireList(named, theory, "equations", 0);
  requireMember(named, theory, "applies", "function");
  requireMember(named, theory, "predict", "function");
}
