import type { Parameters } from "@mesoscope/contracts";
import { basename, relative, resolve } from "node:path";
import type { Level, Study } from "@mesoscope/studies";
import type { Catalogue } from "../catalogue.js";
import { InputError } from "../failure.js";
import { showValue, suggestion } from "../words.js";
import { combination, gridId, gridSize, gridWords, type Grid } from "./grid.js";
import { importPair, type ModulePair } from "./pair-module.js";
import { completeParameters, type Given } from "./parameters.js";
import { readStudyFile, type StudyFile } from "./study-file.js";

/** Where a worker finds the pairs of a job: in the catalogue, or in a stranger's module. */
export type PairSource = { readonly kind: "bundled" } | ModulePair;

/** Resolves if a stranger's pair keeps its laws at these parameters, rejects with the first that it breaks. */
export type KeepsLaws = (module: ModulePair, parameters: Parameters) => Promise<void>;

/** One study to be run, with everything decided. */
export interface Job {
  /** Id and title of its record: those of the study, but for a grid, which makes several records of one study. */
  readonly id: string;
  readonly title: string;
  readonly study: Study;
  readonly level: Level;
  readonly seed: string;
  readonly parameters: Parameters;
  readonly pairs: PairSource;
  /** The command that makes this job again, where the module of a pair lies in the working folder: no byte depends on where this one does. */
  readonly command: string;
}

/** What the options of the command line decide; they win over study files. */
export interface Wishes {
  readonly level?: Level;
  readonly seed?: string;
  /** What computes, where it is not the default. */
  readonly backend?: string;
  readonly set: Given;
  /** Each combination of its values makes a job of its own; left out, there is one. */
  readonly grid?: Grid;
  /** Of a grid, only so many combinations. */
  readonly most?: number;
}

export const defaultSeed = "1";

/**
 * Turns the positional arguments into jobs: ids of studies, study files, modules with a pair; none means all bundled studies.
 * Everything that can be refused is refused here, before anything runs.
 */
export async function planJobs(targets: readonly string[], wishes: Wishes, catalogue: Catalogue, folder: string, keepsLaws: KeepsLaws): Promise<readonly Job[]> {
  if (wishes.seed !== undefined) checkSeed(wishes.seed);
  const asked = targets.length > 0 ? targets : catalogue.studies.map((study) => study.id);
  const requests: Request[] = [];
  for (const target of asked) requests.push(await readTarget(target, catalogue, folder));
  refuseUnknownNames(requests, wishes.set);
  refuseDoubles(requests);
  const jobs: Job[] = [];
  for (const request of requests) jobs.push(...(await planGrid(request, wishes, keepsLaws)));
  return jobs;
}

/** The jobs of a study, one for each combination of the grid. The laws of a stranger's pair are checked at the first and the last. */
async function planGrid(request: Request, wishes: Wishes, keepsLaws: KeepsLaws): Promise<readonly Job[]> {
  const grid: Grid = wishes.grid ?? new Map<string, readonly unknown[]>();
  refuseGrid(request, wishes.set, grid);
  const count = Math.min(gridSize(grid), wishes.most ?? Number.POSITIVE_INFINITY);
  const jobs = Array.from({ length: count }, (_, k) => planJob(request, wishes, combination(grid, k)));
  for (const job of new Set([jobs[0]!, jobs.at(-1)!])) await checkLawsOf(job, keepsLaws);
  return jobs;
}

function refuseGrid({ study }: Request, set: Given, grid: Grid): void {
  const names = Object.keys(study.parameters.properties);
  for (const name of grid.keys()) {
    if (!names.includes(name)) throw new InputError({ what: `--grid ${name}`, rule: `${study.id} has no parameter of this name`, remedy: suggestion(name, names) });
    if (Object.hasOwn(set, name)) throw new InputError({ what: `--grid ${name}`, rule: `--set gives ${name} too`, remedy: "Give it once." });
  }
}

interface Request {
  readonly study: Study;
  readonly pairs: PairSource;
  readonly file: Pick<StudyFile, "level" | "seed" | "parameters">;
  /** How the command line names it again. */
  readonly name: string;
}

async function readTarget(target: string, catalogue: Catalogue, folder: string): Promise<Request> {
  const study = catalogue.studies.find((candidate) => candidate.id === target);
  if (study !== undefined) return { study, pairs: { kind: "bundled" }, file: { parameters: {} }, name: study.id };
  if (target.includes("\0")) throw new InputError({ what: JSON.stringify(target), rule: "a path has no NUL in it", remedy: "Remove it." });
  if (target.endsWith(".record.json")) {
    throw new InputError({ what: target, rule: "it is a record, which has been run", remedy: `Use \`mesoscope report ${target}\` to show it.` });
  }
  if (/\.(ya?ml|json)$/i.test(target)) return readFileTarget(target, catalogue, folder);
  if (/\.m?js$/i.test(target)) {
    const path = resolve(folder, target);
    const pairs = await importPair(path, target);
    return { study: catalogue.studyOfPair(pairs.pair), pairs, file: { parameters: {} }, name: moduleName(path) };
  }
  throw new InputError({
    what: `study ${showValue(target)}`,
    rule: "it is neither the id of a study, nor a study file (.yaml, .json), nor a module with a pair (.mjs, .js)",
    remedy: suggestion(target, catalogue.studies.map((candidate) => candidate.id)),
  });
}

async function readFileTarget(target: string, catalogue: Catalogue, folder: string): Promise<Request> {
  const path = resolve(folder, target);
  const file = await readStudyFile(path, target);
  if (file.seed !== undefined) checkSeed(file.seed);
  if (file.pair !== undefined) {
    const pairs = await importPair(file.pair, `${target}, pair ${fromFolder(folder, file.pair)}`);
    return { study: catalogue.studyOfPair(pairs.pair), pairs, file, name: moduleName(file.pair) };
  }
  const study = catalogue.studies.find((candidate) => candidate.id === file.study);
  if (study !== undefined) return { study, pairs: { kind: "bundled" }, file, name: study.id };
  throw new InputError({ what: `${target}, study = ${showValue(file.study)}`, rule: "there is no study of this id", remedy: suggestion(file.study ?? "", catalogue.studies.map((candidate) => candidate.id)) });
}

function planJob({ study, pairs, file, name }: Request, wishes: Wishes, combined: Given): Job {
  const level = wishes.level ?? file.level ?? "default";
  const seed = wishes.seed ?? file.seed ?? defaultSeed;
  const own = Object.fromEntries(Object.entries({ ...wishes.set, ...combined }).flatMap(([key, value]) => {
    const property = Object.hasOwn(study.parameters.properties, key) ? study.parameters.properties[key] : undefined;
    if (property === undefined) return [];
    // On a command line a list of one looks like a number.
    return [[key, property.type === "array" && !Array.isArray(value) ? [value] : value]];
  }));
  const given = { ...file.parameters, ...own };
  const parameters = completeParameters(study, level, given);
  const command = reproduction(name, { level, seed, backend: wishes.backend }, parameters, Object.keys(given));
  const words = gridWords(combined);
  return { id: gridId(study.id, combined), title: words === "" ? study.title : `${study.title}, ${words}`, study, level, seed, parameters, pairs, command };
}

async function checkLawsOf({ pairs, parameters }: Job, keepsLaws: KeepsLaws): Promise<void> {
  if (pairs.kind !== "module") return;
  const names = Object.keys(pairs.pair.parameters.properties);
  await keepsLaws(pairs, Object.fromEntries(Object.entries(parameters).filter(([key]) => names.includes(key))));
}

/** The command line that makes a job again, with what was set, in the order of the alphabet. */
function reproduction(name: string, { level, seed, backend }: { level: Level; seed: string; backend: string | undefined }, parameters: Parameters, given: readonly string[]): string {
  const sets = [...given].sort().flatMap((key) => ["--set", `${key}=${assigned(parameters[key])}`]);
  return ["mesoscope", "run", name, "--level", level, "--seed", seed, ...(backend === undefined ? [] : ["--backend", backend]), ...sets].map(forShell).join(" ");
}

function assigned(value: Parameters[string] | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function forShell(word: string): string {
  return /^[\w@%+=:,./[\]-]+$/.test(word) && !/[[\]]/.test(word) ? word : `'${word.replace(/'/g, String.raw`'\''`)}'`;
}

/** A module by its name alone: the record is hashed, and the layout of a disk is no part of a finding. */
function moduleName(path: string): string {
  return `./${basename(path)}`;
}

function fromFolder(folder: string, path: string): string {
  const way = relative(folder, path).replaceAll("\\", "/");
  return way.startsWith("../") || /^[A-Za-z]:/.test(way) ? way : `./${way}`;
}

/** @throws InputError if a seed is empty, too long, or has control characters in it */
export function checkSeed(seed: string): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (seed.length > 0 && seed.length <= 200 && !/[\u0000-\u001F\u007F]/.test(seed)) return;
  throw new InputError({ what: `seed = ${JSON.stringify(seed.slice(0, 80))}`, rule: "it must be 1 to 200 printable characters", remedy: "Any number or word serves, for example --seed 7." });
}

function refuseUnknownNames(requests: readonly Request[], set: Given): void {
  const names = [...new Set(requests.flatMap((request) => Object.keys(request.study.parameters.properties)))];
  for (const name of Object.keys(set)) {
    if (names.includes(name)) continue;
    const who = requests.length === 1 ? requests[0]!.study.id : "none of these studies";
    throw new InputError({ what: `--set ${name}`, rule: requests.length === 1 ? `${who} has no parameter of this name` : `${who} has a parameter of this name`, remedy: suggestion(name, names) });
  }
}

/** Two jobs of one id would write one file. */
function refuseDoubles(requests: readonly Request[]): void {
  const seen = new Set<string>();
  for (const { study } of requests) {
    if (seen.has(study.id)) {
      throw new InputError({ what: `study "${study.id}"`, rule: "it is asked for twice, and both would write one record", remedy: "Run them one after the other with different --out." });
    }
    seen.add(study.id);
  }
}
