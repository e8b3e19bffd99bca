import type { MesoscopeRecord } from "@mesoscope/contracts";
import type { Level } from "@mesoscope/studies";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { loadCatalogue } from "../catalogue.js";
import { exitStatus, failureParagraph, InputError, Interrupted } from "../failure.js";
import { prepareFolder, type ReportFolder } from "../output/folder.js";
import { writeRecordFile, writeRunNote } from "../output/records.js";
import { writePage } from "../output/write-page.js";
import { planJobs, type Job } from "../request/job.js";
import { readAssignments } from "../request/parameters.js";
import { noteRun } from "../run/run-note.js";
import { runStudy, surround, type Surroundings } from "../run/run-study.js";
import { installedVersions } from "../run/versions.js";
import { checkLawsInWorker } from "../workers/check-laws.js";
import type { World } from "../world.js";
import { forTerminal, showValue } from "../words.js";
import { progressLine } from "./progress.js";
import { verdictTable } from "./verdict-table.js";

export interface RunOptions {
  readonly level?: Level;
  readonly seed?: string;
  readonly workers?: string;
  readonly out: string;
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly debug?: boolean;
}

interface Failure {
  readonly study: string;
  readonly message: string;
}

/**
 * `mesoscope run`: runs studies, writes each record as soon as it is made, then the page of all records in the folder.
 * A verdict "fails" is a result; only a study that ends without a record makes the run a partial one.
 */
export async function run(targets: readonly string[], options: RunOptions, world: World): Promise<number> {
  const catalogue = await loadCatalogue(world.catalogue);
  const workers = readWorkers(options.workers);
  const wishes = {
    ...(options.level === undefined ? {} : { level: options.level }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    set: readAssignments(options.set),
  };
  const backendName = catalogue.backendNames[0]!;
  const pool = { cellWorker: world.cellWorker, setting: { catalogue: world.catalogue, backend: backendName }, workers, signal: world.signal };
  const jobs = await planJobs(targets, wishes, catalogue, world.folder, checkLawsInWorker(pool));
  const folder = await prepareFolder(options.out, world.folder);
  const backend = await catalogue.loadBackend(backendName);
  const surroundings = surround({ backend, versions: installedVersions() }, catalogue, pool);

  const records: MesoscopeRecord[] = [];
  const failures: Failure[] = [];
  for (const job of jobs) {
    if (world.signal.aborted) break;
    const result = await runJob(job, surroundings, folder, world, options.debug === true);
    if ("hash" in result) records.push(result);
    else failures.push(result);
  }
  await surroundings.bundled.close();
  backend.close();
  const { unreadable } = await writePage(folder, catalogue.studies.map((study) => study.id));
  for (const { message } of unreadable) world.stderr.write(`not shown: ${forTerminal(message)}\n`);
  world.stdout.write(options.json === true ? summaryJson(records, failures, folder) : `${verdictTable(records, world)}${folder.index}\n`);
  if (world.signal.aborted) {
    world.stderr.write("interrupted; what was finished is kept\n");
    return exitStatus.interrupted;
  }
  return failures.length > 0 || records.some((record) => record.outcomes.diverged > 0) ? exitStatus.partial : exitStatus.done;
}

async function runJob(job: Job, surroundings: Surroundings, folder: ReportFolder, world: World, isDebugging: boolean): Promise<MesoscopeRecord | Failure> {
  const progress = progressLine(world.stderr, job.study.id);
  const started = new Date();
  try {
    const record = await runStudy(job, surroundings, (done, of) => {
      progress.update(done, of);
    });
    await writeRecordFile(folder, record);
    await writeRunNote(folder, record.id, noteRun(job, record, started, new Date(), surroundings.workers));
    progress.end(`done, ${record.verdicts.length} ${record.verdicts.length === 1 ? "verdict" : "verdicts"}`);
    return record;
  } catch (error) {
    const isInterrupted = error instanceof Interrupted || world.signal.aborted;
    const message = isInterrupted ? "interrupted" : `${failureParagraph(error)} (${circumstances(job)})`;
    progress.end(isInterrupted ? "interrupted" : "failed");
    if (!isInterrupted) world.stderr.write(`${job.study.id}: ${forTerminal(message)}\n`);
    if (isDebugging && error instanceof Error) world.stderr.write(`${forTerminal(error.stack ?? "")}\n`);
    return { study: job.study.id, message };
  }
}

/** What a study ran with: a failure may belong to these values alone. */
function circumstances({ level, seed, parameters }: Job): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name} = ${showValue(value)}`);
  return [`it ran with level ${level}`, `seed ${seed}`, ...values].join(", ");
}

function summaryJson(records: readonly MesoscopeRecord[], failures: readonly Failure[], folder: ReportFolder): string {
  const summary = {
    report: folder.index,
    records: records.map((record) => ({
      id: record.id,
      file: join(folder.records, `${record.id}.record.json`),
      hash: record.hash,
      headline: record.narrative.headline,
      verdicts: record.verdicts,
      outcomes: record.outcomes,
    })),
    failures,
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

function readWorkers(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const workers = Number(text);
  if (/^\d+$/.test(text) && workers >= 1 && workers <= 1024) return workers;
  throw new InputError({ what: `--workers ${text}`, rule: "it must be an integer from 1 to 1024", remedy: `This machine has ${availableParallelism()} cores.` });
}
