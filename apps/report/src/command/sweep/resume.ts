import { comparePlans, type Manifest, type PlannedJob } from "@mesoscope/finite-size";
import type { Parameters } from "@mesoscope/contracts";
import type { Level, Study } from "@mesoscope/studies";
import { InputError } from "../../failure.js";
import { resolveOutput } from "../../output/folder.js";
import type { Job } from "../../request/job.js";
import { importPair } from "../../request/pair-module.js";
import { checkAgainst } from "../../request/schema.js";
import { planSweep } from "../../sweep/plan-sweep.js";
import { presentManifest, sweepPaths } from "../../sweep/sweep-folder.js";
import type { World } from "../../world.js";
import { refuseIncompatible } from "./comparison.js";
import { inContext, type ResumeOptions, type SweepContext } from "./options.js";
import { runSweep } from "./run.js";

/** `mesoscope sweep resume`: goes on with the plan that is there, on the backend that it was planned for. */
export async function resume(options: ResumeOptions, world: World): Promise<number> {
  const manifest = await requireManifest(options.out, world);
  return inContext({ ...options, backend: manifest.backend }, world, async (context) => {
    const jobs: Job[] = [];
    for (const job of manifest.jobs) jobs.push(await jobOf(job, manifest, context));
    const sweep = planSweep(jobs, context.base);
    refuseIncompatible(comparePlans(manifest, sweep.manifest), options.out);
    return runSweep(sweep, options, context);
  });
}

/** @throws InputError if there is no plan, or it was damaged */
export async function requireManifest(out: string, world: World): Promise<Manifest> {
  const present = await presentManifest(sweepPaths(await resolveOutput(out, world.folder)));
  if (present.kind === "there") return present.manifest;
  const remedy = "Plan it with `mesoscope sweep plan` or `mesoscope sweep run`, with the arguments that it had if there was one: cells that were kept are found again.";
  throw new InputError({ what: `--out ${out}`, rule: present.kind === "none" ? "there is no sweep" : `the plan cannot be read: ${present.message.replace(/\.$/, "")}`, remedy });
}

async function jobOf(planned: PlannedJob, { places }: Manifest, { catalogue }: SweepContext): Promise<Job> {
  const { id, title, level, seed, command, module } = planned;
  const decided = { id, title, level: level as Level, seed, command };
  if (module === undefined) {
    const study = catalogue.studies.find((candidate) => candidate.id === planned.study);
    if (study !== undefined) return { ...decided, study, parameters: inOrderOf(study, planned), pairs: { kind: "bundled" } };
    throw new InputError({ what: `study "${planned.study}" of the plan`, rule: "this Mesoscope has none of this name", remedy: "Use the Mesoscope that planned it." });
  }
  const path = places?.[id];
  if (path === undefined) throw new InputError({ what: `module ${module.name} of the plan`, rule: "the plan does not say where it lay", remedy: "Give it to `mesoscope sweep run`." });
  const pairs = await importPair(path, path);
  const study = catalogue.studyOfPair(pairs.pair);
  return { ...decided, study, parameters: inOrderOf(study, planned), pairs };
}

/** Parameters as their schema allows them, and in its order, as every run has them: the plan sorts them by name, and a study may list them as they come. */
function inOrderOf({ id, parameters: schema }: Study, { parameters }: PlannedJob): Parameters {
  const ordered = Object.fromEntries(Object.keys(schema.properties).flatMap((name) => (Object.hasOwn(parameters, name) ? [[name, parameters[name]!]] : [])));
  checkAgainst(schema, ordered, `the plan, study "${id}"`);
  return ordered;
}
