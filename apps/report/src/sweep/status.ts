/** @file How far a sweep is: what its folder says, without running anything. */
import { decodeBatch, distinctCells, fitCosts, type Journal, type KindOfCell, type Manifest, type PlannedCell } from "@mesoscope/finite-size";
import { readFile, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Interrupted } from "../failure.js";
import { short } from "./cell-folder.js";
import { holderOf } from "./lock.js";
import { cellPath, presentCells, presentJournal, sweepPaths, type SweepPaths } from "./sweep-folder.js";

export interface SweepStatus {
  /** Hash of the plan. */
  readonly plan: string;
  /** Distinct cells of the plan, and how many of them are kept and sound. */
  readonly cells: number;
  readonly done: number;
  readonly jobs: readonly { readonly id: string; readonly cells: number; readonly done: number; readonly record: boolean }[];
  readonly running: { readonly pid: number; readonly host: string; readonly since: string; readonly workers: number } | null;
  readonly faults: readonly string[];
  /** What the missing cells will take; null while the journal says nothing of some pair. */
  readonly rest: Rest | null;
}

export interface Rest {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/**
 * Reads and verifies every kept cell of a plan.
 * @param root the folder of the report
 * @throws Interrupted if the signal is aborted meanwhile; DiskRefused
 */
export async function statusOf(manifest: Manifest, root: string, signal: AbortSignal): Promise<SweepStatus> {
  const paths = sweepPaths(root);
  const planned = distinctCells(manifest);
  const journal = await presentJournal(paths);
  const { sound, faults } = await verified([...(await presentCells(paths))], planned, paths, signal);
  const owner = await holderOf(paths.lock);
  const jobs = await Promise.all(manifest.jobs.map(async ({ id, cells }) => ({
    id,
    cells: cells.length,
    done: cells.filter((cell) => sound.has(cell.id)).length,
    record: (await stat(join(root, "records", `${id}.record.json`)).catch(() => undefined)) !== undefined,
  })));
  return {
    plan: manifest.hash,
    cells: planned.size,
    done: sound.size,
    jobs,
    running: owner === undefined ? null : { pid: owner.pid, host: owner.host, since: owner.since, workers: owner.workers },
    faults: [...journal.faults.map(({ message }) => `journal: ${message}`), ...faults],
    rest: restOf(planned, sound, journal, workersFor(owner)) ?? null,
  };
}

/** Those of who runs it; else one a core. */
export function workersFor(running: { readonly workers: number } | null | undefined): number {
  return running === null || running === undefined || running.workers === 0 ? availableParallelism() : running.workers;
}

async function verified(present: readonly string[], planned: ReadonlyMap<string, PlannedCell>, paths: SweepPaths, signal: AbortSignal): Promise<{ sound: ReadonlySet<string>; faults: readonly string[] }> {
  const sound = new Set<string>();
  const faults: string[] = [];
  for (const id of present) {
    if (signal.aborted) throw new Interrupted("stopped while cells were verified");
    if (!planned.has(id)) continue;
    const bytes = await readFile(cellPath(paths, id)).catch((error: unknown) => String((error as NodeJS.ErrnoException).code));
    const read = typeof bytes === "string" ? { kind: "refused" as const, message: `it cannot be read (${bytes})` } : decodeBatch(id, bytes);
    if (read.kind === "kept") sound.add(id);
    else faults.push(`cell ${short(id)}: ${read.message}; it will run again`);
  }
  const others = present.filter((id) => !planned.has(id)).length;
  if (others > 0) faults.push(`${others} kept ${others === 1 ? "cell is" : "cells are"} not asked for by this plan`);
  return { sound, faults };
}

/** What the missing cells will take, from what the journal says of those that are done; undefined while it says nothing of some pair. */
function restOf(planned: ReadonlyMap<string, PlannedCell>, sound: ReadonlySet<string>, { entries }: Journal, workers: number): Rest | undefined {
  const kindOf = (cell: PlannedCell): KindOfCell => ({ family: cell.pair, kind: cell.parameters });
  const timed = [...entries.values()].flatMap(({ cell, seconds }) => {
    const known = planned.get(cell);
    return known === undefined || seconds === undefined ? [] : [{ ...kindOf(known), size: known.size, count: known.count, seconds }];
  });
  const secondsOf = fitCosts(timed);
  let cpuSeconds = 0;
  for (const [id, cell] of planned) {
    if (sound.has(id)) continue;
    const seconds = secondsOf({ ...cell, ...kindOf(cell) });
    if (seconds === undefined) return undefined;
    cpuSeconds += seconds;
  }
  return { cpuSeconds, wallSeconds: cpuSeconds / Math.min(workers, availableParallelism()) };
}
