/** @file The plainest way to run cells: one after the other, in this thread. */
import { ContractError, canonicalJson, checkInstance, type Batch, type Context, type Pair, type PairInstance } from "@mesoscope/contracts";
import { weightOf, type Cell, type RunCells } from "./cells.js";
import { partOfContext } from "./part-of-context.js";
import { settleBatch } from "./settle-batch.js";

/** A run was stopped from outside, by `context.signal`. What had been done is said, nothing is returned. */
export class AbortedError extends Error {
  override readonly name = "AbortedError";
  readonly done: number;
  readonly of: number;

  constructor(done: number, of: number) {
    super(`stopped after ${done} of ${of} cells: the signal was aborted. Run it again to have it whole.`);
    this.done = done;
    this.of = of;
  }
}

/**
 * A `RunCells` that runs one cell after the other.
 * Progress counts replicas times size, so that it moves evenly. Batches are settled: see `settleBatch`.
 * @param pairs by id; cells name their pair
 * @throws (when run) AbortedError between two cells once `context.signal` is aborted; ContractError for an unknown pair or a misshapen batch
 */
export function runSerially(pairs: Readonly<Record<string, Pair>>): RunCells {
  return async (cells, context, settled) => {
    const instances = new Map<string, PairInstance>();
    const total = cells.reduce((sum, cell) => sum + weightOf(cell), 0);
    const batches: Batch[] = [];
    let done = 0;
    context.progress?.(0, total);
    for (const cell of cells) {
      if (isAborted(context)) throw new AbortedError(batches.length, cells.length);
      const instance = instanceOf(cell, pairs, instances);
      const weight = weightOf(cell);
      const batch = await instance.sample(cell.size, cell.replicas, partOfContext(context, done, weight, total));
      // An aborted sample may have returned early with rows it never filled.
      if (isAborted(context)) throw new AbortedError(batches.length, cells.length);
      const sound = settleBatch(cell, batch, instance.observables);
      await settled?.(batches.length, sound);
      batches.push(sound);
      done += weight;
      context.progress?.(done, total);
    }
    return batches;
  };
}

/** A function, since the signal changes while a sample is awaited, which narrowing cannot know. */
function isAborted(context: Context): boolean {
  return context.signal?.aborted === true;
}

function instanceOf(cell: Cell, pairs: Readonly<Record<string, Pair>>, instances: Map<string, PairInstance>): PairInstance {
  const pair = Object.hasOwn(pairs, cell.pair) ? pairs[cell.pair] : undefined;
  if (pair === undefined) {
    throw new ContractError({
      where: "cell",
      found: `pair is ${JSON.stringify(cell.pair)}`,
      rule: `the pairs at hand are ${Object.keys(pairs).join(", ") || "none"}`,
      remedy: "Give the pair to runSerially.",
    });
  }
  const id = `${cell.pair} ${canonicalJson(cell.parameters, "parameters")}`;
  const known = instances.get(id) ?? checkInstance(pair.at(cell.parameters), `pair "${pair.id}"`);
  instances.set(id, known);
  return known;
}
