/** @file Two ensembles that differ in their seeds alone. */
import { observableLength } from "@mesoscope/contracts";
import { log } from "@mesoscope/numerics";
import type { Control } from "../comparison/comparison.js";
import { formatNumber } from "../format.js";
import { normalQuantile, normalTail } from "../distributions/normal.js";
import type { Ensemble } from "../ensemble/ensemble.js";
import { adjustLevels } from "../statistics/multiplicity.js";
import { relabelledChance } from "./relabelled.js";
import { namedControl, summaryFor, type Tried } from "./tried.js";

/** It should never fail, so it fails only at a tenth of the level. */
const SELDOM = 0.1;

/** Random splits of both ensembles together. */
const SPLITS = 999;

/**
 * Means and spreads of both ensembles, entry by entry: the largest difference in standard errors, judged over all of them (Holm). Standard errors are
 * too small for heavy tails: what they call a difference must also be larger than in all but a share of random splits of both ensembles together.
 */
export function otherSeeds(it: Tried, own: Ensemble, other: Ensemble): Control {
  if (it.observables.length === 0) return { ...namedControl(it, "other-seeds"), outcome: "undecided", because: "There is no observable to look at." };
  if (own.completed < 2 || other.completed < 2) return { ...namedControl(it, "other-seeds"), outcome: "undecided", because: "Fewer than two replicas completed." };
  const differences = it.observables.flatMap((observable) => {
    const a = summaryFor(it, own.values(observable.id), observable, "own seeds");
    const b = summaryFor(it, other.values(observable.id), observable, "other seeds");
    return Array.from({ length: a.length }, (_, i) => {
      const mean = inErrors(a.mean[i]! - b.mean[i]!, together(a.meanError[i]!, b.meanError[i]!));
      const [first, second] = [a.sd[i]!, b.sd[i]!];
      const spread = first > 0 && second > 0 ? inErrors(log(first / second), together(a.logSdError[i]!, b.logSdError[i]!)) : 0;
      return { observable: observable.id, symbol: observable.symbol, largest: Math.abs(mean) >= Math.abs(spread) ? mean : spread };
    });
  });
  const two = (value: number): number => Math.min(1, 4 * normalTail(Math.abs(value)));
  const seldom = SELDOM * it.options.level;
  const failed = adjustLevels(differences.map(({ largest }) => two(largest)), "holm").some((at) => at < seldom) && splitChance(it, own, other) <= Math.max(seldom, 1 / (SPLITS + 1));
  const worst = differences.reduce((most, one) => (Math.abs(one.largest) > Math.abs(most.largest) ? one : most));
  const half = normalQuantile(1 - it.options.level);
  const found = `of ${2 * differences.length} differences in mean and spread the largest is ${formatNumber(worst.largest)} standard errors (${worst.symbol})`;
  return {
    ...namedControl(it, "other-seeds"),
    outcome: failed ? "failed" : "passed",
    value: worst.largest,
    interval: [worst.largest - half, worst.largest + half],
    observable: worst.observable,
    because: failed ? `Other seeds give another law: ${found}, more than chance gives.` : `As chance gives: ${found}.`,
  };
}

function splitChance(it: Tried, own: Ensemble, other: Ensemble): number {
  const [first, second] = [rowsOf(it, own), rowsOf(it, other)];
  return relabelledChance(first, second, { length: first.length / own.completed, resamples: SPLITS, stream: it.key.fold("random splits").stream() });
}

/** All entries of all observables of a replica as one row. */
function rowsOf({ observables }: Tried, ensemble: Ensemble): Float64Array {
  const lengths = observables.map(observableLength);
  const rows: number[] = [];
  for (let r = 0; r < ensemble.completed; r++) {
    observables.forEach(({ id }, o) => {
      rows.push(...ensemble.values(id).subarray(r * lengths[o]!, (r + 1) * lengths[o]!));
    });
  }
  return Float64Array.from(rows);
}

/** Far beyond what any ensemble can say, and still a number: a difference without any error. */
const CERTAIN = 40;

function together(a: number, b: number): number {
  return Math.sqrt(a * a + b * b);
}

function inErrors(difference: number, error: number): number {
  if (error > 0) return Math.max(-CERTAIN, Math.min(CERTAIN, difference / error));
  return difference === 0 ? 0 : Math.sign(difference) * CERTAIN;
}
