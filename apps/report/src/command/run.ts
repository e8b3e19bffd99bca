import type { Level } from "@mesoscope/studies";
import { loadCatalogue } from "../catalogue.js";
import { prepareFolder } from "../output/folder.js";
import { openBackend, readComputing, type ComputingOptions } from "../request/backend.js";
import { planJobs } from "../request/job.js";
import { readAssignments } from "../request/parameters.js";
import { surround } from "../run/run-study.js";
import { installedVersions } from "../run/versions.js";
import { checkLawsInWorker } from "../workers/check-laws.js";
import { poolFor } from "../workers/pool-for.js";
import type { World } from "../world.js";
import { conclude, runJobs } from "./run-jobs.js";

export interface RunOptions extends ComputingOptions {
  readonly level?: Level;
  readonly seed?: string;
  readonly out: string;
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** `mesoscope run`: runs studies, writes each record as soon as it is made, then the page of all records in the folder. */
export async function run(targets: readonly string[], options: RunOptions, world: World): Promise<number> {
  const catalogue = await loadCatalogue(world.catalogue);
  const computing = readComputing(options, catalogue);
  const wishes = {
    ...(options.level === undefined ? {} : { level: options.level }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(computing.backend === catalogue.backendNames[0] ? {} : { backend: computing.backend }),
    set: readAssignments(options.set),
  };
  const backend = await openBackend(computing, catalogue);
  try {
    const pool = poolFor(computing, world);
    const jobs = await planJobs(targets, wishes, catalogue, world.folder, checkLawsInWorker(pool));
    const folder = await prepareFolder(options.out, world.folder);
    const surroundings = surround({ backend, versions: installedVersions() }, catalogue, pool);
    const ended = await runJobs(jobs, surroundings, folder, world, options.debug === true);
    await surroundings.bundled.close();
    return await conclude(ended, folder, catalogue.studies.map((study) => study.id), options.json === true, world);
  } finally {
    // Also after bad input: an open device may keep the process from its end.
    backend.close();
  }
}
