import type { Batch, Context, Pair } from "@mesoscope/contracts";
import { runSerially, weightOf, type Cell, type RunCells } from "@mesoscope/finite-size";
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
 * Cells run in a pool of worker threads. The order of the batches is that of the cells, whoever finishes first, and every batch
 * depends on its cell alone: the same bytes for any number of workers. The first cell that fails stops all others.
 */
export function cellsInWorkers(setting: PoolSetting): CellRunner {
  const pool = makePool(setting);
  return { runCells: (cells, context) => inOrder(cells, context, pool), close: () => pool.close() };
}

async function inOrder(cells: readonly Cell[], context: Context, pool: WorkerPool): Promise<readonly Batch[]> {
  const total = cells.reduce((sum, cell) => sum + weightOf(cell), 0);
  let done = 0;
  context.progress?.(0, total);
  const batches = cells.map(async (cell) => {
    const answer = await pool.run({ kind: "cell", cell }, `pair "${cell.pair}" at ${sizeInWords(cell)}`);
    done += weightOf(cell);
    context.progress?.(done, total);
    return (answer as Extract<typeof answer, { readonly kind: "batch" }>).batch;
  });
  try {
    return await Promise.all(batches);
  } catch (error) {
    await pool.stop(error);
    throw error;
  }
}

function sizeInWords({ size }: Cell): string {
  return Object.entries(size).map(([name, value]) => `${name} = ${value}`).join(", ");
}
