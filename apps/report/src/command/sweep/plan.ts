import { comparePlans, LARGEST_PLAN, writeManifest, type PlanComparison } from "@mesoscope/finite-size";
import { exitStatus } from "../../failure.js";
import { prepareFolder, resolveOutput } from "../../output/folder.js";
import { gridSize, readGrid } from "../../request/grid.js";
import { planJobs, type Job, type KeepsLaws } from "../../request/job.js";
import { readAssignments } from "../../request/parameters.js";
import { estimateInWords, estimateOf, freeBytes, readBudget, refuseImpossible, timesAsMuch, type Estimate } from "../../sweep/estimate.js";
import { takeLock } from "../../sweep/lock.js";
import { pilotGroups, timePilots } from "../../sweep/pilots.js";
import { cellsOf, planSweep, tooManyCells, type PlannedSweep } from "../../sweep/plan-sweep.js";
import { makeSweepFolder, presentCells, presentManifest, sweepPaths, type SweepPaths } from "../../sweep/sweep-folder.js";
import { checkLawsInWorker } from "../../workers/check-laws.js";
import type { World } from "../../world.js";
import { comparisonInWords, refuseIncompatible } from "./comparison.js";
import { inContext, type SweepContext, type SweepOptions } from "./options.js";

/** Seconds that all pilots together may take. */
const pilotSeconds = 10;
/** More records than these are no sweep that anybody reads. */
const mostRecords = 10_000;

/** `mesoscope sweep plan`: writes down what would be computed, and says what it costs; `--dry-run` writes nothing. */
export function plan(targets: readonly string[], options: SweepOptions, world: World): Promise<number> {
  return inContext(options, world, (context) => planIn(context, targets, options));
}

async function planIn(context: SweepContext, targets: readonly string[], options: SweepOptions): Promise<number> {
  const { world } = context;
  const sweep = await plannedSweep(targets, options, context);
  const root = await resolveOutput(options.out, world.folder);
  const { comparison, estimate } = await assess(sweep, sweepPaths(root), options, context);
  if (options.dryRun !== true) {
    const paths = await makeSweepFolder((await prepareFolder(options.out, world.folder)).root, context.disk);
    const lock = await takeLock(paths.lock, 0);
    try {
      await settleManifest(sweep, paths, options, context);
    } finally {
      await lock.release();
    }
  }
  const workers = context.pool.workers;
  if (options.json === true) {
    const jobs = sweep.manifest.jobs.map(({ id, study, parameters, cells }) => ({ id, study, parameters, cells: cells.length }));
    world.stdout.write(`${JSON.stringify({ plan: sweep.manifest.hash, comparison, jobs, workers, estimate, written: options.dryRun !== true }, null, 2)}\n`);
    return exitStatus.done;
  }
  if (comparison !== undefined) context.tell(comparisonInWords(comparison, sweep.cells.size - estimate.cells));
  for (const { id, cells } of sweep.manifest.jobs) world.stdout.write(`${id}: ${cells.length} ${cells.length === 1 ? "cell" : "cells"}\n`);
  world.stdout.write(`to run: ${estimateInWords(estimate, workers)}\n`);
  if (options.dryRun !== true) context.tell(`planned; \`mesoscope sweep resume --out ${options.out}\` runs it`);
  return exitStatus.done;
}

/**
 * Plans the jobs of all targets at all combinations of the grid. What cannot be is refused before it is made: the cells of the first
 * combination, times the number of combinations, say how many there would be.
 */
export async function plannedSweep(targets: readonly string[], options: SweepOptions, context: SweepContext): Promise<PlannedSweep> {
  const grid = readGrid(options.grid);
  const wishes = {
    ...(options.level === undefined ? {} : { level: options.level }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.backend === undefined || options.backend === context.catalogue.backendNames[0] ? {} : { backend: options.backend }),
    set: readAssignments(options.set),
    grid,
  };
  const jobs = (most: number, keepsLaws: KeepsLaws): Promise<readonly Job[]> => planJobs(targets, { ...wishes, most }, context.catalogue, context.world.folder, keepsLaws);
  const combinations = gridSize(grid);
  if (combinations > 1) await refuseVast(await jobs(1, () => Promise.resolve()), combinations, context);
  return planSweep(await jobs(combinations, checkLawsInWorker(context.pool)), context.base);
}

async function refuseVast(firsts: readonly Job[], combinations: number, context: SweepContext): Promise<void> {
  const cells = firsts.flatMap((job) => cellsOf(job, context.base).map((cell) => ({ cell, source: job.pairs })));
  const records = firsts.length * combinations;
  if (cells.length * combinations <= LARGEST_PLAN && records <= mostRecords) return;
  const { workers } = context.pool;
  const estimate = timesAsMuch(estimateOf(cells, await timePilots(pilotGroups(cells), context.pool, pilotSeconds), workers), combinations);
  throw tooManyCells(cells.length * combinations, `${records.toLocaleString("en")} records, as the grid's first: ${estimateInWords(estimate, workers)}`);
}

/** The new plan beside the one that is there. */
export async function compareWithPresent(sweep: PlannedSweep, paths: SweepPaths, context: SweepContext): Promise<PlanComparison | undefined> {
  const present = await presentManifest(paths);
  if (present.kind === "damaged") context.tell(`${present.message} The plan is written anew.`);
  return present.kind === "there" ? comparePlans(present.manifest, sweep.manifest) : undefined;
}

/**
 * What is there, and what the rest costs.
 * @throws InputError if the plan that is there is incompatible, or the rest is impossible
 */
export async function assess(sweep: PlannedSweep, paths: SweepPaths, options: SweepOptions, context: SweepContext): Promise<{ comparison: PlanComparison | undefined; estimate: Estimate }> {
  const budget = readBudget(options.budget);
  const comparison = await compareWithPresent(sweep, paths, context);
  refuseIncompatible(comparison, options.out);
  const present = await presentCells(paths);
  const missing = [...sweep.cells].filter(([id]) => !present.has(id)).map(([, { cell, job }]) => ({ cell, source: job.pairs }));
  const { workers } = context.pool;
  const pilots = await timePilots(pilotGroups(missing), context.pool, pilotSeconds);
  for (const { failure } of pilots.values()) if (failure !== undefined) context.tell(`what fails is not in the estimate: ${failure}`);
  const estimate = estimateOf(missing, pilots, workers);
  refuseImpossible(estimate, { budget, free: await freeBytes(paths.root), workers });
  return { comparison, estimate };
}

/** Writes the plan, unless this very one is there. Only the holder of the lock may: what another process wrote meanwhile counts. */
export async function settleManifest(sweep: PlannedSweep, paths: SweepPaths, { out }: { readonly out: string }, context: SweepContext): Promise<PlanComparison | undefined> {
  const comparison = await compareWithPresent(sweep, paths, context);
  refuseIncompatible(comparison, out);
  const present = await presentManifest(paths);
  // Also where only a module lies elsewhere than it did.
  const text = writeManifest(sweep.manifest);
  if (present.kind !== "there" || writeManifest(present.manifest) !== text) await context.disk.writeWhole(paths.manifest, text);
  return comparison;
}
