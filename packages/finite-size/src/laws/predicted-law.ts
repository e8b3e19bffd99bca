/** @file A law as a theory gives it. */
import { DomainError, requireInRange } from "@mesoscope/numerics";

/** Quantiles of a law at some probabilities, both ascending. Equal quantiles at different probabilities are an atom. */
export interface QuantileTable {
  readonly probabilities: readonly number[];
  readonly quantiles: readonly number[];
}

/** A predicted law: its distribution function, or its quantiles at some probabilities. */
export type PredictedLaw = ((x: number) => number) | QuantileTable;

/** @throws DomainError for a table that does not ascend inside [0, 1], or lacks an entry */
export function requireTable({ probabilities, quantiles }: QuantileTable): void {
  if (quantiles.length !== probabilities.length || quantiles.length === 0) {
    throw new DomainError({ name: "quantiles", value: quantiles.length, rule: `must be as many as the probabilities, ${probabilities.length}, and at least one`, remedy: "Give one quantile for each probability." });
  }
  quantiles.forEach((q, i) => {
    const p = requireInRange(`probabilities[${i}]`, probabilities[i]!, { min: 0, max: 1 });
    if (Number.isNaN(q) || (i > 0 && !(q >= quantiles[i - 1]! && p >= probabilities[i - 1]!))) {
      throw new DomainError({ name: `quantiles[${i}]`, value: q, rule: "must ascend with the probabilities", remedy: "Sort the table of the law." });
    }
  });
}
