/** @file What a reader wants to know of a statement, as data: does it hold, within what, from where on, until when, and why not. */
import type { FailureReason } from "@mesoscope/contracts";
import type { Comparison, JudgedOutcome, SizeFinding, Statement } from "../comparison/comparison.js";
import { formatNumber, formatPercent, formatWithInterval } from "../format.js";
import type { Equivalence } from "../statistics/equivalence.js";

/** From which size on a theory holds. */
export type HoldsFrom =
  /** Every size tested holds, the smallest one too. */
  | { readonly kind: "all" }
  /** Where the fitted deviation crosses the tolerance, within the sizes tested; an end of the interval is null where nothing bounds it. */
  | { readonly kind: "fitted"; readonly value: number; readonly interval: readonly [number, number | null] }
  /** The smallest tested size from which on all hold, with the largest one below that fails. */
  | { readonly kind: "tested"; readonly value: number; readonly failing: number | null }
  /** Where the fitted deviation crosses the tolerance, outside the sizes tested. */
  | { readonly kind: "extrapolated"; readonly value: number; readonly interval: readonly [number, number | null] }
  /** Nothing is known. */
  | { readonly kind: "none" };

/** Along a series in time: until when all holds at the largest size, and from when on something fails. */
export interface Horizon {
  readonly symbol: string;
  /** Empty where there is none to write. */
  readonly unit: string;
  readonly until: number;
  readonly failsFrom?: number;
}

/** One statement, as far as words need it. Plain JSON. */
export interface Answer {
  readonly outcome: JudgedOutcome;
  /** How the axis that grows is written: "n". */
  readonly axis: string;
  /** Smallest and largest size that the theory was tested at; absent where it speaks about none. */
  readonly sizes?: readonly [number, number];
  /** What follows "within": "5 %", "0.02"; absent where it is not known. */
  readonly tolerance?: string;
  /** The deviation at the largest size: "−0.17 [−0.23, −0.12] %", led by "up to" where it is the largest of several. */
  readonly deviation?: string;
  readonly from: HoldsFrom;
  readonly horizon?: Horizon;
  readonly reason?: FailureReason;
  /** The numbers that speak for the reason, as a clause. */
  readonly evidence?: string;
  /** What forbids "holds" although the numbers would allow it, as a clause. */
  readonly caveat?: string;
  /** The size of that deviation in units of the tolerance, where there is one. */
  readonly distance?: number;
  /** By what factor more replicas would decide an undecided test, were its deviation to stay as it is. */
  readonly moreReplicas?: number;
}

/** What a statement answers. */
export function answerOf(comparison: Comparison, statement: Statement): Answer {
  const asked = statement.bySize.filter(({ outcome }) => outcome !== "not-applicable");
  const last = asked.at(-1);
  const horizon = last === undefined ? undefined : horizonOf(comparison, statement, last);
  const told = {
    outcome: statement.outcome,
    axis: comparison.axis.symbol,
    from: horizon === undefined ? fromOf(statement, asked) : reachedFrom(asked, horizon.until),
    ...(horizon === undefined ? {} : { horizon }),
    ...(statement.reason === undefined ? {} : { reason: statement.reason }),
    ...(statement.evidence === undefined ? {} : { evidence: statement.evidence }),
  };
  return last === undefined ? told : { ...told, sizes: [asked[0]!.n, last.n], ...numbersOf(statement.outcome, last) };
}

function fromOf({ nStar, outcome }: Statement, asked: readonly SizeFinding[]): HoldsFrom {
  const fitted = nStar?.fitted.reached === true ? nStar.fitted : undefined;
  const extrapolated: HoldsFrom | undefined = fitted?.extrapolated === true ? { kind: "extrapolated", value: fitted.value, interval: fitted.interval } : undefined;
  if (outcome === "holds") {
    const first = asked.length - [...asked].reverse().findIndex((finding) => finding.outcome !== "holds");
    // No size that does not hold: the search from the end found none.
    if (first > asked.length || asked.length === 1) return extrapolated !== undefined && fitted!.value < asked[0]!.n ? extrapolated : { kind: "all" };
    if (fitted !== undefined && extrapolated === undefined) return { kind: "fitted", value: fitted.value, interval: fitted.interval };
    return { kind: "tested", value: asked[first]!.n, failing: asked.slice(0, first).findLast((finding) => finding.outcome === "fails")?.n ?? null };
  }
  if (extrapolated !== undefined) return extrapolated;
  return fitted === undefined ? { kind: "none" } : { kind: "fitted", value: fitted.value, interval: fitted.interval };
}

/** The smallest tested size from which on every size holds until `until`, or longer. */
function reachedFrom(asked: readonly SizeFinding[], until: number): HoldsFrom {
  const reaches = asked.map(({ holdsUntil }) => holdsUntil !== undefined && holdsUntil >= until);
  const short = reaches.lastIndexOf(false);
  return short < 0 ? { kind: "all" } : { kind: "tested", value: asked[short + 1]!.n, failing: asked[short]!.failsFrom === undefined ? null : asked[short]!.n };
}

/** Where a series in time has an end to what holds: something fails or is undecided later, or the theory itself is not meant for later times. */
function horizonOf({ observables }: Comparison, { observable, outcome }: Statement, last: SizeFinding): Horizon | undefined {
  const grid = observables.find(({ id }) => id === observable)?.grid;
  if (grid?.isTime !== true || last.holdsUntil === undefined) return undefined;
  if (outcome === "holds" && last.entries.length >= grid.values.length) return undefined;
  const unit = grid.unit === "1" || grid.unit === grid.meaning ? "" : grid.unit;
  return { symbol: grid.symbol, unit, until: last.holdsUntil, ...(last.failsFrom === undefined ? {} : { failsFrom: last.failsFrom }) };
}

function numbersOf(outcome: JudgedOutcome, last: SizeFinding): Pick<Answer, "tolerance" | "deviation" | "distance" | "caveat" | "moreReplicas"> {
  const caveat = last.caveat === undefined ? {} : { caveat: last.caveat };
  if (last.law !== undefined) return { deviation: `${formatWithInterval(last.law.value, last.law.interval)} in distribution`, ...caveat };
  const worst = last.entries[last.worst];
  if (worst === undefined) return caveat;
  const ofMany = last.entries.length > 1 ? "up to " : "";
  const deviation = `${ofMany}${formatWithInterval(worst.value, worst.interval, worst.scale === "relative")}`;
  if (worst.untested !== undefined) return { deviation, ...caveat };
  const more = outcome === "undecided" && last.caveat === undefined ? moreReplicasFor(worst) : undefined;
  const distance = worst.margins[1] > 0 ? { distance: Math.abs(worst.value) / worst.margins[1] } : {};
  return { tolerance: toleranceInWords(worst), deviation, ...distance, ...caveat, ...(more === undefined ? {} : { moreReplicas: more }) };
}

function toleranceInWords({ scale, margins }: Equivalence): string {
  return scale === "relative" ? formatPercent(margins[1]) : formatNumber(margins[1]);
}

/** More replicas than this are no advice. */
const MOST = 1000;

/** Intervals shrink as one over the root of the replicas: the factor with which both ends come inside the margins, if the value stays. */
export function moreReplicasFor({ value, interval, margins }: Pick<Equivalence, "value" | "interval" | "margins">): number | undefined {
  const room = [value - margins[0], margins[1] - value] as const;
  if (!(room[0] > 0 && room[1] > 0)) return undefined;
  const ratio = Math.max((value - interval[0]) / room[0], (interval[1] - value) / room[1]);
  return ratio > 1 && ratio * ratio < MOST ? ratio * ratio : undefined;
}
