/** @file Cells that are kept as soon as they are done, and never run twice. */
import type { Batch, Context } from "@mesoscope/contracts";
import { weightOf, type Cell, type RunCells } from "../design/cells.js";
import { decodeBatch, encodeBatch, type KeptBatchFault } from "./kept-batch.js";

/** Where kept cells lie: a folder, a database, a map in a test. Names are ids of cells. */
export interface CellStore {
  /** The bytes that were written under an id, or undefined if there are none. */
  read(id: string): Promise<Uint8Array | undefined>;
  /** Resolves once the bytes would survive a loss of power. Calls may overlap, of different ids. */
  write(id: string, bytes: Uint8Array, seconds?: number): Promise<void>;
  /** The bytes under an id were read and are sound. */
  found?(id: string, bytes: Uint8Array): Promise<void>;
  /** The bytes under an id are not its batch: the store puts them aside, and the cell runs again. */
  refuse?(id: string, fault: KeptBatchFault, message: string): Promise<void>;
}

/**
 * A `RunCells` that first looks into a store: what is kept there and sound is read, everything else runs and is kept as soon as it is
 * done. Batches come back in the order of the cells, with the same bytes whether they were read or run; a cell that is asked for twice
 * runs once. A failure of the store is a failure of the run.
 * @param idOf the id of a cell, see `cellId`
 */
export function keepCells(runCells: RunCells, store: CellStore, idOf: (cell: Cell) => string): RunCells {
  return async (cells, context, settled) => {
    const ids = cells.map(idOf);
    const kept = await readKept(new Set(ids), store);
    const missing = new Map(ids.flatMap((id, i) => (kept.has(id) ? [] : [[id, cells[i]!] as const])));
    for (const [i, id] of ids.entries()) {
      const batch = kept.get(id);
      if (batch !== undefined) await settled?.(i, batch);
    }
    const names = [...missing.keys()];
    await runCells([...missing.values()], restOf(context, cells, [...missing.values()]), async (k, batch, seconds) => {
      const id = names[k]!;
      const bytes = encodeBatch(id, batch);
      await store.write(id, bytes, seconds);
      kept.set(id, asRead(id, bytes));
      for (const [i, other] of ids.entries()) if (other === id) await settled?.(i, kept.get(id)!, seconds);
    });
    return ids.map((id) => kept.get(id)!);
  };
}

async function readKept(ids: ReadonlySet<string>, store: CellStore): Promise<Map<string, Batch>> {
  const kept = new Map<string, Batch>();
  for (const id of ids) {
    const bytes = await store.read(id);
    if (bytes === undefined) continue;
    const read = decodeBatch(id, bytes);
    if (read.kind === "kept") {
      kept.set(id, read.batch);
      await store.found?.(id, bytes);
    } else await store.refuse?.(id, read.fault, read.message);
  }
  return kept;
}

/** What was just written, as a later run will read it: rows of diverged replicas are zeros in both. */
function asRead(id: string, bytes: Uint8Array): Batch {
  const read = decodeBatch(id, bytes);
  if (read.kind === "kept") return read.batch;
  throw new TypeError(`a batch that was just encoded cannot be decoded: ${read.message}`);
}

/** Progress of the whole while only the rest runs: what was kept counts as done. */
function restOf(context: Context, cells: readonly Cell[], missing: readonly Cell[]): Context {
  const total = (of: readonly Cell[]): number => of.reduce((sum, cell) => sum + weightOf(cell), 0);
  const [all, rest] = [total(cells), total(missing)];
  return {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    progress: (done, of) => context.progress?.(all - rest + (of > 0 ? (rest * done) / of : rest), all),
  };
}
