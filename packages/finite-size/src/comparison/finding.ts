/** @file One quantity of one observable at one size, tested against one theory. */
import type { Observable, Prediction } from "@mesoscope/contracts";
import { exp, type Key } from "@mesoscope/numerics";
import { divergedCaveat } from "../ensemble/diverged-caveat.js";
import type { Ensemble } from "../ensemble/ensemble.js";
import { meanEquivalence, spreadEquivalence, type Equivalence } from "../statistics/equivalence.js";
import { kolmogorovSmirnov, type LawDistance } from "../laws/kolmogorov-smirnov.js";
import { wassersteinFromLaw, type WassersteinFromLaw } from "../laws/wasserstein.js";
import type { Summary } from "../statistics/summary.js";
import { spreadAgainstMargin, type SpreadBound } from "../statistics/typical.js";
import { censoredEntries, censoredReplicas } from "./censoring.js";
import type { ObservableTolerance, Quantity, SizeFinding } from "./comparison.js";
import { formatPercent } from "../format.js";
import { marginAt } from "./margin.js";
import { entriesWithinHorizon, type TheoryAtSize } from "./predictions.js";

/** All that a finding rests on. */
export interface FindingInput {
  readonly ensemble: Ensemble;
  readonly observable: Observable;
  /** Undefined if fewer than two replicas completed. */
  readonly summary: Summary | undefined;
  readonly theory: TheoryAtSize;
  readonly quantity: Quantity;
  readonly tolerance: ObservableTolerance;
  readonly level: number;
  readonly allowedDiverged: number;
  /** Whether replicas differ at an entry, at this size or another: where they do elsewhere, equal ones here have missed what is rare. */
  readonly varies: (entry: number) => boolean;
  /** For the resamples of distances between laws. */
  readonly key: Key;
}

/** A finding before outcomes, which need the whole family: with the levels at which each test would hold or fail. */
export interface Draft {
  readonly finding: Omit<SizeFinding, "outcome" | "jointOutcome">;
  readonly applies: boolean;
  /** Levels of the tests, one for each entry (one for a law); 1 where the test can never succeed. */
  readonly holdsAt: readonly number[];
  readonly failsAt: readonly number[];
  /** Of a mean: levels at which the spread at each entry that has a margin is below it, or above it. */
  readonly single: readonly SpreadBound[];
}

/** Tests one quantity at one size. */
export function draftFinding(input: FindingInput): Draft {
  const { ensemble, theory, observable, summary, quantity } = input;
  const prediction = theory.predictions.get(observable.id);
  const base = { size: ensemble.size, n: ensemble.n, applicability: theory.applicability, predicted: [], numericalError: [], entries: [], worst: 0 };
  if (!theory.applicability.applies || prediction === undefined || lacks(prediction, quantity)) return { finding: base, applies: false, holdsAt: [], failsAt: [], single: [] };
  const told = {
    ...base,
    predicted: prediction.value,
    numericalError: prediction.numericalError,
    ...(prediction.spread === undefined ? {} : { predictedSpread: prediction.spread }),
  };
  if (summary === undefined) {
    const caveat = `only ${ensemble.completed} of ${ensemble.completed + ensemble.diverged} replicas completed`;
    return { finding: { ...told, caveat }, applies: true, holdsAt: [1], failsAt: [1], single: [] };
  }
  const { finding, holdsAt, failsAt } = quantity === "law" ? testLaw(input, prediction) : testEntries(input, summary, prediction, quantity);
  const caveat = caveatOf(input, summary, finding.entries);
  const single = quantity === "mean" ? singleRuns(summary, input.varies, { ...told, ...finding }) : [];
  if (caveat === undefined) return { finding: { ...told, ...finding }, applies: true, holdsAt, failsAt, single };
  return { finding: { ...told, ...finding, caveat }, applies: true, holdsAt: holdsAt.map(() => 1), failsAt, single };
}

function lacks(prediction: Prediction, quantity: Quantity): boolean {
  return (quantity === "spread" && prediction.spread === undefined) || (quantity === "law" && prediction.law === undefined);
}

type Tested = Pick<Draft, "holdsAt" | "failsAt"> & { readonly finding: { readonly entries: readonly Equivalence[]; readonly worst: number; readonly law?: LawDistance; readonly wasserstein?: WassersteinFromLaw } };

function testEntries({ observable, ensemble, tolerance, level, varies }: FindingInput, summary: Summary, prediction: Prediction, quantity: "mean" | "spread"): Tested {
  const tested = Array.from({ length: entriesWithinHorizon(observable, prediction) }, (_, i): Equivalence => {
    if (quantity === "spread") return spreadEquivalence(summary, i, prediction.spread![i]!, { tolerance: tolerance.spread!, level });
    return meanEquivalence(summary, i, prediction.value[i]!, { tolerance, level, predictedError: prediction.numericalError[i]! });
  });
  // Equal replicas of an observable that varies have an error that nobody saw: it is not zero.
  const entries = tested.map((entry, i): Equivalence => (isSilent(summary, i, varies) ? { ...entry, outcome: "undecided", holdsAt: 1, failsAt: 1 } : entry));
  const bounded = censoredEntries(ensemble, observable, summary.length);
  // A censored mean is a lower bound of the mean: it can show that the truth is too large, and nothing else.
  const levels = entries.map((entry, i) => {
    if (bounded[i] !== true) return { holds: entry.holdsAt, fails: entry.failsAt };
    return { holds: 1, fails: quantity === "mean" && entry.value > entry.margins[1] ? entry.failsAt : 1 };
  });
  const holdsAt = levels.map(({ holds }) => holds);
  return { finding: { entries, worst: worstOf(holdsAt, entries) }, holdsAt, failsAt: levels.map(({ fails }) => fails) };
}

function isSilent(summary: Summary, entry: number, varies: (entry: number) => boolean): boolean {
  return summary.sd[entry] === 0 && varies(entry);
}

/** A single run against the margins of the mean; where every replica is as predicted, no margin is needed. */
function singleRuns(summary: Summary, varies: (entry: number) => boolean, finding: Pick<SizeFinding, "n" | "entries" | "predicted">): readonly SpreadBound[] {
  return finding.entries.flatMap(({ margins, outcome }, i): readonly SpreadBound[] => {
    if (isSilent(summary, i, varies)) return [{ belowAt: 1, aboveAt: 1 }];
    if (margins[1] > 0) return [spreadAgainstMargin(summary, i, marginAt(finding, i))];
    return outcome === "holds" ? [{ belowAt: 0, aboveAt: 1 }] : [];
  });
}

/**
 * The entry farthest from holding; among equals the one with the largest deviation in units of its margin. One that could not be
 * tested comes before those that hold and after those that do not, whose numbers say more.
 */
function worstOf(levels: readonly number[], entries: readonly Equivalence[]): number {
  const open = entries.some(({ outcome, untested }) => outcome !== "holds" && untested === undefined);
  const holdsAt = levels.map((at, i) => (entries[i]!.untested !== undefined && open ? -1 : at));
  const size = (i: number): number => Math.abs(entries[i]!.value) / Math.max(entries[i]!.margins[1], Number.MIN_VALUE);
  return holdsAt.reduce((worst, at, i) => (at > holdsAt[worst]! || (at === holdsAt[worst] && size(i) > size(worst)) ? i : worst), 0);
}

function testLaw(input: FindingInput, prediction: Prediction): Tested {
  const { observable, ensemble, tolerance, level } = input;
  const law = kolmogorovSmirnov(ensemble.values(observable.id), prediction.law!, { confidence: 1 - level, censored: ensemble.censored(observable.id) });
  // P(the distance is off by c or more) <= 2 exp(-2 R c^2).
  const chance = (off: number): number => (off <= 0 ? 1 : Math.min(1, 2 * exp(-2 * law.replicas * off * off)));
  const margin = tolerance.law;
  const wasserstein = distanceOf(input, prediction.law!);
  return {
    finding: { entries: [], worst: 0, law, ...(wasserstein === undefined ? {} : { wasserstein }) },
    holdsAt: [margin === undefined ? 1 : chance(margin - law.value)],
    failsAt: [margin === undefined ? 1 : chance(law.value - margin)],
  };
}

/** Replicas and resamples of a distance that is told, not judged. */
const MOST_REPLICAS = 2000;
const RESAMPLES = 199;

/** How far, in the unit of the observable, probability lies from where it should: of the first 2,000 replicas. */
function distanceOf({ observable, ensemble, level, key }: FindingInput, law: NonNullable<Prediction["law"]>): WassersteinFromLaw | undefined {
  const samples = ensemble.values(observable.id).subarray(0, MOST_REPLICAS);
  const censored = ensemble.censored(observable.id)?.subarray(0, MOST_REPLICAS);
  const known = samples.reduce((least, value, r) => (censored?.[r] === 1 ? Math.min(least, value) : least), Infinity);
  // A law of one point, or one that lies where nothing is known, has no width to compare.
  if (!(law.quantiles.filter((q) => q < known).length >= 2 && law.quantiles[0]! < Math.min(known, law.quantiles.at(-1)!))) return undefined;
  const stream = key.fold("wasserstein", observable.id, ensemble.n).stream();
  return wassersteinFromLaw(samples, law, { order: 1, confidence: 1 - level, resamples: RESAMPLES, stream, censored });
}

function caveatOf({ ensemble, observable, allowedDiverged, quantity, varies }: FindingInput, summary: Summary, entries: readonly Equivalence[]): string | undefined {
  const caveats: string[] = [];
  const diverged = divergedCaveat(ensemble, allowedDiverged);
  if (diverged !== undefined) caveats.push(`${diverged}, more than ${formatPercent(allowedDiverged)}: what is left is a selection`);
  const censored = quantity === "law" ? 0 : censoredReplicas(ensemble, observable);
  if (censored > 0) caveats.push(`${censored} of ${ensemble.completed + ensemble.diverged} runs end before the event and give only a lower bound`);
  const silent = entries.filter((_, i) => isSilent(summary, i, varies)).length;
  if (silent > 0) caveats.push(`all replicas are equal${entries.length === 1 ? "" : ` at ${silent} of ${entries.length} entries`}, though not at other sizes: what is rare was not seen`);
  const untested = entries.flatMap(({ untested: why }) => why ?? []);
  if (untested.length > 0) caveats.push(`${entries.length === 1 ? "the prediction is zero" : `${untested.length} of ${entries.length} predictions are zero`}, and ${untested[0]!}`);
  return caveats.length === 0 ? undefined : caveats.join("; ");
}
