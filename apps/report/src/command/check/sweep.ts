import type { Manifest } from "@mesoscope/finite-size";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Catalogue } from "../../catalogue.js";
import { InputError, partsOf } from "../../failure.js";
import { openBackend } from "../../request/backend.js";
import { installedVersions } from "../../run/versions.js";
import { holderOf } from "../../sweep/lock.js";
import { statusOf } from "../../sweep/status.js";
import { presentManifest, sweepPaths } from "../../sweep/sweep-folder.js";
import type { LocatedFault } from "../../request/study-file-faults.js";
import type { World } from "../../world.js";
import type { Checked } from "./check.js";

/** A sweep is valid if its plan can be read: damaged cells run again. What keeps `sweep resume` from going on here is told as its faults. */
export async function checkSweep(path: string, shown: string, catalogue: Catalogue, world: World): Promise<Checked> {
  const present = await presentManifest(sweepPaths(path));
  if (present.kind === "none") {
    throw new InputError({ what: shown, rule: "there is no sweep in this folder", remedy: "Give the folder that was --out of `mesoscope sweep`; records are checked one by one." });
  }
  if (present.kind === "damaged") {
    const remedy = "Plan it again with the arguments that it had: cells that were kept are found again.";
    throw new InputError({ what: shown, rule: `the plan cannot be read: ${present.message.replace(/\.$/, "")}`, remedy });
  }
  const { manifest } = present;
  const { cells, done, faults } = await statusOf(manifest, path, world.signal);
  const obstacles = await obstaclesTo(manifest, path, catalogue);
  const damage = faults.map((fault) => ({ what: shown, rule: fault, remedy: "`mesoscope sweep resume` mends it." }));
  return {
    kind: "sweep",
    valid: true,
    version: manifest.manifestVersion,
    is: `sweep of version ${manifest.manifestVersion}, ${manifest.jobs.length} ${manifest.jobs.length === 1 ? "record" : "records"}, ${done} of ${cells} cells done`,
    resumable: obstacles.length === 0,
    faults: [...obstacles, ...damage],
  };
}

/** What is another here than where the sweep was planned, as `resume` compares it. */
async function obstaclesTo(manifest: Manifest, path: string, catalogue: Catalogue): Promise<readonly LocatedFault[]> {
  const here = installedVersions();
  const names = [...new Set([...Object.keys(here), ...Object.keys(manifest.versions)])].filter((name) => here[name] !== manifest.versions[name]);
  const owner = await holderOf(sweepPaths(path).lock);
  return [
    ...names.map((name) => ({ what: `version of ${name}`, rule: `it was ${manifest.versions[name] ?? "none"}, is ${here[name] ?? "none"}`, remedy: "Use the Mesoscope that planned it, or plan into another folder." })),
    ...(await backendObstacle(manifest.backend, catalogue)),
    ...(owner === undefined ? [] : [{ what: "the sweep", rule: `process ${owner.pid} on ${owner.host} runs it since ${owner.since}`, remedy: "Let it end, or stop it." }]),
    ...(await Promise.all(manifest.jobs.map((job) => obstacleOf(job, manifest, catalogue)))).flat(),
  ];
}

async function obstacleOf({ id, study, module }: Manifest["jobs"][number], { places }: Manifest, catalogue: Catalogue): Promise<readonly LocatedFault[]> {
  if (module === undefined) {
    return catalogue.studies.some((candidate) => candidate.id === study) ? [] : [{ what: `study "${study}"`, rule: "this Mesoscope has none of this name", remedy: "Use the Mesoscope that planned it." }];
  }
  const place = places?.[id];
  const bytes = place === undefined ? undefined : await readFile(place).catch(() => undefined);
  if (bytes === undefined) return [{ what: `module ${module.name}`, rule: "it is not where it was", remedy: "Put it back, or give it to `mesoscope sweep run`." }];
  return createHash("sha256").update(bytes).digest("hex") === module.sha256 ? [] : [{ what: `module ${module.name}`, rule: "it was changed since the sweep was planned", remedy: "Bring the one back that was planned with, or plan into another folder." }];
}

async function backendObstacle(name: string, catalogue: Catalogue): Promise<readonly LocatedFault[]> {
  try {
    (await openBackend({ backend: name, threads: 1 }, catalogue)).close();
    return [];
  } catch (error) {
    return [partsOf(error)];
  }
}
