/** @file Pilots: a few replicas of the smallest cells, timed, to say what the others will cost. */
import { canonicalJson, type Batch } from "@mesoscope/contracts";
import { fitCosts, weightOf, type Cell, type KindOfCell, type TimedCell } from "@mesoscope/finite-size";
import type { PairSource } from "../request/job.js";
import { Interrupted } from "../failure.js";
import { makePool, type PoolSetting, type WorkerPool } from "../workers/worker-pool.js";

/** What the cells of a pair cost. */
export interface PilotCost {
  /** Seconds of a cell on one core. */
  readonly secondsOf: (cell: Cell) => number;
  readonly bytesPerReplica: number;
  /** Some cell did not end in time, or failed: the seconds are a lower bound. */
  readonly isLowerBound: boolean;
  /** Why a cell failed, the first that did. Its study will tell; what others of the sweep ask for may run all the same. */
  readonly failure?: string;
}

/** The cells of one pair, and where a worker finds it. */
export interface PilotGroup {
  readonly source: PairSource;
  readonly cells: readonly Cell[];
}

/** A measurement is good from here on, in seconds. */
const enough = 0.02;
/** Sizes, and sets of parameters, beyond which a fit gains little. */
const manySizes = 4;
const manyVariants = 24;

/** How often a short cell is timed. */
const manyRepeats = 8;

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
    const setting = { ...base.setting, ...(group.source.kind === "module" ? { module: { path: group.source.path, sha256: group.source.sha256 } } : {}) };
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
  const kindOf = kinds();
  const timed: Timed[] = [];
  let bytesPerReplica = 0;
  let isLowerBound = false;
  let failure: string | undefined;
  let left = seconds;
  for (const [k, variants] of pilotCells(cells, kindOf).entries()) {
    for (const cell of variants) {
      const known = fitCosts(timed)({ ...kindOf(cell), size: cell.size, count: 2 });
      // The first cell in any case: without it nothing is known.
      if (timed.length > 0 && (known ?? 0) > left) continue;
      const start = performance.now();
      const { batch, ...pilot } = await timeCell(cell, pool, Math.max(0.2, left)).catch((error: unknown) => {
        if (error instanceof Interrupted) throw error;
        failure ??= error instanceof Error ? error.message : String(error);
        return { batch: undefined };
      });
      left -= (performance.now() - start) / 1000;
      if ("count" in pilot) timed.push({ ...pilot, ...kindOf(cell) });
      if (batch === undefined || !("count" in pilot)) isLowerBound = true;
      else bytesPerReplica = Math.max(bytesPerReplica, bytesOf(batch) / pilot.count);
      if (left <= 0) break;
    }
    if (left <= 0 || (k + 1 >= manySizes && (timed.at(-1)?.seconds ?? 0) >= enough)) break;
  }
  const secondsOf = fitCosts(timed);
  return { secondsOf: (cell) => secondsOf({ ...kindOf(cell), size: cell.size, count: cell.replicas.count }) ?? 0, bytesPerReplica, isLowerBound, ...(failure === undefined ? {} : { failure }) };
}

type Timed = TimedCell & KindOfCell;

/** Cells cost alike at equal parameters, and similarly at others. */
function kinds(): (cell: Cell) => KindOfCell {
  const known = new WeakMap<object, KindOfCell>();
  return ({ pair, parameters }) => {
    const kind = known.get(parameters) ?? { family: pair, kind: canonicalJson(parameters, "parameters") };
    known.set(parameters, kind);
    return kind;
  };
}

/** Sizes ascending; at each one cell of every set of parameters, or of some that lie evenly among many. */
function pilotCells(cells: readonly Cell[], kindOf: (cell: Cell) => KindOfCell): readonly (readonly Cell[])[] {
  const bySize = new Map<string, Map<string, Cell>>();
  for (const cell of cells) {
    const size = canonicalJson(cell.size);
    const variants = bySize.get(size) ?? new Map<string, Cell>();
    bySize.set(size, variants);
    if (!variants.has(kindOf(cell).kind)) variants.set(kindOf(cell).kind, cell);
  }
  const perReplica = (cell: Cell): number => weightOf(cell) / cell.replicas.count;
  return [...bySize.values()]
    .map((variants) => [...variants.values()])
    .sort((a, b) => perReplica(a[0]!) - perReplica(b[0]!))
    .map((all) => all.filter((_, i) => all.length <= manyVariants || Math.floor((i * manyVariants) / all.length) > Math.floor(((i - 1) * manyVariants) / all.length)));
}

interface Pilot extends TimedCell {
  /** Undefined if it did not end in time. */
  readonly batch: Batch | undefined;
  readonly spent: number;
}

/** More and more replicas of a cell until their time can be measured; where there are no more, the cell again, and its fastest time. */
async function timeCell(cell: Cell, pool: WorkerPool, left: number): Promise<Pilot> {
  let count = Math.min(2, cell.replicas.count);
  let spent = 0;
  let fastest = Number.POSITIVE_INFINITY;
  for (let repeats = 0; ; ) {
    const { seconds, batch } = await within(left - spent, pool, { ...cell, replicas: { ...cell.replicas, count } });
    spent += seconds;
    fastest = Math.min(fastest, seconds);
    const pilot = { size: cell.size, count, seconds: fastest, batch, spent };
    const isLong = seconds > enough && (repeats > 0 || seconds > 10 * enough);
    if (batch === undefined || isLong || spent > 4 * enough || left - spent <= seconds) return pilot;
    const next = seconds > enough ? count : Math.min(cell.replicas.count, Math.ceil(count * Math.min(32, (1.5 * enough) / Math.max(seconds, 1e-6))));
    if (next > count) [count, fastest] = [next, Number.POSITIVE_INFINITY];
    // The first times also pay for compiling.
    else if (++repeats > manyRepeats) return pilot;
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
