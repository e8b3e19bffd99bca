/** @file Two theories of one observable: by how much the better one brings N* down. */
import { crossingInterval, crossingsOf, lastCrossing } from "../scaling/crossing.js";
import type { CertifiedNStar } from "../scaling/n-star.js";
import type { TheoryGain } from "./comparison.js";
import { formatNumber } from "../format.js";
import type { Made } from "./statement.js";

/**
 * Every later theory beside the first one that predicts the same mean: the factor by which N* falls, [eq:n-star-gain], with an interval
 * from resamples that both share (the same replicas decide both, so the ratio is known better than either).
 */
export function theoriesSideBySide(made: readonly Made[], confidence: number): readonly TheoryGain[] {
  const means = made.filter(({ statement }) => statement.quantity === "mean" && statement.nStar !== undefined);
  return means.flatMap((from, i) => {
    const isFirst = means.findIndex(({ statement }) => statement.observable === from.statement.observable) === i;
    if (!isFirst) return [];
    return means.filter((to, j) => j > i && to.statement.observable === from.statement.observable).map((to) => gainOf(from, to, confidence));
  });
}

function gainOf(from: Made, to: Made, confidence: number): TheoryGain {
  const named = { observable: from.statement.observable, from: from.statement.theory, to: to.statement.theory };
  const before = from.statement.nStar!.fitted;
  const after = to.statement.nStar!.fitted;
  if (!before.reached) return { ...named, outcome: "not-told", because: `N* of the ${from.statement.theory.title} is not reached: ${before.reason}` };
  if (after.reached) return ratioOf(named, from, to, confidence);
  const { certified } = to.statement.nStar!;
  if (certified.reached && certified.value < before.value) return atLeast(named, before, certified, confidence);
  return { ...named, outcome: "not-told", because: `N* of the ${to.statement.theory.title} is not reached: ${after.reason}` };
}

type Named = Pick<TheoryGain, "observable" | "from" | "to">;

function ratioOf(named: Named, from: Made, to: Made, confidence: number): TheoryGain {
  const [first, second] = [from.scaling!, to.scaling!];
  const [before, after] = [lastCrossing([first.exponent.fit], 1)!, lastCrossing([second.exponent.fit], 1)!];
  const value = before / after;
  const [a, b] = [crossingsOf([first.refits], 1), crossingsOf([second.refits], 1)];
  // A resample in which the better theory never arrives leaves no gain; one in which only the other does not has no bound.
  const ratios = a.map((crossing, i) => (Number.isFinite(b[i]!) ? crossing / b[i]! : 0));
  const interval = crossingInterval(ratios, confidence);
  if (interval === undefined) return { ...named, outcome: "not-told", because: "most resamples of the first theory never cross the tolerance" };
  return { ...named, outcome: "factor", value, interval, confidence, because: moved(before, after) };
}

/** The better theory shows no deviation that could cross: what is certified of it bounds its N* from above. */
function atLeast(named: Named, before: { readonly value: number; readonly interval: readonly [number, number | null] }, certified: Extract<CertifiedNStar, { readonly reached: true }>, confidence: number): TheoryGain {
  const least = before.interval[0] / certified.value;
  return {
    ...named,
    outcome: "at-least",
    value: before.value / certified.value,
    interval: [least, null],
    confidence,
    because: `N* falls from ${size(before.value)} to at most ${size(certified.value)}, the smallest size at which it is certified`,
  };
}

function moved(before: number, after: number): string {
  if (before === after) return `N* stays at ${size(before)}`;
  return `N* ${before > after ? "falls" : "rises"} from ${size(before)} to ${size(after)}`;
}

function size(n: number): string {
  return formatNumber(n);
}
