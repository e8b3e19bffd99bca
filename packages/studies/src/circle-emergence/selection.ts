/** @file Which mode departs first: counts of winners against the exact integral. */
import type { Verdict } from "@mesoscope/contracts";
import { divergedCaveat, clopperPearsonInterval, compareProportions, formatNumber, formatPercent, formatWithInterval, moreReplicasFor, type CaseAnswer, type Ensemble, type JudgedOutcome, type ProportionsComparison } from "@mesoscope/finite-size";
import { modeSelection, type LinearModel } from "@mesoscope/mean-field-pde";

/** Winners at one size beside the law of competing modes. */
export interface SelectionResult {
  readonly n: number;
  /** Modes that compete, and what the law gives each of them. */
  readonly modes: readonly number[];
  readonly proportions: ProportionsComparison;
  /** What forbids "holds" although the numbers would allow it. */
  readonly caveat: string | undefined;
}

/** Counts the winners of an ensemble; replicas in which none departed belong to no mode. */
export function selectionOf(ensemble: Ensemble, modes: readonly number[], model: LinearModel, r: number, confidence: number): SelectionResult {
  const wins = ensemble.values("wins");
  const counts = modes.map((_, i) => wins.reduce((sum, mark, at) => (at % modes.length === i ? sum + mark : sum), 0));
  const law = new Map(modeSelection({ ...model, n: ensemble.n, r, modes }).map(({ k, probability }) => [k, probability]));
  return { n: ensemble.n, modes, proportions: compareProportions(counts, modes.map((k) => law.get(k) ?? 0), { confidence }), caveat: divergedCaveat(ensemble) };
}

/** The mode whose share is farthest from the law, with its interval at confidence 1 - 2 level, and whether all shares are near enough. */
interface Judged {
  readonly outcome: JudgedOutcome;
  readonly worst: { readonly k: number; readonly deviation: number; readonly low: number; readonly high: number };
}

/** Holds if the exact interval of every share, at confidence 1 - 2 level, lies within the tolerance of the law's probability. */
function judgeSelection({ modes, proportions, caveat }: SelectionResult, tolerance: number, level: number): Judged {
  const { categories, total } = proportions;
  const tests = categories.map(({ count, predicted }, i) => {
    const [low, high] = clopperPearsonInterval(count, total, 1 - 2 * level);
    return { k: modes[i]!, deviation: count / total - predicted, low: low - predicted, high: high - predicted };
  });
  const worst = tests.reduce((a, b) => (Math.abs(b.deviation) > Math.abs(a.deviation) ? b : a));
  if (caveat === undefined && tests.every(({ low, high }) => low > -tolerance && high < tolerance)) return { outcome: "holds", worst };
  // Bonferroni over the modes: with many of them one will look far off by chance.
  const fails = categories.some(({ count, predicted }) => {
    const [low, high] = clopperPearsonInterval(count, total, 1 - (2 * level) / categories.length);
    return low - predicted > tolerance || high - predicted < -tolerance;
  });
  return { outcome: fails ? "fails" : "undecided", worst };
}

export function selectionVerdict(words: Pick<Verdict, "id" | "subject">, result: SelectionResult, tolerance: number, level: number): Verdict {
  const { n, proportions, caveat } = result;
  const { outcome, worst } = judgeSelection(result, tolerance, level);
  return {
    ...words,
    outcome,
    rule: `The Clopper-Pearson interval (${formatPercent(1 - 2 * level)}) of every mode's share of first departures lies within ± ${formatNumber(tolerance)} of the exact integral (holds), or some lies beyond (fails, Bonferroni over the modes).`,
    value: worst.deviation,
    interval: [worst.low, worst.high],
    confidence: 1 - 2 * level,
    unit: "1",
    at: `n = ${n}, k = ${worst.k}`,
    because: `Over ${proportions.total} runs at n = ${n} the largest deviation of a share is ${formatNumber(worst.deviation, 2)}, of mode ${worst.k}; goodness of fit ${formatNumber(proportions.chiSquare.goodness, 2)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

/** The same as an answer for words. */
export function selectionAnswer(name: string, result: SelectionResult, tolerance: number, level: number): CaseAnswer {
  const { outcome, worst } = judgeSelection(result, tolerance, level);
  const interval = [worst.low, worst.high] as const;
  const more = outcome === "undecided" && result.caveat === undefined ? moreReplicasFor({ value: worst.deviation, interval, margins: [-tolerance, tolerance] }) : undefined;
  return {
    name,
    answer: {
      outcome,
      axis: "n",
      sizes: [result.n, result.n],
      tolerance: `${formatNumber(tolerance)} of probability`,
      deviation: formatWithInterval(worst.deviation, interval),
      distance: Math.abs(worst.deviation) / tolerance,
      from: { kind: "none" },
      ...(outcome === "fails" ? { reason: "unexplained" } : {}),
      ...(result.caveat === undefined ? {} : { caveat: result.caveat }),
      ...(more === undefined ? {} : { moreReplicas: more }),
    },
  };
}
