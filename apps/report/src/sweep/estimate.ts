/** @file What a sweep will cost, and whether that is possible. */
import type { Cell } from "@mesoscope/finite-size";
import { statfs } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { InputError } from "../failure.js";
import type { PairSource } from "../request/job.js";
import { pilotKey, type PilotCost } from "./pilots.js";
import { bytesInWords, secondsInWords } from "./quantities-in-words.js";

export interface Estimate {
  readonly cells: number;
  readonly replicas: number;
  /** On one core, and with the workers; sampling only, without the analysis at the end. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly bytes: number;
  /** Some pilot did not end: it takes longer than this. */
  readonly isLowerBound: boolean;
}

/** A block of a disk, header of a cell, and lines of journal and manifest, in bytes. */
const [block, header, lines] = [4096, 600, 500];

/** Adds up cells by what pilots of their pairs cost. More workers than cores do not help. */
export function estimateOf(cells: readonly { readonly cell: Cell; readonly source: PairSource }[], pilots: ReadonlyMap<string, PilotCost>, workers: number): Estimate {
  let [replicas, cpuSeconds, longest, bytes] = [0, 0, 0, 0];
  for (const { cell, source } of cells) {
    const { count } = cell.replicas;
    const pilot = pilots.get(pilotKey(cell, source));
    const seconds = pilot?.secondsOf(cell) ?? 0;
    replicas += count;
    cpuSeconds += seconds;
    longest = Math.max(longest, seconds);
    bytes += Math.ceil((header + count * (pilot?.bytesPerReplica ?? 0)) / block) * block + lines;
  }
  const wallSeconds = Math.max(longest, cpuSeconds / Math.max(1, Math.min(workers, availableParallelism(), cells.length)));
  return { cells: cells.length, replicas, cpuSeconds, wallSeconds, bytes, isLowerBound: [...pilots.values()].some((pilot) => pilot.isLowerBound) };
}

/** An estimate of `factor` times as much. */
export function timesAsMuch(estimate: Estimate, factor: number): Estimate {
  const { cells, replicas, cpuSeconds, wallSeconds, bytes, isLowerBound } = estimate;
  return { cells: cells * factor, replicas: replicas * factor, cpuSeconds: cpuSeconds * factor, wallSeconds: wallSeconds * factor, bytes: bytes * factor, isLowerBound };
}

/** An estimate in one clause. */
export function estimateInWords({ cells, replicas, cpuSeconds, wallSeconds, bytes, isLowerBound }: Estimate, workers: number): string {
  const n = (value: number): string => value.toLocaleString("en");
  return `${n(cells)} ${cells === 1 ? "cell" : "cells"}, ${n(replicas)} replicas; ${secondsInWords(cpuSeconds, isLowerBound ? "more than" : "about")} of processor time, ${secondsInWords(wallSeconds)} with ${workers} ${workers === 1 ? "worker" : "workers"}, ${bytesInWords(bytes)} on disk`;
}

/** Reads --budget: 90s, 30m, 12h, 2d. */
export function readBudget(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(s|m|h|d)$/.exec(text) ?? [];
  const seconds = Number(number) * ({ s: 1, m: 60, h: 3600, d: 86400 }[unit ?? ""] ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new InputError({ what: `--budget ${text}`, rule: "it must be a time such as 90s, 30m, 12h or 2d", remedy: "Give the longest time that the sweep may take." });
}

/**
 * Refuses what cannot be done.
 * @throws InputError with the estimate and what to change
 */
export function refuseImpossible(estimate: Estimate, limits: { readonly budget: number; readonly free: number; readonly workers: number }): void {
  const what = `this sweep is ${estimateInWords(estimate, limits.workers)}`;
  if (estimate.bytes > limits.free) {
    throw new InputError({ what, rule: `only ${bytesInWords(limits.free)} are free there`, remedy: "Make room, choose --out on another disk, or ask for fewer replicas or sizes." });
  }
  if (estimate.wallSeconds > limits.budget) {
    throw new InputError({
      what,
      rule: `the budget is ${secondsInWords(limits.budget)}`,
      remedy: `Give the grid fewer values, ask for fewer replicas or smaller sizes, or allow the time with --budget ${Math.ceil((1.2 * estimate.wallSeconds) / 3600)}h.`,
    });
  }
}

/** Bytes free where a folder is, or will be. */
export async function freeBytes(path: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || parent === path) return Number.POSITIVE_INFINITY;
    return freeBytes(parent);
  }
}
