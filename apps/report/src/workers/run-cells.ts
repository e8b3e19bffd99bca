import type { Batch, Context, Pair } from "@mesoscope/contracts";
import { runSerially, weightOf, type Cell, type RunCells, type Settled } from "@mesoscope/finite-size";
import { makePool, type PoolSetting, type WorkerPool } from "./worker-pool.js";

/** A way to run cells, and to be rid of it. */
export interface CellRunner {
  readonly runCells: RunCells;
  close(): Promise<void>;
}

/**
 * Cells run in this thread, which takes a breath before each, so that a signal is heard.
 */
export function cellsHere(pairs: Readonly<Record<string, Pair>>): CellRunner {
  let seconds = 0;
  const breathing = Object.fromEntries(Object.entries(pairs).map(([id, pair]) => [id, withBreath(pair, (taken) => (seconds = taken))]));
  const run = runSerially(breathing);
  return {
    runCells: (cells, context, settled) => run(cells, context, settled === undefined ? undefined : (index, batch) => settled(index, batch, seconds)),
    close: () => Promise.resolve(),
  };
}

function withBreath(pair: Pair, took: (seconds: number) => void): Pair {
  return {
    ...pair,
    at(parameters) {
      const instance = pair.at(parameters);
      return {
        ...instance,
        async sample(size, replicas, context) {
          await new Promise((resolve) => setImmediate(resolve));
          const start = performance.now();
          const batch = await instance.sample(size, replicas, context);
          took((performance.now() - start) / 1000);
          return batch;
        },
      };
    },
  };
}

/**
 * Cells run in a pool of worker threads. The order of the batches is that of the cells, whoever finishes first, and every batch
 * depends on its cell alone: the same bytes for any number of workers. The first cell that fails stops all others; what had been done
 * before is settled when it rejects.
 */
export function cellsInWorkers(setting: PoolSetting): CellRunner {
  const pool = makePool(setting);
  return { runCells: (cells, context, settled) => inOrder(cells, context, pool, settled), close: () => pool.close() };
}

async function inOrder(cells: readonly Cell[], context: Context, pool: WorkerPool, settled: Settled | undefined): Promise<readonly Batch[]> {
  const total = cells.reduce((sum, cell) => sum + weightOf(cell), 0);
  let done = 0;
  context.progress?.(0, total);
  const batches = cells.map(async (cell, index) => {
    const answer = await pool.run({ kind: "cell", cell }, cellInWords(cell));
    const { batch, seconds } = answer as Extract<typeof answer, { readonly kind: "batch" }>;
    await settled?.(index, batch, seconds);
    done += weightOf(cell);
    context.progress?.(done, total);
    return batch;
  });
  try {
    return await Promise.all(batches);
  } catch (error) {
    await pool.stop(error);
    await Promise.allSettled(batches);
    throw error;
  }
}

function cellInWords({ pair, size, replicas: { from, count } }: Cell): string {
  const sizes = Object.entries(size).map(([name, value]) => `${name} = ${value}`);
  return `pair "${pair}" at ${[...sizes, `replicas ${from} to ${from + count - 1}`].join(", ")}`;
}
