import type { Table, Verdict } from "@mesoscope/contracts";
import { adjustLevels, formatNumber, formatPercent, formatWithInterval } from "@mesoscope/finite-size";
import { LEVEL, type MeasuredRate } from "./measured-rates.js";

type TheoryId = keyof MeasuredRate["tests"];

const titles: Readonly<Record<TheoryId, string>> = { limit: "growth rate of the limit", corrected: "growth rate with 1/n correction" };

/** One verdict for each flow, dimension and theory, over all inverse temperatures and degrees at the largest size. */
export function growthVerdicts(rates: readonly MeasuredRate[], tolerance: number): readonly Verdict[] {
  const most = Math.max(...rates.map(({ n }) => n));
  const groups = grouped(rates.filter(({ n }) => n === most));
  return [...groups].flatMap(([, group]) => (["limit", "corrected"] as const).map((theory) => verdictOf(group, theory, tolerance)));
}

function grouped(rates: readonly MeasuredRate[]): ReadonlyMap<string, readonly MeasuredRate[]> {
  const groups = new Map<string, MeasuredRate[]>();
  for (const one of rates) {
    const name = `${one.model.flow} ${one.model.d}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return groups;
}

/** Holds if every rate is equivalent; fails if some rate is off after Holm's adjustment over the group. */
function verdictOf(group: readonly MeasuredRate[], theory: TheoryId, tolerance: number): Verdict {
  const { model, n, replicas } = group[0]!;
  const tests = group.map((one) => one.tests[theory]);
  const fails = failsJointly(group, theory);
  const caveat = group.find((one) => one.caveat !== undefined)?.caveat;
  const holds = caveat === undefined && tests.every(({ outcome }) => outcome === "holds");
  const worst = group.reduce((a, b) => (deviation(b, theory) > deviation(a, theory) ? b : a));
  const { value, interval, confidence } = worst.tests[theory];
  const scale = worst.fastest;
  const where = `k = ${worst.k}, β = ${worst.model.beta}, n = ${n}`;
  const slowdown = 1 - worst.corrected / worst.limit;
  return {
    id: `rates-${model.flow.toLowerCase()}-d${model.d}-${theory}`,
    subject: `growth rates, ${model.flow}, d = ${model.d}, theory: ${titles[theory]}`,
    outcome: holds ? "holds" : fails ? "fails" : "undecided",
    rule: `Two one-sided tests at level ${formatPercent(LEVEL)} for each of ${group.length} rates from ${replicas} replicas: all intervals lie inside ± ${formatPercent(tolerance)} of the fastest rate (holds), or some lies beyond after Holm's adjustment (fails).`,
    value: value / scale,
    interval: [interval[0] / scale, interval[1] / scale],
    confidence,
    unit: "1",
    because:
      `The largest deviation is ${formatWithInterval(value / scale, [interval[0] / scale, interval[1] / scale], true)} of the fastest rate, at ${where}` +
      (theory === "limit" ? `; at this n the 1/n correction slows this rate by ${formatPercent(slowdown, 2)}.` : ".") +
      (caveat === undefined ? "" : ` ${caveat}.`),
    ...(!holds && fails ? { reason: theory === "limit" && group.every((one) => one.tests.corrected.outcome === "holds") ? ("finite-size" as const) : ("unexplained" as const) } : {}),
  };
}

/** Some rate is off after Holm's adjustment. */
function failsJointly(group: readonly MeasuredRate[], theory: TheoryId): boolean {
  return adjustLevels(group.map(({ tests }) => tests[theory].failsAt), "holm").some((level) => level < LEVEL);
}

function deviation(one: MeasuredRate, theory: TheoryId): number {
  return Math.abs(one.tests[theory].value) / one.fastest;
}

/** Every measured rate beside both theories. */
export function ratesTable(rates: readonly MeasuredRate[]): Table {
  return {
    id: "rates",
    title: "Every measured growth rate",
    columns: ["flow", "d", "β", "k", "n", "replicas", "γ limit", "γ corrected", "γ measured", "95 % interval", "limit", "corrected"].map((title, i) => ({ id: `c${i}`, title })),
    rows: rates.map(({ model, k, n, replicas, rate, limit, corrected, tests }) => [
      model.flow,
      model.d,
      model.beta,
      k,
      n,
      replicas,
      round(limit),
      round(corrected),
      round(rate.value[0]!),
      `[${formatNumber(rate.lower[0]!, 4)}, ${formatNumber(rate.upper[0]!, 4)}]`,
      tests.limit.outcome,
      tests.corrected.outcome,
    ]),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
