/** @file Whether the replicas fall into groups, so that their mean speaks for none of them. */
import { observableLength, type Observable } from "@mesoscope/contracts";
import type { Key } from "@mesoscope/numerics";
import type { Ensemble } from "../ensemble/ensemble.js";
import { bimodality } from "../laws/bimodality.js";
import { dip } from "../laws/dip.js";

/** Two groups of replicas. Plain JSON. */
export interface Groups {
  /** Where the two groups lie, and which share of the replicas each has. */
  readonly modes: readonly [number, number];
  readonly shares: readonly [number, number];
  /** Between them. */
  readonly antimode: number;
  /** P(a law with one mode shows this much of two), Hartigan's dip test. */
  readonly goodness: number;
}

/** Fewer replicas show groups only where nobody needs a test. */
const FEWEST_REPLICAS = 24;
/** More replicas than this are thinned to their quantiles: two groups are as plain, and chance has less to say. */
const MOST_REPLICAS = 1000;
const LEVEL = 0.005;
const RESAMPLES = 399;
/** A group of fewer replicas is a tail. */
const LEAST_SHARE = 0.05;
/** sqrt(R) dip that samples of the uniform law exceed in about one of ten cases: below it the test need not be run. */
const WORTH_A_TEST = 0.4;

/**
 * Two groups of the completed replicas at one entry of an observable, by Hartigan's test ([eq:dip]) at level 0.5 %; undefined where one mode
 * explains what is seen. Values that repeat (a lattice, whatever its steps) are spread over the cells between their neighbours first: a
 * histogram with one hill is one group.
 */
export function groupsAt(ensemble: Ensemble, observable: Observable, entry: number, key: Key): Groups | undefined {
  const length = observableLength(observable);
  const values = ensemble.values(observable.id);
  const replicas = values.length / length;
  if (replicas < FEWEST_REPLICAS) return undefined;
  const own = Float64Array.from({ length: replicas }, (_, r) => values[r * length + entry]!).sort();
  // From the least one on: next to a large number the cells of values that differ by rounding alone could not be told apart.
  const least = own[0]!;
  const spread = thinned(spreadOverCells(own.map((value) => value - least)));
  if (repeatsMostly(spread) || Math.sqrt(spread.length) * dip(spread).value < WORTH_A_TEST) return undefined;
  const found = bimodality(spread, { resamples: RESAMPLES, stream: key.fold("groups", observable.id, entry).stream(), level: LEVEL, step: 0, leastWeight: LEAST_SHARE });
  if (found.modes === undefined) return undefined;
  const { positions, weights, antimode } = found.modes;
  return { modes: [least + positions[0], least + positions[1]], shares: weights, antimode: least + antimode, goodness: found.goodness };
}

/** Equal values spread evenly from the middle to the value before to the middle to the next; a single one stays. */
function spreadOverCells(sorted: Float64Array): Float64Array {
  const out = new Float64Array(sorted.length);
  for (let first = 0; first < sorted.length; ) {
    const here = sorted[first]!;
    let end = first + 1;
    while (end < sorted.length && sorted[end] === here) end += 1;
    const before = first > 0 ? here - sorted[first - 1]! : undefined;
    const next = end < sorted.length ? sorted[end]! - here : undefined;
    const [left, right] = [(before ?? next ?? 0) / 2, (next ?? before ?? 0) / 2];
    for (let i = first; i < end; i++) out[i] = end - first === 1 ? here : here - left + ((left + right) * (i - first + 0.5)) / (end - first);
    first = end;
  }
  return out;
}

/** Cells too small for doubles beside the rest leave values equal: then nothing is said. */
function repeatsMostly(sorted: Float64Array): boolean {
  return 2 * sorted.reduce((count, x, i) => count + (x === sorted[i - 1] || x === sorted[i + 1] ? 1 : 0), 0) > sorted.length;
}

function thinned(sorted: Float64Array): Float64Array {
  if (sorted.length <= MOST_REPLICAS) return sorted;
  return Float64Array.from({ length: MOST_REPLICAS }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / MOST_REPLICAS)]!);
}
