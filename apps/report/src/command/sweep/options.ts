/** @file What the commands of a sweep are told, and what they all need. */
import type { Level } from "@mesoscope/studies";
import { loadCatalogue, type Catalogue } from "../../catalogue.js";
import { openBackend, readComputing, type ComputingOptions } from "../../request/backend.js";
import { installedVersions } from "../../run/versions.js";
import { localDisk, type Disk } from "../../sweep/disk.js";
import type { SweepBase } from "../../sweep/plan-sweep.js";
import type { PoolSetting } from "../../workers/worker-pool.js";
import { poolFor } from "../../workers/pool-for.js";
import type { World } from "../../world.js";
import { forTerminal } from "../../words.js";

export interface OutOptions {
  readonly out: string;
  readonly json?: boolean;
}

/** `sweep resume` has no --backend: the plan says what computes. */
export interface ResumeOptions extends OutOptions, ComputingOptions {
  readonly debug?: boolean;
}

export interface SweepOptions extends ResumeOptions {
  readonly level?: Level;
  readonly seed?: string;
  readonly set: readonly string[];
  readonly grid: readonly string[];
  readonly dryRun?: boolean;
  readonly budget: string;
}

/** Sweeps that take longer are refused unless --budget allows it: a night. */
export const defaultBudget = "12h";

/** Where a sweep is planned and run. */
export interface SweepContext {
  readonly world: World;
  readonly catalogue: Catalogue;
  readonly base: SweepBase;
  readonly pool: PoolSetting;
  readonly disk: Disk;
  /** A sentence on stderr. */
  readonly tell: (words: string) => void;
}

/** Does something in a context, and closes its backend whatever happens. */
export async function inContext(options: ResumeOptions, world: World, work: (context: SweepContext) => Promise<number>): Promise<number> {
  const catalogue = await loadCatalogue(world.catalogue);
  const computing = readComputing(options, catalogue);
  const backend = await openBackend(computing, catalogue);
  try {
    return await work({
      world,
      catalogue,
      base: { backend, versions: installedVersions() },
      pool: poolFor(computing, world),
      disk: world.disk ?? localDisk,
      tell(words) {
        world.stderr.write(`${forTerminal(words)}\n`);
      },
    });
  } finally {
    backend.close();
  }
}
