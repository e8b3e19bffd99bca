/**
 * @file What runs in a worker: it makes its own pairs once, then samples one cell after the other, or checks the laws of a pair.
 * A cell is data, so the answer does not depend on which worker it came to.
 */
import type { Batch, Pair, Parameters } from "@mesoscope/contracts";
import { runSerially, type Cell, type RunCells } from "@mesoscope/finite-size";
import { workerData } from "node:worker_threads";
import { loadCatalogue } from "../catalogue.js";
import { explainsItself } from "../failure.js";
import { checkLaws, importAgain, type ModulePair } from "../request/pair-module.js";

/** What a pool tells its workers when it starts them. */
export interface WorkerSetting {
  readonly catalogue: string;
  readonly backend: string;
  /** Threads of each worker's backend; one if left out. */
  readonly threads?: number;
  /** A stranger's module, or the bundled pairs. */
  readonly module?: Pick<ModulePair, "path" | "sha256">;
}

/** "ready" asks for nothing but that the worker and its pairs are there. */
export type WorkerTask = { readonly kind: "ready" } | { readonly kind: "cell"; readonly cell: Cell } | { readonly kind: "laws"; readonly parameters: Parameters };

/** An answer; errors travel as data, since a clone of an error forgets its class. */
export type WorkerAnswer =
  | { readonly kind: "batch"; readonly batch: Batch; readonly seconds: number }
  | { readonly kind: "kept" }
  | { readonly kind: "failed"; readonly message: string; readonly explained: boolean };

interface Pairs {
  readonly byId: Readonly<Record<string, Pair>>;
  readonly runCells: RunCells;
}

// stdout is for results, and a worker has none but its answers.
process.stdout.write = process.stderr.write.bind(process.stderr);

let pairs: Promise<Pairs> | undefined;

export default async function answer(task: WorkerTask): Promise<WorkerAnswer> {
  try {
    // piscina wraps what a pool gives in an array.
    const setting = (Array.isArray(workerData) ? (workerData as readonly unknown[])[1] : workerData) as WorkerSetting;
    pairs ??= makePairs(setting).then((byId) => ({ byId, runCells: runSerially(byId) }));
    const { byId, runCells } = await pairs;
    if (task.kind === "ready") return { kind: "kept" };
    if (task.kind === "laws") {
      for (const pair of Object.values(byId)) await checkLaws(pair, task.parameters);
      return { kind: "kept" };
    }
    const start = performance.now();
    const [batch] = await runCells([task.cell], {});
    return { kind: "batch", batch: batch!, seconds: (performance.now() - start) / 1000 };
  } catch (error) {
    const explained = explainsItself(error);
    const message = explained ? error.message : error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: "failed", message, explained };
  }
}

async function makePairs(setting: WorkerSetting): Promise<Readonly<Record<string, Pair>>> {
  if (setting.module !== undefined) {
    const pair = await importAgain(setting.module);
    return { [pair.id]: pair };
  }
  const catalogue = await loadCatalogue(setting.catalogue);
  return catalogue.bundledPairs({ backend: await catalogue.loadBackend(setting.backend, { threads: setting.threads ?? 1 }) });
}
