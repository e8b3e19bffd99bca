import { cellId, keepCells } from "@mesoscope/finite-size";
import { prepareFolder, resolveOutput } from "../../output/folder.js";
import { surround } from "../../run/run-study.js";
import { openCells } from "../../sweep/cell-folder.js";
import { takeLock } from "../../sweep/lock.js";
import type { PlannedSweep } from "../../sweep/plan-sweep.js";
import { makeSweepFolder, presentCells, sweepPaths } from "../../sweep/sweep-folder.js";
import type { World } from "../../world.js";
import { conclude, runJobs } from "../run-jobs.js";
import { comparisonInWords, refuseIncompatible } from "./comparison.js";
import { inContext, type ResumeOptions, type SweepContext, type SweepOptions } from "./options.js";
import { assess, compareWithPresent, plan, plannedSweep, settleManifest } from "./plan.js";

/** `mesoscope sweep run`: as `mesoscope run`, but every cell is kept as soon as it is done, and never run twice. */
export function run(targets: readonly string[], options: SweepOptions, world: World): Promise<number> {
  if (options.dryRun === true) return plan(targets, options, world);
  return inContext(options, world, async (context) => {
    const sweep = await plannedSweep(targets, options, context);
    const paths = sweepPaths(await resolveOutput(options.out, world.folder));
    const comparison = await compareWithPresent(sweep, paths, context);
    refuseIncompatible(comparison, options.out);
    // What was begun was accepted.
    if (comparison?.kind !== "identical") await assess(sweep, paths, options, context);
    return runSweep(sweep, options, context);
  });
}

/** Runs what is missing of a sweep, under its lock. */
export async function runSweep(sweep: PlannedSweep, options: ResumeOptions, context: SweepContext): Promise<number> {
  const { world, disk, catalogue, base, pool, tell } = context;
  if (!base.backend.supports.deterministic) tell(`the ${base.backend.id} backend is not deterministic: cells are kept, but the record of a resumed sweep need not have the bytes of an undisturbed one`);
  const folder = await prepareFolder(options.out, world.folder);
  const paths = await makeSweepFolder(folder.root, disk);
  const lock = await takeLock(paths.lock, pool.workers);
  try {
    if (lock.takenFrom !== undefined) tell(`process ${lock.takenFrom.pid}, which ran this sweep, ended without finishing it; what it kept is taken over`);
    const comparison = await settleManifest(sweep, paths, options, context);
    const present = await presentCells(paths);
    if (comparison !== undefined) tell(comparisonInWords(comparison, [...sweep.cells.keys()].filter((id) => present.has(id)).length));
    const cells = await openCells(paths, disk, tell);
    const surroundings = {
      ...surround(base, catalogue, pool),
      keeping: ((job, runCells) => {
        const origin = sweep.originOf(job);
        return keepCells(runCells, cells, (cell) => cellId(origin, cell));
      }) satisfies ReturnType<typeof surround>["keeping"],
    };
    const ended = await runJobs(sweep.jobs, surroundings, folder, world, options.debug === true);
    await surroundings.bundled.close();
    await cells.flush().catch(() => undefined);
    return await conclude(ended, folder, catalogue.studies.map(({ id }) => id), options.json === true, world);
  } finally {
    await lock.release();
  }
}
