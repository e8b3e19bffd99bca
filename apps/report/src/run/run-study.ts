import { sealRecord, type Context, type MesoscopeRecord, type RecordBody } from "@mesoscope/contracts";
import type { RunCells } from "@mesoscope/finite-size";
import type { Backend } from "@mesoscope/kernels";
import type { Catalogue } from "../catalogue.js";
import type { Job } from "../request/job.js";
import type { ModulePair } from "../request/pair-module.js";
import { cellsHere, cellsInWorkers, type CellRunner } from "../workers/run-cells.js";
import type { PoolSetting } from "../workers/worker-pool.js";

/** Where and how studies run: none of it may change a byte of a record. */
export interface Surroundings {
  readonly backend: Backend;
  readonly workers: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Runs the cells of the bundled pairs; shared by all studies, so that workers start once. */
  readonly bundled: CellRunner;
  /** Runs the cells of a stranger's pair, which workers import for themselves. */
  readonly runnerOf: (module: ModulePair) => CellRunner;
  /** Puts a store between a job and what runs its cells; left out, cells are run and forgotten. */
  readonly keeping?: (job: Job, runCells: RunCells) => RunCells;
}

/**
 * Chooses between this thread and a pool, once for the whole run. A stranger's pair is sampled in a worker in any case: it may
 * print, end its thread or never return, and does so beside the command, not in it.
 */
export function surround(base: Pick<Surroundings, "backend" | "versions">, catalogue: Catalogue, pool: PoolSetting): Surroundings {
  const { workers, signal } = pool;
  return {
    ...base,
    workers,
    signal,
    bundled: workers === 1 ? cellsHere(catalogue.bundledPairs({ backend: base.backend })) : cellsInWorkers(pool),
    runnerOf: ({ path, sha256 }) => cellsInWorkers({ ...pool, setting: { ...pool.setting, module: { path, sha256 } } }),
  };
}

/** A study ran and answered what is no record: neither the command nor what was asked of it is at fault. */
class FindingsRefused extends Error {
  override readonly name = "FindingsRefused";
  readonly rule: string = "";
  readonly remedy: string = "";
}

function sealed(body: RecordBody): MesoscopeRecord {
  try {
    return sealRecord(body);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new FindingsRefused(`the study ran, but what it found makes no record at these parameters (${message}) This is a fault of the study; other parameters may serve until it is mended.`);
  }
}

/** Runs one study and seals its findings: question, level, seed, versions and the way to make it again are added here. */
export async function runStudy(job: Job, surroundings: Surroundings, progress: NonNullable<Context["progress"]>): Promise<MesoscopeRecord> {
  const { backend, signal, versions, bundled, runnerOf } = surroundings;
  const cells = job.pairs.kind === "module" ? runnerOf(job.pairs) : bundled;
  try {
    const { level, seed, parameters } = job;
    const runCells = surroundings.keeping?.(job, cells.runCells) ?? cells.runCells;
    const findings = await job.study.run({ level, seed, parameters, runCells, backend, context: { signal, progress } });
    return sealed({
      recordVersion: 1,
      id: job.id,
      title: job.title,
      question: job.study.question,
      narrative: findings.narrative,
      level,
      seed,
      parameters: findings.parameters,
      verdicts: findings.verdicts,
      tables: findings.tables,
      figures: findings.figures,
      equations: findings.equations,
      outcomes: findings.outcomes,
      reproduce: { command: job.command },
      versions,
      backend: { id: backend.id, deterministic: backend.supports.deterministic },
      references: job.study.references,
    });
  } finally {
    if (cells !== bundled) await cells.close();
  }
}
