/** @file A batch as it came from a pair, made safe to average: right in shape, and no number that is not finite. */
import { ContractError, observableLength, type Batch, type Observable, type ReplicaOutcome } from "@mesoscope/contracts";
import type { Cell } from "./cells.js";

/**
 * Checks the shape of a batch and turns a completed replica that holds a NaN or an infinity into a diverged one which says so.
 * A censored entry must be finite too: it is the bound itself.
 * @throws ContractError naming pair, size and member if the shape is wrong
 */
export function settleBatch(cell: Cell, batch: Batch, observables: readonly Observable[]): Batch {
  const { count } = cell.replicas;
  if (batch.outcomes.length !== count) throw misshapen(cell, `${batch.outcomes.length} outcomes`, `${count} replicas were asked for`);
  for (const observable of observables) {
    const entries = count * observableLength(observable);
    const values = batch.values[observable.id];
    if (values?.length !== entries) {
      throw misshapen(cell, `${values === undefined ? "no" : values.length} values of "${observable.id}"`, `(replicas, entries) are ${entries} numbers`);
    }
    const censored = batch.censored?.[observable.id];
    if (censored !== undefined && censored.length !== entries) {
      throw misshapen(cell, `${censored.length} censoring marks of "${observable.id}"`, `(replicas, entries) are ${entries} marks`);
    }
  }
  const outcomes = batch.outcomes.map((outcome, r) => (outcome.kind === "completed" ? finiteOrDiverged(outcome, r, batch, observables) : outcome));
  return { ...batch, outcomes };
}

function finiteOrDiverged(outcome: ReplicaOutcome, r: number, batch: Batch, observables: readonly Observable[]): ReplicaOutcome {
  for (const observable of observables) {
    const length = observableLength(observable);
    const values = batch.values[observable.id]!;
    for (let i = 0; i < length; i++) {
      const value = values[r * length + i]!;
      if (!Number.isFinite(value)) return { kind: "diverged", message: `completed with ${value} in ${observable.id}` };
    }
  }
  return outcome;
}

function misshapen(cell: Cell, found: string, rule: string): ContractError {
  return new ContractError({
    where: `pair "${cell.pair}" at ${JSON.stringify(cell.size)}`,
    found: `sample returned ${found}`,
    rule,
    remedy: "Return what the interface Batch of @mesoscope/contracts asks for.",
  });
}
