import { decodeBatch, distinctCells, fitCosts, type Journal, type KindOfCell, type Manifest, type PlannedCell } from "@mesoscope/finite-size";
import { readFile, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { exitStatus, Interrupted } from "../../failure.js";
import { resolveOutput } from "../../output/folder.js";
import { short } from "../../sweep/cell-folder.js";
import { holderOf } from "../../sweep/lock.js";
import { secondsInWords } from "../../sweep/quantities-in-words.js";
import { cellPath, presentCells, presentJournal, sweepPaths, type SweepPaths } from "../../sweep/sweep-folder.js";
import type { World } from "../../world.js";
import { forTerminal } from "../../words.js";
import { requireManifest } from "./resume.js";
import type { OutOptions } from "./options.js";

/** `mesoscope sweep status`: what is done, who runs it, what is wrong, and how long the rest will take. Every kept cell is read and verified. */
export async function status({ out, json }: OutOptions, world: World): Promise<number> {
  const root = await resolveOutput(out, world.folder);
  const paths = sweepPaths(root);
  const manifest = await requireManifest(out, world);
  const planned = distinctCells(manifest);
  const journal = await presentJournal(paths);
  const { sound, faults: damaged } = await verified([...(await presentCells(paths))], planned, paths, world.signal);
  const owner = await holderOf(paths.lock);
  const faults = [...journal.faults.map(({ message }) => `journal: ${message}`), ...damaged];
  const workers = owner === undefined || owner.workers === 0 ? availableParallelism() : owner.workers;
  const rest = restOf(planned, sound, journal, workers);
  const jobs = await Promise.all(manifest.jobs.map(async ({ id, cells }) => ({
    id,
    cells: cells.length,
    done: cells.filter((cell) => sound.has(cell.id)).length,
    record: (await stat(join(root, "records", `${id}.record.json`)).catch(() => undefined)) !== undefined,
  })));
  if (json === true) {
    const running = owner === undefined ? null : { pid: owner.pid, host: owner.host, since: owner.since, workers: owner.workers };
    world.stdout.write(`${JSON.stringify({ plan: manifest.hash, cells: planned.size, done: sound.size, jobs, running, faults, rest: rest ?? null }, null, 2)}\n`);
    return exitStatus.done;
  }
  for (const { id, cells, done, record } of jobs) world.stdout.write(forTerminal(`${id}: ${done} of ${cells} cells, ${record ? "record written" : "no record yet"}`) + "\n");
  world.stdout.write(`in all: ${sound.size} of ${planned.size} cells are done${restInWords(rest, workers)}\n`);
  world.stdout.write(owner === undefined ? `nobody runs it${isDone(manifest, sound, jobs) ? "" : `; \`mesoscope sweep resume --out ${out}\` goes on`}\n` : `${forTerminal(`process ${owner.pid} on ${owner.host} runs it since ${owner.since}`)}\n`);
  for (const fault of faults) world.stdout.write(`${forTerminal(fault)}\n`);
  return exitStatus.done;
}

function isDone(manifest: Manifest, sound: ReadonlySet<string>, jobs: readonly { readonly record: boolean }[]): boolean {
  return jobs.every(({ record }) => record) && manifest.jobs.every(({ cells }) => cells.every(({ id }) => sound.has(id)));
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

interface Rest {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
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

function restInWords(rest: Rest | undefined, workers: number): string {
  if (rest === undefined) return "; how long the rest takes is not known yet";
  if (rest.cpuSeconds === 0) return "";
  return `; the rest takes about ${secondsInWords(rest.cpuSeconds)} of processor time, ${secondsInWords(rest.wallSeconds)} with ${workers} ${workers === 1 ? "worker" : "workers"}`;
}
