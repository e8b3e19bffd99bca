/** @file A new plan beside the one that is there: may the sweep go on, and what does it find? */
import { canonicalJson } from "@mesoscope/contracts";
import { distinctCells, type Manifest, type PlannedJob } from "./manifest.js";

/** One thing in which two plans differ so that no cell of one serves the other. */
export interface PlanDifference {
  /** "seed of growth-rates", "version of @mesoscope/numerics", ... */
  readonly what: string;
  readonly before: string;
  readonly now: string;
}

export type PlanComparison =
  | { readonly kind: "identical"; readonly cells: number }
  | { readonly kind: "compatible"; readonly reused: number; readonly added: number; readonly dropped: number }
  | { readonly kind: "incompatible"; readonly differences: readonly PlanDifference[] };

/**
 * Compares a new plan with the one that is there.
 * - identical: the same jobs and cells; the sweep goes on.
 * - compatible: other parameters, levels, sizes or more studies; cells that both ask for are taken as they are.
 * - incompatible: other versions, another backend, another seed, a changed module, or no study in common. The numbers of the two do not
 *   belong into one folder.
 */
export function comparePlans(before: Manifest, now: Manifest): PlanComparison {
  if (before.hash === now.hash) return { kind: "identical", cells: distinctCells(now).size };
  const differences = [...differencesOfVersions(before, now), ...differencesOfJobs(before, now)];
  if (differences.length > 0) return { kind: "incompatible", differences };
  const [old, asked] = [distinctCells(before), distinctCells(now)];
  const reused = [...asked.keys()].filter((id) => old.has(id)).length;
  return { kind: "compatible", reused, added: asked.size - reused, dropped: old.size - reused };
}

function differencesOfVersions(before: Manifest, now: Manifest): readonly PlanDifference[] {
  const names = [...new Set([...Object.keys(before.versions), ...Object.keys(now.versions)])].sort();
  return [
    ...names.map((name) => ({ what: `version of ${name}`, before: before.versions[name] ?? "none", now: now.versions[name] ?? "none" })),
    { what: "backend", before: before.backend, now: now.backend },
  ].filter(differ);
}

function differencesOfJobs(before: Manifest, now: Manifest): readonly PlanDifference[] {
  const studies = ({ jobs }: Manifest): readonly string[] => [...new Set(jobs.map(({ study }) => study))].sort();
  const shared = studies(now).filter((study) => studies(before).includes(study));
  if (shared.length === 0) return [{ what: "studies", before: studies(before).join(", ") || "none", now: studies(now).join(", ") || "none" }];
  return shared.flatMap((study) => {
    const own = ({ jobs }: Manifest): readonly PlannedJob[] => jobs.filter((job) => job.study === study);
    const [a, b] = [own(before), own(now)];
    return [
      { what: `seed of ${study}`, before: each(a, ({ seed }) => JSON.stringify(seed)), now: each(b, ({ seed }) => JSON.stringify(seed)) },
      { what: `module of ${study}`, before: each(a, moduleOf), now: each(b, moduleOf) },
    ].filter(differ);
  });
}

/** The distinct answers of the jobs of one study, sorted. */
function each(jobs: readonly PlannedJob[], answer: (job: PlannedJob) => string): string {
  return [...new Set(jobs.map(answer))].sort().join(", ");
}

function moduleOf({ module }: PlannedJob): string {
  return module === undefined ? "none" : canonicalJson(module.sha256.slice(0, 12));
}

function differ({ before, now }: PlanDifference): boolean {
  return before !== now;
}
