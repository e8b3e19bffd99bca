/** @file Ensembles: the replicas of one size put together, in the order of their numbers, without those that diverged. */
import { observableLength, type Batch, type Observable, type Size } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";
import type { Cell } from "../design/cells.js";
import { checkDesign, replicasAt, sizeAt, type Design } from "../design/design.js";
import { settleBatch } from "../design/settle-batch.js";

/** All completed replicas of one size. */
export interface Ensemble {
  readonly size: Size;
  /** The size along the axis that grows. */
  readonly n: number;
  readonly completed: number;
  readonly diverged: number;
  /** What the diverged replicas said, with how many said it. */
  readonly notes: readonly { readonly message: string; readonly count: number }[];
  /**
   * Values of an observable, (completed, length) row-major.
   * @throws DomainError for an observable that was not gathered
   */
  values(observable: string): Float64Array;
  /** Marks of censored values, (completed, length), or undefined where none is censored. */
  censored(observable: string): Uint8Array | undefined;
}

/**
 * Puts the batches of the cells of a design together, one ensemble a size. Neither the order of the cells nor the length of
 * the blocks matters: replicas are sorted by their number. Diverged replicas are counted and left out.
 * @throws DomainError if a replica of the design is missing, double or foreign; ContractError for a misshapen batch
 */
export function gather(design: Design, cells: readonly Cell[], batches: readonly Batch[], observables: readonly Observable[]): readonly Ensemble[] {
  checkDesign(design);
  if (batches.length !== cells.length) {
    throw new DomainError({ name: "batches", value: batches.length, rule: `must be one for each of the ${cells.length} cells`, remedy: "Return the batches in the order of the cells." });
  }
  const parts = cells.map((cell, c): Part => ({ cell, batch: settleBatch(cell, batches[c]!, observables) }));
  const ensembles = design.sizes.map((n, k) => {
    const own = parts.filter(({ cell }) => sameSize(cell.size, sizeAt(design, k)));
    own.sort((a, b) => a.cell.replicas.from - b.cell.replicas.from);
    requireAllReplicas(own, n, replicasAt(design, k));
    return ensembleOf(sizeAt(design, k), n, own, observables);
  });
  const used = ensembles.reduce((sum, { completed, diverged }) => sum + completed + diverged, 0);
  const given = cells.reduce((sum, cell) => sum + cell.replicas.count, 0);
  if (used !== given) {
    throw new DomainError({ name: "cells", value: given - used, rule: "must hold no replica of a size outside the design", remedy: "Gather with the design that planned the cells." });
  }
  return ensembles;
}

interface Part {
  readonly cell: Cell;
  readonly batch: Batch;
}

function sameSize(a: Size, b: Size): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function requireAllReplicas(parts: readonly Part[], n: number, all: number): void {
  let next = 0;
  for (const { cell } of parts) {
    if (cell.replicas.from !== next) {
      throw new DomainError({ name: "cells", value: cell.replicas.from, rule: `must go on with replica ${next} at size ${n}`, remedy: "Give every cell of the plan once." });
    }
    next += cell.replicas.count;
  }
  if (next !== all) {
    throw new DomainError({ name: "cells", value: next, rule: `must hold the ${all} replicas of size ${n}`, remedy: "Give every cell of the plan once." });
  }
}

function ensembleOf(size: Size, n: number, parts: readonly Part[], observables: readonly Observable[]): Ensemble {
  const counts = new Map<string, number>();
  let completed = 0;
  let diverged = 0;
  for (const outcome of parts.flatMap(({ batch }) => batch.outcomes)) {
    if (outcome.kind === "completed") completed += 1;
    else {
      diverged += 1;
      counts.set(outcome.message, (counts.get(outcome.message) ?? 0) + 1);
    }
  }
  const values = new Map<string, Float64Array>();
  const censored = new Map<string, Uint8Array>();
  for (const observable of observables) {
    const rows = completedRows(parts, observable, completed);
    values.set(observable.id, rows.values);
    if (rows.censored.some((mark) => mark !== 0)) censored.set(observable.id, rows.censored);
  }
  return {
    size,
    n,
    completed,
    diverged,
    notes: [...counts].map(([message, count]) => ({ message, count })),
    values: (id) => values.get(id) ?? notGathered(id, [...values.keys()]),
    censored: (id) => (values.has(id) ? censored.get(id) : notGathered(id, [...values.keys()])),
  };
}

function completedRows(parts: readonly Part[], observable: Observable, completed: number): { values: Float64Array; censored: Uint8Array } {
  const length = observableLength(observable);
  const values = new Float64Array(completed * length);
  const censored = new Uint8Array(completed * length);
  let row = 0;
  for (const { batch } of parts) {
    const from = batch.values[observable.id]!;
    const marks = batch.censored?.[observable.id];
    batch.outcomes.forEach((outcome, r) => {
      if (outcome.kind !== "completed") return;
      values.set(from.subarray(r * length, (r + 1) * length), row * length);
      if (marks !== undefined) censored.set(marks.subarray(r * length, (r + 1) * length), row * length);
      row += 1;
    });
  }
  return { values, censored };
}

function notGathered(id: string, known: readonly string[]): never {
  throw new DomainError({ name: "observable", value: id, rule: `must be one of ${known.join(", ")}`, remedy: "Name an observable of the pair." });
}

