import { sealRecord, type Context, type MesoscopeRecord } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import type { Catalogue } from "../catalogue.js";
import type { Job, PairSource } from "../request/job.js";
import type { WorkerSetting } from "../workers/cell-worker.js";
import { cellsHere, cellsInWorkers, type CellRunner } from "../workers/run-cells.js";

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
}

type ModulePair = Extract<PairSource, { readonly kind: "module" }>;

/** Chooses between this thread and a pool, once for the whole run. */
export function surround(
  base: Pick<Surroundings, "backend" | "workers" | "versions" | "signal">,
  catalogue: Catalogue,
  setting: Omit<WorkerSetting, "module">,
): Surroundings {
  const { backend, workers, signal } = base;
  if (workers === 1) {
    const pairs = catalogue.bundledPairs({ backend });
    return { ...base, bundled: cellsHere(pairs), runnerOf: ({ pair }) => cellsHere({ [pair.id]: pair }) };
  }
  return {
    ...base,
    bundled: cellsInWorkers(setting, workers, signal),
    runnerOf: ({ path }) => cellsInWorkers({ ...setting, module: path }, workers, signal),
  };
}

/** Runs one study and seals its findings: question, level, seed, versions and the way to make it again are added here. */
export async function runStudy(job: Job, surroundings: Surroundings, progress: NonNullable<Context["progress"]>): Promise<MesoscopeRecord> {
  const { backend, signal, versions, bundled, runnerOf } = surroundings;
  const cells = job.pairs.kind === "module" ? runnerOf(job.pairs) : bundled;
  try {
    const { level, seed, parameters } = job;
    const findings = await job.study.run({ level, seed, parameters, runCells: cells.runCells, backend, context: { signal, progress } });
    return sealRecord({
      recordVersion: 1,
      id: job.study.id,
      title: job.study.title,
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
      references: findings.references,
    });
  } finally {
    if (cells !== bundled) await cells.close();
  }
}
