/** @file Cells: the work of a design as data, so that it may be run here, in a pool of workers, or be kept and resumed. */
import type { Batch, Context, KeyWords, Parameters, Replicas, Size } from "@mesoscope/contracts";
import { DomainError, keyFromWords } from "@mesoscope/numerics";
import { checkDesign, replicasAt, sizeAt, type Design } from "./design.js";

/** One block of replicas of one finite system: all that is needed to run it anywhere. Plain JSON. */
export interface Cell {
  /** Id of the pair. */
  readonly pair: string;
  readonly parameters: Parameters;
  readonly size: Size;
  readonly replicas: Replicas;
}

/**
 * Runs cells in any order, anywhere, and returns their batches in the order of the cells.
 * The seam between this engine and whoever owns processes: serial, a pool of workers, a journal on disk.
 */
export type RunCells = (cells: readonly Cell[], context: Context, settled?: Settled) => Promise<readonly Batch[]>;

/**
 * Told of each cell as soon as it is done, in whatever order cells end; a run waits for what it returns, and fails if it does.
 * @param index of the cell in the list
 * @param seconds how long it took on one core, where that was measured
 */
export type Settled = (index: number, batch: Batch, seconds?: number) => Promise<void> | void;

/** The most cells that one design may have: beyond, the list alone would not fit in memory. */
export const LARGEST_PLAN = 1_000_000;

/**
 * The cells of a design: sizes ascending, at each size replicas 0 .. R - 1 in blocks of fixed length.
 *
 * Every size has its own key, `key.fold("size", axis, n)` and then each fixed axis by name, so that ensembles of different sizes
 * are independent, and adding a size to a design changes no other.
 * @throws DomainError if the design cannot be run, or has more than `LARGEST_PLAN` cells (counted before any is made)
 */
export function planCells(pair: string, parameters: Parameters, design: Design, key: KeyWords): readonly Cell[] {
  checkDesign(design);
  refuseTooMany(design);
  return design.sizes.flatMap((_, k) => {
    const sizeKey = keyAtSize(design, k, key);
    const all = replicasAt(design, k);
    return blocks(all, design.block).map(
      ([from, count]): Cell => ({ pair, parameters, size: sizeAt(design, k), replicas: { key: sizeKey, from, count } }),
    );
  });
}

function keyAtSize(design: Design, k: number, key: KeyWords): KeyWords {
  const others = Object.entries(design.fixed ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return keyFromWords(key).fold("size", design.axis, design.sizes[k]!, ...others.flat()).words;
}

function blocks(all: number, block: number): readonly (readonly [from: number, count: number])[] {
  return Array.from({ length: Math.ceil(all / block) }, (_, i) => [i * block, Math.min(block, all - i * block)]);
}

function refuseTooMany(design: Design): void {
  const count = design.sizes.reduce((sum, _, k) => sum + Math.ceil(replicasAt(design, k) / design.block), 0);
  if (count <= LARGEST_PLAN) return;
  throw new DomainError({ name: "cells", value: count, rule: `must be at most ${LARGEST_PLAN} in one design (blocks of ${design.block} replicas at ${design.sizes.length} sizes)`, remedy: "Ask for fewer replicas or fewer sizes." });
}

/** What a cell costs in comparison with others: replicas times the product of all its sizes. For progress only. */
export function weightOf(cell: Cell): number {
  return Object.values(cell.size).reduce((product, size) => product * size, cell.replicas.count);
}
