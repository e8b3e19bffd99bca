import type { FailureReason, Verdict } from "@mesoscope/contracts";
import { adjustLevels, certifiedNStar, formatPercent, formatWithInterval, moreReplicasFor, type CaseAnswer, type HoldsFrom, type JudgedOutcome } from "@mesoscope/finite-size";
import type { LinearModel } from "@mesoscope/mean-field-pde";
import { flowInWords, shortFlow } from "../findings/flows.js";
import { LEVEL, type MeasuredRate } from "./measured-rates.js";

type TheoryId = keyof MeasuredRate["tests"];

const titles: Readonly<Record<TheoryId, string>> = { limit: "growth rate of the limit", corrected: "growth rate with 1/n correction" };

/** All rates of one flow in one dimension at one size against one theory. */
interface JudgedGroup {
  readonly outcome: JudgedOutcome;
  readonly reason?: FailureReason;
  readonly caveat: string | undefined;
  /** The rate that is farthest off, its deviation and interval as shares of the fastest rate. */
  readonly worst: MeasuredRate;
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
}

/** One verdict for each flow, dimension and theory, over all inverse temperatures and degrees at the largest size. */
export function growthVerdicts(rates: readonly MeasuredRate[], tolerance: number): readonly Verdict[] {
  return grouped(atSize(rates, largestSize(rates))).flatMap((group) => (["limit", "corrected"] as const).map((theory) => verdictOf(group, theory, tolerance)));
}

/** The same as answers for words, over all sizes, one for each flow and dimension. */
export function growthAnswers(rates: readonly MeasuredRate[], theory: TheoryId, tolerance: number): readonly CaseAnswer[] {
  return grouped(rates).map((group) => answerOfGroup(group, theory, tolerance));
}

function answerOfGroup(group: readonly MeasuredRate[], theory: TheoryId, tolerance: number): CaseAnswer {
  const { model } = group[0]!;
  const sizes = [...new Set(group.map(({ n }) => n))].sort((a, b) => a - b);
  const judged = sizes.map((n) => judgeGroup(atSize(group, n), theory));
  const { outcome, reason, caveat, worst, value, interval } = judged.at(-1)!;
  const certified = certifiedNStar(sizes, judged.map((one) => one.outcome));
  const more = outcome === "undecided" && caveat === undefined ? moreReplicasFor({ value, interval, margins: [-tolerance, tolerance] }) : undefined;
  const from: HoldsFrom = !certified.reached ? { kind: "none" } : certified.value === sizes[0] ? { kind: "all" } : { kind: "tested", value: certified.value, failing: certified.interval[0] };
  const why = reason ?? judged.findLast((one) => one.reason !== undefined)?.reason;
  return {
    name: `${shortFlow(model.flow)}, d = ${model.d}`,
    answer: {
      outcome,
      axis: "n",
      sizes: [sizes[0]!, sizes.at(-1)!],
      tolerance: `${formatPercent(tolerance)} of the fastest rate`,
      deviation: formatWithInterval(value, interval, true),
      distance: Math.abs(value) / tolerance,
      from,
      ...(why === undefined ? {} : { reason: why }),
      ...(why === "finite-size" ? { evidence: `at n = ${sizes.at(-1)!} the known 1/n correction slows the growth of degree ${worst.k} at β = ${worst.model.beta} by ${formatPercent(slowdownOf(worst), 2)}, and with it the theory holds` } : {}),
      ...(caveat === undefined ? {} : { caveat }),
      ...(more === undefined ? {} : { moreReplicas: more }),
    },
  };
}

/** How a flow in a dimension is named. */
export function caseOf({ flow, d }: Pick<LinearModel, "flow" | "d">): string {
  return `${flowInWords(flow)}, d = ${d}`;
}

function largestSize(rates: readonly MeasuredRate[]): number {
  return Math.max(...rates.map(({ n }) => n));
}

function atSize(rates: readonly MeasuredRate[], size: number): readonly MeasuredRate[] {
  return rates.filter(({ n }) => n === size);
}

function grouped(rates: readonly MeasuredRate[]): readonly (readonly MeasuredRate[])[] {
  const groups = new Map<string, MeasuredRate[]>();
  for (const one of rates) {
    const name = `${one.model.flow} ${one.model.d}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
}

/** Holds if every rate is equivalent; fails if some rate is off after Holm's adjustment over the group. */
function judgeGroup(group: readonly MeasuredRate[], theory: TheoryId): JudgedGroup {
  const fails = failsJointly(group, theory);
  const caveat = group.find((one) => one.caveat !== undefined)?.caveat;
  const holds = caveat === undefined && group.every(({ tests }) => tests[theory].outcome === "holds");
  const worst = group.reduce((a, b) => (deviation(b, theory) > deviation(a, theory) ? b : a));
  const { value, interval, confidence } = worst.tests[theory];
  const scale = worst.fastest;
  const reason = theory === "limit" && group.every(({ tests }) => tests.corrected.outcome === "holds") ? "finite-size" : "unexplained";
  return { outcome: holds ? "holds" : fails ? "fails" : "undecided", caveat, worst, value: value / scale, interval: [interval[0] / scale, interval[1] / scale], confidence, ...(!holds && fails ? { reason } : {}) };
}

function slowdownOf({ corrected, limit }: MeasuredRate): number {
  return 1 - corrected / limit;
}

function verdictOf(group: readonly MeasuredRate[], theory: TheoryId, tolerance: number): Verdict {
  const { model, n, replicas } = group[0]!;
  const { outcome, reason, caveat, worst, value, interval, confidence } = judgeGroup(group, theory);
  const where = `degree k = ${worst.k}, β = ${worst.model.beta}, n = ${n}`;
  return {
    id: `rates-${model.flow.toLowerCase()}-d${model.d}-${theory}`,
    subject: `growth rates, ${caseOf(model)}, theory: ${titles[theory]}`,
    outcome,
    rule: `Two one-sided tests at level ${formatPercent(LEVEL)} for each of ${group.length} rates from ${replicas} replicas: all intervals lie inside ± ${formatPercent(tolerance)} of the fastest rate (holds), or some lies beyond after Holm's adjustment (fails).`,
    value,
    interval,
    confidence,
    unit: "1",
    at: where,
    because:
      `The largest deviation is ${formatWithInterval(value, interval, true)} of the fastest rate, at ${where}` +
      (theory === "limit" ? `; at this n the 1/n correction slows this rate by ${formatPercent(slowdownOf(worst), 2)}.` : ".") +
      (caveat === undefined ? "" : ` ${caveat}.`),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Some rate is off after Holm's adjustment. */
function failsJointly(group: readonly MeasuredRate[], theory: TheoryId): boolean {
  return adjustLevels(group.map(({ tests }) => tests[theory].failsAt), "holm").some((level) => level < LEVEL);
}

function deviation(one: MeasuredRate, theory: TheoryId): number {
  return Math.abs(one.tests[theory].value) / one.fastest;
}
