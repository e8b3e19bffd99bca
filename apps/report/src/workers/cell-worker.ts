/**
 * @file What runs in a worker: it makes its own pairs once, then samples one cell after the other.
 * A cell is data, so the answer does not depend on which worker it came to.
 */
import { checkPair, type Batch, type Pair } from "@mesoscope/contracts";
import { runSerially, type Cell, type RunCells } from "@mesoscope/finite-size";
import { pathToFileURL } from "node:url";
import { workerData } from "node:worker_threads";
import { loadCatalogue } from "../catalogue.js";
import { explainsItself } from "../failure.js";

/** What a pool tells its workers when it starts them. */
export interface WorkerSetting {
  readonly catalogue: string;
  readonly backend: string;
  /** Path of a stranger's module, or the bundled pairs. */
  readonly module?: string;
}

/** An answer; errors travel as data, since a clone of an error forgets its class. */
export type CellAnswer =
  | { readonly kind: "batch"; readonly batch: Batch }
  | { readonly kind: "failed"; readonly message: string; readonly explained: boolean };

let runner: Promise<RunCells> | undefined;

export default async function runCell(cell: Cell): Promise<CellAnswer> {
  try {
    // piscina wraps what a pool gives in an array.
    const setting = (Array.isArray(workerData) ? (workerData as readonly unknown[])[1] : workerData) as WorkerSetting;
    runner ??= makePairs(setting).then(runSerially);
    const [batch] = await (await runner)([cell], {});
    return { kind: "batch", batch: batch! };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "failed", message, explained: explainsItself(error) };
  }
}

async function makePairs(setting: WorkerSetting): Promise<Readonly<Record<string, Pair>>> {
  if (setting.module !== undefined) {
    const module = (await import(pathToFileURL(setting.module).href)) as { readonly default?: unknown };
    const pair = checkPair(module.default, setting.module);
    return { [pair.id]: pair };
  }
  const catalogue = await loadCatalogue(setting.catalogue);
  return catalogue.bundledPairs({ backend: await catalogue.loadBackend(setting.backend) });
}
