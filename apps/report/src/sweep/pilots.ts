/** @file Pilots: a few replicas of the smallest cells, timed, to say what the others will cost. */
import { canonicalJson, type Batch } from "@mesoscope/contracts";
import { costOf, fitCost, weightOf, type Cell, type Cost, type TimedCell } from "@mesoscope/finite-size";
import type { PairSource } from "../request/job.js";
import { makePool, type PoolSetting, type WorkerPool } from "../workers/worker-pool.js";

/** What a replica of a pair costs. */
export interface PilotCost {
  readonly cost: Cost;
  readonly bytesPerReplica: number;
  /** The smallest cell did not end in time: the cost is a lower bound. */
  readonly isLowerBound: boolean;
}

/** The cells of one pair, and where a worker finds it. */
export interface PilotGroup {
  readonly source: PairSource;
  readonly cells: readonly Cell[];
}

/** A measurement is good from here on, in seconds. */
const enough = 0.05;
/** Sizes beyond which a fit gains little. */
const manySizes = 4;

/** Ran out of time; nothing is wrong. */
class PilotTooLong extends Error {
  override readonly name = "PilotTooLong";
}

/** Groups cells by their pair, in the order in which the pairs come. */
export function pilotGroups(cells: Iterable<{ readonly cell: Cell; readonly source: PairSource }>): ReadonlyMap<string, PilotGroup> {
  const groups = new Map<string, { source: PairSource; cells: Cell[] }>();
  for (const { cell, source } of cells) {
    const key = pilotKey(cell, source);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { source, cells: [cell] });
    else group.cells.push(cell);
  }
  return groups;
}

export function pilotKey({ pair }: Cell, source: PairSource): string {
  return source.kind === "module" ? `${pair} ${source.path}` : pair;
}

/**
 * Times pilots of every pair, one after the other, in one worker.
 * @param seconds for all of them together, without starting the worker
 */
export async function timePilots(groups: ReadonlyMap<string, PilotGroup>, base: PoolSetting, seconds: number): Promise<ReadonlyMap<string, PilotCost>> {
  const costs = new Map<string, PilotCost>();
  let left = seconds;
  for (const [i, [key, group]] of [...groups].entries()) {
    const setting = { ...base.setting, ...(group.source.kind === "module" ? { module: group.source.path } : {}) };
    const pool = makePool({ ...base, setting, workers: 1 });
    try {
      await pool.run({ kind: "ready" }, "a worker for pilots");
      const start = performance.now();
      costs.set(key, await timeGroup(group.cells, pool, left / (groups.size - i)));
      left = Math.max(0, left - (performance.now() - start) / 1000);
    } finally {
      await pool.close();
    }
  }
  return costs;
}

async function timeGroup(cells: readonly Cell[], pool: WorkerPool, seconds: number): Promise<PilotCost> {
  const timed: TimedCell[] = [];
  let bytesPerReplica = 0;
  let left = seconds;
  const sizes = pilotCells(cells);
  for (const [k, variants] of sizes.entries()) {
    for (const cell of variants) {
      const known = fitCost(timed);
      if (known !== undefined && costOf(known, { size: cell.size, count: 2 }) > left) return { cost: known, bytesPerReplica, isLowerBound: false };
      const pilot = await timeCell(cell, pool, Math.max(0.2, left), k === 0);
      timed.push(pilot);
      left -= pilot.spent;
      if (pilot.batch === undefined) return { cost: fitCost(known === undefined ? [pilot] : timed)!, bytesPerReplica, isLowerBound: true };
      bytesPerReplica = Math.max(bytesPerReplica, bytesOf(pilot.batch) / pilot.count);
    }
    if (left <= 0 || (k + 1 >= manySizes && timed.at(-1)!.seconds >= enough)) break;
  }
  return { cost: fitCost(timed)!, bytesPerReplica, isLowerBound: false };
}

/** Sizes ascending; at each one cell of the first, the middle and the last parameters. */
function pilotCells(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const bySize = new Map<string, Map<string, Cell>>();
  for (const cell of cells) {
    const size = canonicalJson(cell.size);
    const variants = bySize.get(size) ?? new Map<string, Cell>();
    bySize.set(size, variants);
    const parameters = canonicalJson(cell.parameters);
    if (!variants.has(parameters)) variants.set(parameters, cell);
  }
  const perReplica = (cell: Cell): number => weightOf(cell) / cell.replicas.count;
  return [...bySize.values()]
    .map((variants) => [...variants.values()])
    .sort((a, b) => perReplica(a[0]!) - perReplica(b[0]!))
    .map((all) => [...new Set([all[0]!, all[all.length >> 1]!, all.at(-1)!])]);
}

interface Pilot extends TimedCell {
  /** Undefined if it did not end in time. */
  readonly batch: Batch | undefined;
  readonly spent: number;
}

/** More and more replicas of a cell until their time can be measured, or there are no more. */
async function timeCell(cell: Cell, pool: WorkerPool, left: number, isFirst: boolean): Promise<Pilot> {
  let count = Math.min(2, cell.replicas.count);
  let spent = 0;
  // What comes first in a worker also pays for being compiled.
  for (let isCold = isFirst; ; isCold = false) {
    const run = await within(left - spent, pool, { ...cell, replicas: { ...cell.replicas, count } });
    spent += run.seconds;
    const pilot = { size: cell.size, count, seconds: run.seconds, batch: run.batch, spent };
    if (run.batch === undefined || run.seconds > enough) return pilot;
    if (isCold) continue;
    const next = Math.min(cell.replicas.count, Math.ceil(count * Math.min(32, (1.5 * enough) / Math.max(run.seconds, 1e-6))));
    if (next <= count || left - spent <= run.seconds * (next / count)) return pilot;
    count = next;
  }
}

async function within(seconds: number, pool: WorkerPool, cell: Cell): Promise<{ readonly seconds: number; readonly batch: Batch | undefined }> {
  const reason = new PilotTooLong("a pilot ran too long");
  const start = performance.now();
  const timer = setTimeout(() => void pool.stop(reason), 1000 * seconds);
  try {
    const answer = await pool.run({ kind: "cell", cell }, `pair "${cell.pair}" in a pilot at ${JSON.stringify(cell.size)}`);
    return answer as Extract<typeof answer, { readonly kind: "batch" }>;
  } catch (error) {
    if (error !== reason) throw error;
    return { seconds: (performance.now() - start) / 1000, batch: undefined };
  } finally {
    clearTimeout(timer);
  }
}

function bytesOf({ values, censored }: Batch): number {
  const sum = (arrays: Readonly<Record<string, Float64Array | Uint8Array>>, width: number): number => Object.values(arrays).reduce((total, { length }) => total + width * length, 0);
  return sum(values, 8) + sum(censored ?? {}, 1);
}
