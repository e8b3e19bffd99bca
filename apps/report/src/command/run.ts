import { checkBackendVersion } from "@mesoscope/kernels";
import type { Level } from "@mesoscope/studies";
import { loadCatalogue } from "../catalogue.js";
import { prepareFolder } from "../output/folder.js";
import { planJobs } from "../request/job.js";
import { readAssignments } from "../request/parameters.js";
import { readWorkers } from "../request/workers.js";
import { surround } from "../run/run-study.js";
import { installedVersions } from "../run/versions.js";
import { checkLawsInWorker } from "../workers/check-laws.js";
import type { World } from "../world.js";
import { conclude, runJobs } from "./run-jobs.js";

export interface RunOptions {
  readonly level?: Level;
  readonly seed?: string;
  readonly workers?: string;
  readonly backend?: string;
  readonly out: string;
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** `mesoscope run`: runs studies, writes each record as soon as it is made, then the page of all records in the folder. */
export async function run(targets: readonly string[], options: RunOptions, world: World): Promise<number> {
  const catalogue = await loadCatalogue(world.catalogue);
  const workers = readWorkers(options.workers);
  const wishes = {
    ...(options.level === undefined ? {} : { level: options.level }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.backend === undefined || options.backend === catalogue.backendNames[0] ? {} : { backend: options.backend }),
    set: readAssignments(options.set),
  };
  const backendName = options.backend ?? catalogue.backendNames[0]!;
  const backend = checkBackendVersion(await catalogue.loadBackend(backendName));
  const pool = { cellWorker: world.cellWorker, setting: { catalogue: world.catalogue, backend: backendName }, workers, signal: world.signal };
  const jobs = await planJobs(targets, wishes, catalogue, world.folder, checkLawsInWorker(pool));
  const folder = await prepareFolder(options.out, world.folder);
  const surroundings = surround({ backend, versions: installedVersions() }, catalogue, pool);
  const ended = await runJobs(jobs, surroundings, folder, world, options.debug === true);
  await surroundings.bundled.close();
  backend.close();
  return conclude(ended, folder, catalogue.studies.map((study) => study.id), options.json === true, world);
}
