/** @file The same replicas with half the step of the numerical method. */
import { observableLength, type Batch, type Observable } from "@mesoscope/contracts";
import type { Control } from "../comparison/comparison.js";
import { formatPercent, formatWithInterval } from "../format.js";
import { ALLOWED_DIVERGED } from "../ensemble/diverged-caveat.js";
import { NUMERICAL_SHARE } from "../comparison/reasons/numerical.js";
import { marginOf, meanEquivalence, type Equivalence } from "../statistics/equivalence.js";
import { adjustLevels } from "../statistics/multiplicity.js";
import { namedControl, summaryFor, type Tried } from "./tried.js";

/** The change that half the step makes, in units of the tolerance, entry by entry. */
interface Change {
  readonly observable: Observable;
  readonly unit: number;
  readonly test: Equivalence;
}

/** Differences replica by replica, each entry equivalent to zero within a quarter of the tolerance. */
export function halvedStep(it: Tried, own: readonly Batch[], halved: readonly Batch[]): Control {
  const name = namedControl(it, "halved-step");
  const changes = it.observables.flatMap((observable) => changesOf(it, observable, own, halved));
  if (changes.length === 0) return { ...name, outcome: "undecided", because: "No observable has both two completed replicas and a tolerance that leaves it a margin." };
  const { level } = it.options;
  const failing = adjustLevels(changes.map(({ test }) => test.failsAt), "holm").findIndex((at) => at < level);
  const worst = changes.reduce((most, one) => (one.test.holdsAt > most.test.holdsAt ? one : most));
  const { observable, unit, test } = failing >= 0 ? changes[failing]! : worst;
  const parted = divergedWithOne(own, halved);
  const outcome = failing >= 0 ? "failed" : parted <= ALLOWED_DIVERGED * it.design.replicas && changes.every((one) => one.test.holdsAt < level) ? "passed" : "undecided";
  const value = test.value / unit;
  const interval = [test.interval[0] / unit, test.interval[1] / unit] as const;
  const words = `Half the step changes the ${observable.meaning} by ${formatWithInterval(value, interval, true)} of its tolerance at ${it.design.axis} = ${it.design.n}`;
  return { ...name, outcome, value, interval, observable: observable.id, because: `${words}; up to ${formatPercent(NUMERICAL_SHARE)} may be numerical.${partedInWords(parted, it.design.replicas)}` };
}

/** Replicas that complete with one step and not with the other: their difference is unknown, and the rest a selection. */
function divergedWithOne(own: readonly Batch[], halved: readonly Batch[]): number {
  return own.reduce((sum, { outcomes }, c) => sum + outcomes.filter(({ kind }, r) => kind !== halved[c]!.outcomes[r]!.kind).length, 0);
}

function partedInWords(parted: number, replicas: number): string {
  return parted === 0 ? "" : ` ${parted} of ${replicas} replicas complete with one of the two steps only.`;
}

/** Entries that no tolerance leaves a margin are left out. */
function changesOf(it: Tried, observable: Observable, own: readonly Batch[], halved: readonly Batch[]): readonly Change[] {
  const length = observableLength(observable);
  const { before, difference } = pairedRows(observable, own, halved);
  const replicas = difference.length / length;
  if (replicas < 2) return [];
  const summary = summaryFor(it, difference, observable, "halved step");
  const tolerance = it.options.tolerances?.[observable.id] ?? it.options.tolerance;
  return Array.from({ length }, (_, i): Change | undefined => {
    let centre = 0;
    for (let r = 0; r < replicas; r++) centre += before[r * length + i]! / replicas;
    const margin = marginOf(tolerance, centre);
    if (margin === undefined) return undefined;
    const unit = margin.margin * (margin.scale === "relative" ? Math.abs(centre) : 1);
    return { observable, unit, test: meanEquivalence(summary, i, 0, { tolerance: { absolute: NUMERICAL_SHARE * unit }, level: it.options.level }) };
  }).filter((change) => change !== undefined);
}

/** Rows of the replicas that completed with either step, in the order of the replicas. */
function pairedRows(observable: Observable, own: readonly Batch[], halved: readonly Batch[]): { readonly before: Float64Array; readonly difference: Float64Array } {
  const length = observableLength(observable);
  const before: number[] = [];
  const difference: number[] = [];
  own.forEach((batch, c) => {
    const finer = halved[c]!;
    batch.outcomes.forEach(({ kind }, r) => {
      if (kind !== "completed" || finer.outcomes[r]!.kind !== "completed") return;
      for (let at = r * length; at < (r + 1) * length; at++) {
        before.push(batch.values[observable.id]![at]!);
        difference.push(finer.values[observable.id]![at]! - batch.values[observable.id]![at]!);
      }
    });
  });
  return { before: Float64Array.from(before), difference: Float64Array.from(difference) };
}
