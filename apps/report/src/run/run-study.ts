import { sealRecord, type Context, type MesoscopeRecord } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import type { Catalogue } from "../catalogue.js";
import type { Job } from "../request/job.js";
import { cellsHere, cellsInWorkers, type CellRunner } from "../workers/run-cells.js";

/** Where and how studies run: none of it may change a byte of a record. */
export interface Surroundings {
  readonly catalogue: Catalogue;
  readonly catalogueUrl: string;
  readonly backendName: string;
  readonly backend: Backend;
  readonly workers: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs one study and seals its findings: question, level, seed, versions and the way to make it again are added here. */
export async function runStudy(job: Job, surroundings: Surroundings, progress: NonNullable<Context["progress"]>): Promise<MesoscopeRecord> {
  const { study, level, seed, parameters, command } = job;
  const { backend, signal, versions } = surroundings;
  const cells = cellRunner(job, surroundings);
  try {
    const findings = await study.run({ level, seed, parameters, runCells: cells.runCells, backend, context: { signal, progress } });
    return sealRecord({
      recordVersion: 1,
      id: study.id,
      title: study.title,
      question: study.question,
      narrative: findings.narrative,
      level,
      seed,
      parameters: findings.parameters,
      verdicts: findings.verdicts,
      tables: findings.tables,
      figures: findings.figures,
      equations: findings.equations,
      outcomes: findings.outcomes,
      reproduce: { command },
      versions,
      backend: { id: backend.id, deterministic: backend.supports.deterministic },
      references: findings.references,
    });
  } finally {
    await cells.close();
  }
}

function cellRunner({ pairs }: Job, { catalogue, catalogueUrl, backend, backendName, workers, signal }: Surroundings): CellRunner {
  if (workers === 1) return cellsHere(pairs.kind === "module" ? { [pairs.pair.id]: pairs.pair } : catalogue.bundledPairs({ backend }));
  const setting = { catalogue: catalogueUrl, backend: backendName, ...(pairs.kind === "module" ? { module: pairs.path } : {}) };
  return cellsInWorkers(setting, workers, signal);
}
