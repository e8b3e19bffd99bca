import type { MesoscopeRecord, Verdict } from "@mesoscope/contracts";
import { testDifference, type DifferenceTest, type IntervalEstimate } from "./chance.js";

/** What became of something that has an id in both records, or in one. */
export type Change = "equal" | "within-chance" | "beyond-chance" | "not-judged" | "only-in-first" | "only-in-second";

/** What a verdict says, without its words. */
export type VerdictNumbers = Pick<Verdict, "outcome" | "value" | "interval" | "confidence" | "unit" | "at">;

export interface VerdictChange {
  readonly id: string;
  readonly subject: string;
  readonly first?: VerdictNumbers;
  readonly second?: VerdictNumbers;
  readonly outcomeChanged: boolean;
  /** Whether the rule has other words: another tolerance or level may move an outcome alone. */
  readonly ruleChanged: boolean;
  readonly change: Change;
  /** The difference of the values in its standard errors; of their sizes, where the signs differ. */
  readonly z?: number;
  /** P(a difference this large by chance), adjusted by Holm over all tests of the two records. */
  readonly level?: number;
  readonly because: string;
}

/** A change that waits for the levels of all tests. */
export interface Draft<C> {
  readonly test?: DifferenceTest;
  /** @param level the adjusted level of `test` */
  settle(level: number | undefined, isBeyond: boolean): C;
}

/** Verdicts by id, in the order of the first record, then what only the second has. */
export function draftVerdicts(first: MesoscopeRecord, second: MesoscopeRecord): readonly Draft<VerdictChange>[] {
  const ofSecond = new Map(second.verdicts.map((verdict) => [verdict.id, verdict]));
  const ids = new Set(first.verdicts.map(({ id }) => id));
  return [
    ...first.verdicts.map((verdict) => {
      const other = ofSecond.get(verdict.id);
      return other === undefined ? alone(verdict, "only-in-first") : draftVerdict(verdict, other);
    }),
    ...second.verdicts.filter(({ id }) => !ids.has(id)).map((verdict) => alone(verdict, "only-in-second")),
  ];
}

function alone(verdict: Verdict, change: "only-in-first" | "only-in-second"): Draft<VerdictChange> {
  const side = change === "only-in-first" ? { first: numbersOf(verdict) } : { second: numbersOf(verdict) };
  const because = "there is nothing to compare it with";
  return { settle: () => ({ id: verdict.id, subject: verdict.subject, ...side, outcomeChanged: false, ruleChanged: false, change, because }) };
}

function draftVerdict(a: Verdict, b: Verdict): Draft<VerdictChange> {
  const test = comparable(a, b);
  const common = { id: a.id, subject: a.subject, first: numbersOf(a), second: numbersOf(b), outcomeChanged: a.outcome !== b.outcome, ruleChanged: a.rule !== b.rule };
  if (typeof test === "string") {
    const isEqual = !common.outcomeChanged && a.value === b.value && a.at === b.at && JSON.stringify(a.interval) === JSON.stringify(b.interval) && a.unit === b.unit;
    return { settle: () => ({ ...common, change: isEqual ? "equal" : "not-judged", because: isEqual ? "outcome and numbers are equal" : test }) };
  }
  const isSame = !common.outcomeChanged && a.value === b.value && a.interval!.every((end, i) => end === b.interval![i]);
  return {
    test,
    settle: (level, isBeyond) => ({
      ...common,
      change: isSame ? "equal" : isBeyond ? "beyond-chance" : "within-chance",
      ...test,
      level: level!,
      because: isSame ? "outcome and numbers are equal" : reasonOf(test, isBySize(a, b), common.ruleChanged && common.outcomeChanged),
    }),
  };
}

function reasonOf(test: DifferenceTest, isOpposite: boolean, ruleMoved: boolean): string {
  const compared = isOpposite ? "the difference of the sizes of the values, whose signs differ, beside its standard error" : "the difference of the values beside its standard error";
  const because = test.z === undefined ? "both intervals have no width, and the values differ: nothing is left to chance" : compared;
  return ruleMoved ? `${because}; the rule changed too, which may move the outcome alone` : because;
}

/** The test of the two values, or why there is none. */
function comparable(a: Verdict, b: Verdict): DifferenceTest | string {
  if (a.value === undefined || b.value === undefined) return missing("value", a.value, b.value);
  if (a.interval === undefined || b.interval === undefined) return missing("interval", a.interval, b.interval);
  if (a.confidence === undefined || b.confidence === undefined) return missing("confidence of the interval", a.confidence, b.confidence);
  if ((a.unit ?? "1") !== (b.unit ?? "1")) return "the units differ";
  if (isElsewhere(a, b)) return `the first number was found at ${cut(a.at!)}, the second at ${cut(b.at!)}: they are not the same number, and are not compared`;
  const [first, second] = [{ value: a.value, interval: a.interval, confidence: a.confidence }, { value: b.value, interval: b.interval, confidence: b.confidence }];
  const test = testDifference(first, second);
  // Where the place is not told, the number may be the largest of many deviations, and which entry is the largest is chance, too: its sign says nothing then.
  if (test?.z !== undefined && isBySize(a, b)) return testDifference(bySize(first), bySize(second))!;
  return test ?? "an interval is upside down, or its width is beyond what numbers can hold";
}

/** Whether both records tell where their number was found, and tell other places: another entry was the worst one. */
function isElsewhere(a: Verdict, b: Verdict): boolean {
  return a.at !== undefined && b.at !== undefined && a.at !== b.at;
}

function isBySize(a: Verdict, b: Verdict): boolean {
  return (a.at === undefined || b.at === undefined) && Math.sign(a.value!) * Math.sign(b.value!) < 0;
}

function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/** An estimate of the size of what it estimates; the width of its interval stays. */
function bySize({ value, interval: [lower, upper], confidence }: IntervalEstimate): IntervalEstimate {
  return value < 0 ? { value: -value, interval: [-upper, -lower], confidence } : { value, interval: [lower, upper], confidence };
}

function missing(what: string, a: unknown, b: unknown): string {
  const where = a === undefined && b === undefined ? "neither record has" : `the ${a === undefined ? "first" : "second"} record does not have`;
  return `${where} the ${what}: chance cannot be told`;
}

function numbersOf({ outcome, value, interval, confidence, unit, at }: Verdict): VerdictNumbers {
  return {
    outcome,
    ...(value === undefined ? {} : { value }),
    ...(interval === undefined ? {} : { interval }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(unit === undefined ? {} : { unit }),
    ...(at === undefined ? {} : { at }),
  };
}
