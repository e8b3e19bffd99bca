/** @file Runs jobs one after the other, and tells how each ended: what `run` and `sweep` have in common. */
import type { MesoscopeRecord } from "@mesoscope/contracts";
import { join } from "node:path";
import { DiskRefused, exitStatus, failureParagraph, Interrupted } from "../failure.js";
import type { ReportFolder } from "../output/folder.js";
import { writeRecordFile, writeRunNote } from "../output/records.js";
import { writePage } from "../output/write-page.js";
import type { Job } from "../request/job.js";
import { noteRun } from "../run/run-note.js";
import { runStudy, type Surroundings } from "../run/run-study.js";
import type { World } from "../world.js";
import { forTerminal, showValue } from "../words.js";
import { progressLine } from "./progress.js";
import { verdictTable } from "./verdict-table.js";

interface Failure {
  readonly study: string;
  readonly message: string;
}

/** What became of the jobs. */
export interface Ended {
  readonly records: readonly MesoscopeRecord[];
  readonly failures: readonly Failure[];
}

/** Runs jobs until all are done, or the signal is aborted, or the disk refuses; each record is written as soon as it is made. */
export async function runJobs(jobs: readonly Job[], surroundings: Surroundings, folder: ReportFolder, world: World, isDebugging: boolean): Promise<Ended> {
  const records: MesoscopeRecord[] = [];
  const failures: Failure[] = [];
  for (const job of jobs) {
    if (world.signal.aborted) break;
    try {
      const result = await runJob(job, surroundings, folder, world, isDebugging);
      if ("hash" in result) records.push(result);
      else failures.push(result);
    } catch (error) {
      if (!(error instanceof DiskRefused)) throw error;
      // What follows would meet the same disk.
      failures.push({ study: job.id, message: error.message });
      break;
    }
  }
  return { records, failures };
}

/**
 * Writes the page of all records in the folder, tells what was found, and returns the exit status.
 * A verdict "fails" is a result; only a study that ends without a record makes the run a partial one.
 */
export async function conclude({ records, failures }: Ended, folder: ReportFolder, first: readonly string[], isJson: boolean, world: World): Promise<number> {
  const page = await writePage(folder, first).catch((error: unknown) => {
    if (!(error instanceof DiskRefused)) throw error;
    world.stderr.write(`${forTerminal(error.message)}\n`);
    return undefined;
  });
  for (const { message } of page?.unreadable ?? []) world.stderr.write(`not shown: ${forTerminal(message)}\n`);
  world.stdout.write(isJson ? summaryJson(records, failures, folder) : `${verdictTable(records, world)}${folder.index}\n`);
  if (world.signal.aborted) {
    world.stderr.write("interrupted; what was finished is kept\n");
    return exitStatus.interrupted;
  }
  return page === undefined || failures.length > 0 || records.some((record) => record.outcomes.diverged > 0) ? exitStatus.partial : exitStatus.done;
}

async function runJob(job: Job, surroundings: Surroundings, folder: ReportFolder, world: World, isDebugging: boolean): Promise<MesoscopeRecord | Failure> {
  const progress = progressLine(world.stderr, job.id);
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
    const message = isInterrupted ? "interrupted" : `${failureParagraph(error)}${error instanceof DiskRefused ? "" : ` (${circumstances(job)})`}`;
    progress.end(isInterrupted ? "interrupted" : "failed");
    if (!isInterrupted) world.stderr.write(`${job.id}: ${forTerminal(message)}\n`);
    if (isDebugging && error instanceof Error) world.stderr.write(`${forTerminal(error.stack ?? "")}\n`);
    if (error instanceof DiskRefused && !isInterrupted) throw error;
    return { study: job.id, message };
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
