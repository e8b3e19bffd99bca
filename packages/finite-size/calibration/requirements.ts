/** @file What is required of each count, and whether it is met. The bounds are those of the issue, not of what was found. */
import { clopperPearsonInterval } from "../src/index.js";
import { atBoundary, atRatio } from "./curve-study.js";
import { LAWS } from "./laws.js";
import { CONFIDENCE, LEVEL, RATIOS, type ScalingScenario, type Scenario } from "./scenario.js";
import { shareOf, type Count, type Tally } from "./tally.js";

/** Shares in [least, most], widened by a number of binomial standard errors at the bound. */
export interface Rule {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly errors: number;
  /** Counts of each study: its standard error is that of the studies. Default 1. */
  readonly signs?: number;
}

export interface Judgement extends Rule, Count {
  readonly scenario: string;
  readonly interval: readonly [number, number];
  readonly met: boolean;
}

const covers = (what: string): Rule => ({ what, least: 0.93, most: 0.97, errors: 0 });
/** A test whose level is 5 %: shares of 5 % and two standard errors. */
const atLevel = (what: string): Rule => ({ what, least: 0, most: LEVEL, errors: 2 });
const atMost = (what: string, most: number): Rule => ({ what, least: 0, most, errors: 0 });
const atLeast = (what: string, least: number): Rule => ({ what, least, most: 1, errors: 0 });

/** The rules of a scenario; none for one that is shown as a limit. */
export function rulesOf(scenario: Scenario): readonly Rule[] {
  if (scenario.limit !== undefined) return [];
  switch (scenario.kind) {
    case "curve": {
      const often = scenario.diverging !== undefined && scenario.diverging.share > 0.01;
      const median = scenario.diverging === undefined && Number.isFinite(LAWS[scenario.law].median);
      return [covers("mean covered"), covers("spread covered"), ...(median ? [covers("median covered")] : []), ...(["mean", "spread"] as const).flatMap((quantity) => outcomeRules(quantity, often))];
    }
    case "scaling":
      return [covers("mean covered"), covers("spread covered"), covers("exponent covered"), covers("spread exponent covered"), ...nStarRules(scenario)];
    case "series":
      return [covers("mean covered"), ...seriesRules(scenario.sharpness >= 8)];
    case "joint":
      return [
        atLeast("joint holds, all at 0.33", 0.8),
        atLevel("joint holds, all at 1.00"),
        atLevel("joint holds, one at 1.00"),
        ...["all at 0.33", "one at 1.00", "all at 1.00"].flatMap((at) => [atLevel(`joint fails, ${at}`), atLevel(`joint finding fails, ${at}`)]),
      ];
  }
}

/** Power near zero, false "holds" at the boundary, false "fails" within half of it and at the boundary. Where many diverge, "holds" is forbidden. */
function outcomeRules(quantity: "mean" | "spread", often: boolean): readonly Rule[] {
  return RATIOS.flatMap((ratio): readonly Rule[] => {
    const size = Math.abs(ratio);
    const holds = atRatio(quantity, "holds", ratio);
    const fails = atRatio(quantity, "fails", ratio);
    const power = often ? atMost(holds, 0.05) : atLeast(holds, 0.8);
    if (size <= 1 / 3) return [power, atMost(fails, LEVEL)];
    if (size <= 0.5) return [atMost(fails, LEVEL)];
    return [];
  }).concat((["holds", "fails"] as const).map((outcome) => ({ ...atLevel(atBoundary(quantity, outcome)), signs: 2 })), often && quantity === "mean" ? [atMost("holds although too many diverged", 0)] : []);
}

/** Kurtosis from which on a spread needs more replicas than these designs have. */
const HEAVY = 5;

function nStarRules({ exponent, predictedExponent, law }: ScalingScenario): readonly Rule[] {
  // That of a single run rests on the upper bound of a spread: not required where its tails are heavy, shown all the same.
  const single = LAWS[law].kurtosis < HEAVY ? [atLevel("N* of a single run certified too small")] : [];
  const always = [atLevel("N* certified too small"), covers("N* of a single run covered if reached"), ...single, atMost("fails within half the tolerance", LEVEL)];
  // A deviation that does not fall as predicted has no N* of this theory, and is not its finite-size effect.
  if (exponent !== predictedExponent) return [atMost("N* reached", 0.2), atMost("taken for a finite-size effect", 0.2), ...always];
  // Where replicas fall into two groups N* may be refused: the mean speaks for neither.
  const power = law === "bimodal" ? [] : [atLeast("N* reached", 0.8)];
  return [covers("N* covered if reached"), ...power, ...always];
}

function seriesRules(sharp: boolean): readonly Rule[] {
  const power = [atLeast("holds at 0.33", 0.8)];
  const falseHolds = ["-1.00", "1.00", "one entry"].map((at) => atLevel(`holds at ${at}`));
  const falseFails = ["-0.50", "0.33", "0.50"].map((at) => atMost(`fails somewhere at ${at}`, LEVEL));
  return [...(sharp ? power : []), ...falseHolds, ...falseFails, ...["-1.00", "1.00"].map((at) => atLevel(`fails somewhere at ${at}`))];
}

/** Judges the counts of a scenario; `errors`, if given, replaces that of every rule: for few studies. */
export function judge(scenario: Scenario, tally: Tally, errors?: number): readonly Judgement[] {
  return rulesOf(scenario).map((rule) => {
    const count = tally[rule.what] ?? { hits: 0, trials: 0 };
    const slack = errors ?? rule.errors;
    return { scenario: scenario.id, ...rule, errors: slack, ...count, interval: intervalOf(count), met: meets({ ...rule, errors: slack }, count) };
  });
}

/** Clopper and Pearson's interval. */
export function intervalOf({ hits, trials }: Count): readonly [number, number] {
  return trials === 0 ? [0, 1] : clopperPearsonInterval(hits, trials, CONFIDENCE);
}

/** The bounds that a share is held against, with their slack. */
export function boundsOf({ least, most, errors, signs = 1 }: Pick<Rule, "least" | "most" | "errors" | "signs">, trials: number): readonly [number, number] {
  const slack = (p: number): number => errors * Math.sqrt((p * (1 - p) * signs) / trials);
  return [least - slack(least), most + slack(most)];
}

/** A count without trials meets what it could not break; whether N* is told often enough is a rule of its own. */
function meets(rule: Rule, count: Count): boolean {
  if (count.trials === 0) return rule.least === 0 || rule.what.endsWith("if reached");
  const [least, most] = boundsOf(rule, count.trials);
  const share = shareOf(count);
  return share >= least && share <= most;
}
