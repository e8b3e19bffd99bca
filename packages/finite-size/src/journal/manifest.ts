/** @file The manifest of a sweep: all that is going to be computed, as data, written before the first cell runs. */
import { canonicalJson, ContractError, type Parameters } from "@mesoscope/contracts";
import type { Cell } from "../design/cells.js";
import { cellId, isCellId, sha256OfText, type CellOrigin } from "./cell-id.js";

/** The version in which manifests are written, and the only one that is read. */
export const MANIFEST_VERSION = 1;

/** A cell of the plan: its id, which holds everything, and what a reader and an estimate want to know of it. */
export interface PlannedCell {
  readonly id: string;
  readonly pair: string;
  /** Begin of the SHA-256 of the pair's parameters: cells that have it in common cost alike. */
  readonly parameters: string;
  readonly size: Cell["size"];
  readonly from: number;
  readonly count: number;
}

/** One study at one set of parameters: it ends in one record. */
export interface PlannedJob {
  /** Id and title of the record. */
  readonly id: string;
  readonly title: string;
  readonly study: string;
  readonly level: string;
  readonly seed: string;
  readonly parameters: Parameters;
  /** The command that makes the record alone. */
  readonly command: string;
  /** A stranger's module, by its name and the SHA-256 of its bytes. */
  readonly module?: { readonly name: string; readonly sha256: string };
  readonly cells: readonly PlannedCell[];
}

/** What a sweep is going to compute. */
export interface SweepPlan {
  readonly versions: Readonly<Record<string, string>>;
  readonly backend: string;
  readonly jobs: readonly PlannedJob[];
}

/** A plan with its hash, as it lies on disk. */
export interface Manifest extends SweepPlan {
  readonly manifestVersion: typeof MANIFEST_VERSION;
  /** SHA-256 of the canonical JSON of the plan. */
  readonly hash: string;
  /** Where the modules of strangers lay, by job: no part of the plan, and not in the hash. */
  readonly places?: Readonly<Record<string, string>>;
}

/** The cells of a job as a plan holds them. */
export function plannedCells(origin: CellOrigin, cells: readonly Cell[]): readonly PlannedCell[] {
  const known = new WeakMap<object, string>();
  return cells.map((cell) => {
    const { pair, parameters, size, replicas } = cell;
    // The cells of one design share one object.
    const hash = known.get(parameters) ?? sha256OfText(canonicalJson(parameters, "parameters")).slice(0, 8);
    known.set(parameters, hash);
    return { id: cellId(origin, cell), pair, parameters: hash, size, from: replicas.from, count: replicas.count };
  });
}

/** Every cell of a plan once: two jobs may ask for the same. */
export function distinctCells({ jobs }: SweepPlan): ReadonlyMap<string, PlannedCell> {
  return new Map(jobs.flatMap(({ cells }) => cells.map((cell) => [cell.id, cell] as const)));
}

/** Seals a plan. */
export function sealManifest(plan: SweepPlan, places: Manifest["places"] = {}): Manifest {
  return { manifestVersion: MANIFEST_VERSION, ...plan, hash: hashOf(plan), ...(Object.keys(places).length === 0 ? {} : { places }) };
}

/** The text of a manifest's file. */
export function writeManifest(manifest: Manifest): string {
  return `${canonicalJson(manifest, "manifest")}\n`;
}

/**
 * Reads a manifest.
 * @param where how messages name it
 * @throws ContractError if it is no JSON, of another version, or not what its hash says
 */
export function readManifest(text: string, where = "manifest"): Manifest {
  const remedy = "Cells that were kept are untouched: plan the sweep again with the same arguments, and they are found.";
  const rule = "a manifest is written whole, with the hash of its contents";
  const value = parsed(text);
  if (typeof value !== "object" || value === null) throw new ContractError({ where, found: "it is not JSON", rule, remedy });
  const manifest = value as Manifest;
  const version: unknown = manifest.manifestVersion;
  if (version !== MANIFEST_VERSION) {
    throw new ContractError({ where, found: `manifestVersion is ${JSON.stringify(version)}`, rule: `this Mesoscope reads version ${MANIFEST_VERSION}`, remedy: "Use the Mesoscope that wrote it, or plan into another folder." });
  }
  if (!isWhole(manifest)) throw new ContractError({ where, found: "its hash does not belong to its contents", rule, remedy });
  if (!isPlan(manifest)) throw new ContractError({ where, found: "its contents are no plan", rule, remedy });
  return manifest;
}

function isWhole(manifest: Manifest): boolean {
  try {
    return manifest.hash === hashOf(manifest);
  } catch {
    // Deeper than any plan, or without a part.
    return false;
  }
}

/** A hash says that a text is whole, not that it makes sense. */
function isPlan({ versions, backend, jobs, places }: Partial<Manifest>): boolean {
  return isText(backend) && isRecordOf(isText, versions) && isListOf(isJob, jobs) && (places === undefined || isRecordOf(isText, places));
}

function isJob(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, title, study, level, seed, parameters, command, module, cells } = value;
  const isModule = module === undefined || (isObject(module) && isText(module["name"]) && isText(module["sha256"]));
  return [id, title, study, level, seed, command].every(isText) && isObject(parameters) && isModule && isListOf(isPlannedCell, cells);
}

function isPlannedCell(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, pair, parameters, size, from, count } = value;
  return isCellId(id) && isText(pair) && isText(parameters) && isRecordOf(isCount, size) && isCount(from) && isCount(count);
}

const isText = (value: unknown): value is string => typeof value === "string";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
const isListOf = (is: (entry: unknown) => boolean, value: unknown): boolean => Array.isArray(value) && value.every(is);
const isRecordOf = (is: (entry: unknown) => boolean, value: unknown): boolean => isObject(value) && Object.values(value).every(is);

function hashOf({ versions, backend, jobs }: SweepPlan): string {
  return sha256OfText(canonicalJson({ versions, backend, jobs }, "manifest"));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
