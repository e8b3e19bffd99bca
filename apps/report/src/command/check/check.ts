import { readRecord, RECORD_VERSION } from "@mesoscope/contracts";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { loadCatalogue, type Catalogue } from "../../catalogue.js";
import { exitStatus, InputError, partsOf } from "../../failure.js";
import { readText } from "../../output/records.js";
import { planJobs } from "../../request/job.js";
import { readSmallFile } from "../../request/study-file.js";
import { publishedSchema } from "../../request/published-schema.js";
import { studyFileFaults, type LocatedFault } from "../../request/study-file-faults.js";
import type { World } from "../../world.js";
import { forTerminal } from "../../words.js";
import { checkSweep } from "./sweep.js";

export interface CheckOptions {
  readonly schema?: boolean;
  readonly json?: boolean;
}

/** What is known of one file. */
export interface Checked {
  readonly kind: "record" | "study file" | "sweep" | "unknown";
  readonly valid: boolean;
  /** One line on what it is. */
  readonly is: string;
  readonly version?: number;
  /** For a sweep: whether `sweep resume` would go on here. */
  readonly resumable?: boolean;
  readonly faults: readonly LocatedFault[];
}

/** `mesoscope check`: is it valid, what is it, which version; a study file with every fault and its line. */
export async function check(files: readonly string[], options: CheckOptions, world: World): Promise<number> {
  const catalogue = await loadCatalogue(world.catalogue);
  if (options.schema === true) {
    world.stdout.write(`${JSON.stringify(publishedSchema(catalogue.studies), null, 2)}\n`);
    return exitStatus.done;
  }
  if (files.length === 0) throw new InputError({ what: "check", rule: "it needs a file", remedy: "Give a record, a study file or the folder of a sweep." });
  const checked: (Checked & { readonly file: string })[] = [];
  for (const file of files) checked.push({ file, ...(await checkOne(file, catalogue, world)) });
  const words = checked.map((one) => forTerminal(inWords(one)) + "\n").join("");
  world.stdout.write(options.json === true ? `${JSON.stringify(checked, null, 2)}\n` : words);
  return checked.every(({ valid }) => valid) ? exitStatus.done : exitStatus.badInput;
}

async function checkOne(file: string, catalogue: Catalogue, world: World): Promise<Checked> {
  let kind: Checked["kind"] = "unknown";
  try {
    if (file.includes("\0")) throw new InputError({ what: JSON.stringify(file), rule: "a path has no NUL in it", remedy: "Remove it." });
    const path = resolve(world.folder, file);
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
    kind = isFolder ? "sweep" : await kindOfFile(path, file);
    if (kind === "sweep") return await checkSweep(path, file, catalogue, world);
    if (kind === "record") return await checkRecord(path, file);
    return await checkStudyFile(path, file, catalogue, world);
  } catch (error) {
    return { kind, valid: false, is: kind, faults: [partsOf(error)] };
  }
}

async function kindOfFile(path: string, file: string): Promise<Checked["kind"]> {
  if (file.endsWith(".record.json")) return "record";
  if (/\.json$/i.test(file)) return (await readText(path, file)).includes('"recordVersion"') ? "record" : "study file";
  if (/\.ya?ml$/i.test(file)) return "study file";
  await readText(path, file);
  throw new InputError({ what: file, rule: "it is neither a record (.record.json), nor a study file (.yaml, .json), nor a folder", remedy: "Give one of these; a module with a pair is checked with the study file that names it." });
}

async function checkRecord(path: string, file: string): Promise<Checked> {
  const text = await readText(path, file);
  const { id, level, seed } = readRecord(text, file);
  const { recordVersion } = JSON.parse(text) as { readonly recordVersion: number };
  const age = recordVersion === RECORD_VERSION ? "" : `, read as version ${RECORD_VERSION}`;
  return { kind: "record", valid: true, version: recordVersion, is: `record "${id}" of version ${recordVersion}${age}, level ${level}, seed ${seed}, its hash belongs to it`, faults: [] };
}

/** Valid is what `run` would take and can be planned: its own reader decides, and where it refuses, every fault is looked for. */
async function checkStudyFile(path: string, file: string, catalogue: Catalogue, world: World): Promise<Checked> {
  try {
    const [job] = await planJobs([file], { set: {} }, catalogue, world.folder, () => Promise.resolve());
    const { study, level, seed, pairs, parameters } = job!;
    const backend = await catalogue.loadBackend(catalogue.backendNames[0]!);
    try {
      // What one parameter asks of another (a number of replicas for each size) shows in the plan.
      study.plan({ level, seed, parameters, backend });
    } finally {
      backend.close();
    }
    return { kind: "study file", valid: true, is: `study file: ${pairs.kind === "module" ? "pair" : "study"} ${study.id}, level ${level}, seed ${seed}`, faults: [] };
  } catch (error) {
    const first = partsOf(error);
    const found = await studyFileFaults(await readSmallFile(path, file), path, catalogue).catch((fault: unknown) => [partsOf(fault)]);
    return { kind: "study file", valid: false, is: "study file", faults: found.length > 0 ? found : [first] };
  }
}

function inWords({ file, valid, is, resumable, faults }: Checked & { readonly file: string }): string {
  const resume = resumable === undefined ? "" : `; it can${resumable ? "" : "not"} be resumed here`;
  const lines = faults.map(({ line, column, what, rule, remedy }) => `${file}${line === undefined ? "" : `:${line}:${column ?? 1}`}: ${what}: ${rule}. ${remedy}`);
  return [`${file}: ${valid ? "valid" : "not valid"}, ${is}${resume}`, ...lines].join("\n");
}
