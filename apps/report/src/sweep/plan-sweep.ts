/** @file From jobs to a plan: every cell that may run, by its id, and the manifest that says so. */
import { distinctCells, LARGEST_PLAN, plannedCells, sealManifest, type Cell, type CellOrigin, type Manifest, type PlannedJob } from "@mesoscope/finite-size";
import type { Backend } from "@mesoscope/kernels";
import { basename } from "node:path";
import { InputError } from "../failure.js";
import type { Job } from "../request/job.js";

/** What the numbers of a sweep depend on beside its jobs. */
export interface SweepBase {
  readonly backend: Backend;
  readonly versions: Readonly<Record<string, string>>;
}

/** Jobs with their cells. */
export interface PlannedSweep {
  readonly jobs: readonly Job[];
  readonly manifest: Manifest;
  /** Every cell once, by id, with its job: the first of those that ask for it. */
  readonly cells: ReadonlyMap<string, { readonly cell: Cell; readonly job: Job }>;
  originOf(job: Job): CellOrigin;
}

/**
 * Plans every cell of the jobs, and runs none.
 * @throws InputError for more than a million cells, or two jobs of one id
 */
export function planSweep(jobs: readonly Job[], base: SweepBase): PlannedSweep {
  refuseDoubles(jobs);
  const originOf = ({ study, pairs }: Job): CellOrigin => ({
    study: study.id,
    versions: base.versions,
    backend: base.backend.id,
    ...(pairs.kind === "module" ? { module: pairs.sha256 } : {}),
  });
  const cells = new Map<string, { readonly cell: Cell; readonly job: Job }>();
  const planned: PlannedJob[] = [];
  let count = 0;
  for (const job of jobs) {
    const own = cellsOf(job, base);
    count += own.length;
    if (count > LARGEST_PLAN) throw tooManyCells(count, `so many after ${planned.length + 1} of ${jobs.length} records`);
    const named = plannedCells(originOf(job), own);
    for (const [i, { id }] of named.entries()) if (!cells.has(id)) cells.set(id, { cell: own[i]!, job });
    planned.push(plannedJob(job, named));
  }
  const places = Object.fromEntries(jobs.flatMap(({ id, pairs }) => (pairs.kind === "module" ? [[id, pairs.path]] : [])));
  const manifest = sealManifest({ versions: base.versions, backend: base.backend.id, jobs: planned }, places);
  return { jobs, manifest, cells, originOf };
}

/** The cells of one job. */
export function cellsOf({ study, level, seed, parameters }: Job, { backend }: SweepBase): readonly Cell[] {
  return study.plan({ level, seed, parameters, backend });
}

export function tooManyCells(count: number, words: string): InputError {
  return new InputError({
    what: `this sweep has ${count.toLocaleString("en")} cells (${words})`,
    rule: `a sweep has at most ${LARGEST_PLAN.toLocaleString("en")}`,
    remedy: "Give the grid fewer values, or the studies fewer sizes or replicas; or make several sweeps of it, each with its own --out.",
  });
}

/** How many cells of a plan are still to be run. */
export function missingCells(sweep: PlannedSweep, present: ReadonlySet<string>): readonly Cell[] {
  return [...distinctCells(sweep.manifest).keys()].filter((id) => !present.has(id)).map((id) => sweep.cells.get(id)!.cell);
}

function plannedJob(job: Job, cells: PlannedJob["cells"]): PlannedJob {
  const { id, title, study, level, seed, parameters, command, pairs } = job;
  const module = pairs.kind === "module" ? { module: { name: basename(pairs.path), sha256: pairs.sha256 } } : {};
  return { id, title, study: study.id, level, seed, parameters, command, ...module, cells };
}

function refuseDoubles(jobs: readonly Job[]): void {
  const seen = new Set<string>();
  for (const { id } of jobs) {
    if (seen.has(id)) throw new InputError({ what: `record "${id}"`, rule: "two jobs of this sweep would write it", remedy: "Make two sweeps of them, each with its own --out." });
    seen.add(id);
  }
}
