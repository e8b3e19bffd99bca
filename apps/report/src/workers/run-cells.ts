import type { Batch, Context, Pair } from "@mesoscope/contracts";
import { runSerially, weightOf, type Cell, type RunCells } from "@mesoscope/finite-size";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { Interrupted } from "../failure.js";
import type { CellAnswer, WorkerSetting } from "./cell-worker.js";

/** A way to run cells, and to be rid of it. */
export interface CellRunner {
  readonly runCells: RunCells;
  close(): Promise<void>;
}

/** A cell failed in a worker with an error that explains itself. */
class CellRefused extends Error {
  override readonly name = "CellRefused";
  readonly rule: string = "";
  readonly remedy: string = "";
}

/** A cell failed in a worker with an error that nobody foresaw. */
class CellFailed extends Error {
  override readonly name = "CellFailed";
}

/**
 * Cells run in this thread, which takes a breath before each, so that a signal is heard.
 */
export function cellsHere(pairs: Readonly<Record<string, Pair>>): CellRunner {
  const breathing = Object.fromEntries(Object.entries(pairs).map(([id, pair]) => [id, withBreath(pair)]));
  return { runCells: runSerially(breathing), close: () => Promise.resolve() };
}

function withBreath(pair: Pair): Pair {
  return {
    ...pair,
    at(parameters) {
      const instance = pair.at(parameters);
      return {
        ...instance,
        async sample(size, replicas, context) {
          await new Promise((resolve) => setImmediate(resolve));
          return instance.sample(size, replicas, context);
        },
      };
    },
  };
}

/**
 * Cells run in a pool of worker threads, started with the first cell. The order of the batches is that of the cells, whoever
 * finishes first, and every batch depends on its cell alone: the same bytes for any number of workers.
 */
export function cellsInWorkers(setting: WorkerSetting, workers: number, signal: AbortSignal): CellRunner {
  let pool: Piscina<Cell, CellAnswer> | undefined;
  const stop = (): void => {
    void pool?.destroy();
  };
  signal.addEventListener("abort", stop, { once: true });
  const runOne = async (cell: Cell): Promise<Batch> => {
    pool ??= startPool(setting, workers);
    const answer = await pool.run(cell);
    if (answer.kind === "batch") return answer.batch;
    throw answer.explained ? new CellRefused(answer.message) : new CellFailed(answer.message);
  };
  return {
    runCells: (cells, context) => inOrder(cells, context, runOne, signal),
    async close() {
      signal.removeEventListener("abort", stop);
      await pool?.destroy();
    },
  };
}

function startPool(setting: WorkerSetting, workers: number): Piscina<Cell, CellAnswer> {
  return new Piscina<Cell, CellAnswer>({
    filename: fileURLToPath(new URL("./cell-worker.js", import.meta.url)),
    workerData: setting,
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
  });
}

async function inOrder(cells: readonly Cell[], context: Context, runOne: (cell: Cell) => Promise<Batch>, signal: AbortSignal): Promise<readonly Batch[]> {
  const total = cells.reduce((sum, cell) => sum + weightOf(cell), 0);
  let done = 0;
  context.progress?.(0, total);
  const settled = await Promise.allSettled(
    cells.map(async (cell) => {
      const batch = await runOne(cell);
      done += weightOf(cell);
      context.progress?.(done, total);
      return batch;
    }),
  );
  if (signal.aborted) throw new Interrupted("stopped while cells were run");
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}
