import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatPercent, formatWithInterval, toVerdict } from "@mesoscope/finite-size";
import { caveatClause, guarded } from "../multi-head/tally-of-ensembles.js";
import { divergedCaveatOf } from "../one-bit/caveat.js";
import { CONFIDENCE, LEVEL, type DiversityCase, type Moment } from "./cases.js";
import { SHARE } from "./explicit.js";
import type { DiversityParameters } from "./settings.js";

export function diversityVerdicts(cases: readonly DiversityCase[], settings: DiversityParameters): readonly Verdict[] {
  return cases.flatMap((one) => {
    const { id, title, comparison, moments } = one;
    const words = { id, subject: `${title}, H = ${settings.heads}` };
    return [
      ...moments.flatMap((moment) => [toVerdict(comparison, moment.law, words), toVerdict(comparison, moment.variance, words), powerVerdict(one, moment, settings)]),
      narrowVerdict(one, settings),
      explicitVerdict(one),
    ];
  });
}

/** Power of 1/N in the variance over heads that the leading order predicts. */
export function predictedPower({ alphaA }: DiversityCase): number {
  return 2 * alphaA - 1;
}

function powerVerdict(one: DiversityCase, { id, name, power, from }: Moment, { powerTolerance }: DiversityParameters): Verdict {
  const predicted = predictedPower(one);
  const caveat = divergedCaveatOf(one.comparison);
  const [low, high] = power.interval;
  const inside = low > predicted - powerTolerance && high < predicted + powerTolerance;
  const beyond = low > predicted + powerTolerance || high < predicted - powerTolerance;
  return {
    id: `${one.id}-variance-power-${id}`,
    subject: `power of 1/N in the variance of a logit over the heads of a network, ${name}, ${one.title}, theory: ${predicted}`,
    outcome: guarded(inside ? "holds" : beyond ? "fails" : "undecided", caveat),
    rule: `The ${formatPercent(CONFIDENCE)} interval of p in N^−p, fitted from N = ${from} on, lies inside ${predicted} ± ${powerTolerance} (holds) or beyond it (fails).`,
    value: power.fit.exponent,
    interval: power.interval,
    confidence: power.confidence,
    unit: "1",
    because: `From N = ${from} on p is ${formatWithInterval(power.fit.exponent, power.interval)}, where ${predicted} is predicted${low > 2 || high < 2 ? "; 2 is excluded" : ""}${caveatClause(caveat)}.`,
    ...(beyond ? { reason: "finite-size" as const } : {}),
  };
}

/** A check of the checks: a head of one neuron is not Gaussian, and the comparison of laws has to see it. */
function narrowVerdict({ id, title, moments: [start], ensembles, comparison }: DiversityCase, { lawTolerance }: DiversityParameters): Verdict {
  const found = start.wide.bySize[0]!.law!;
  const N = ensembles[0]!.n;
  const caveat = divergedCaveatOf(comparison);
  const seen = found.interval[0] > 0 && found.goodness < LEVEL && found.value > found.interval[1] - found.value;
  return {
    id: `${id}-narrow-not-gaussian`,
    subject: `that the law of a logit over heads of width ${N} before training is told from a Gaussian, ${title}, theory: product of two Gaussian vectors`,
    outcome: guarded(seen ? "holds" : "undecided", caveat),
    rule: `The Kolmogorov-Smirnov distance from a Gaussian of the same variance is significant at level ${formatPercent(LEVEL)} and its ${formatPercent(found.confidence)} interval lies above 0 (holds); otherwise undecided. Where laws are compared, ± ${lawTolerance} does not matter.`,
    value: found.value,
    interval: found.interval,
    confidence: found.confidence,
    unit: "1",
    at: `N = ${N}`,
    because: `The distance is ${formatWithInterval(found.value, found.interval)}, by chance as large in ${formatNumber(100 * found.goodness, 2)} % of the cases${caveatClause(caveat)}.`,
  };
}

function explicitVerdict({ id, title, explicit: { N, test, ended: { caveat } } }: DiversityCase): Verdict {
  return {
    id: `${id}-all-weights`,
    subject: `mean variance of a logit over heads after training, networks trained with all their weights, ${title}, N = ${N}, theory: closed map of the heads`,
    outcome: guarded(test.outcome, caveat),
    rule: `Two one-sided tests at level ${formatPercent(LEVEL)}: the relative deviation from the mean of the closed map, with the error of that mean, lies inside ± ${formatPercent(SHARE)} (holds) or beyond it (fails).`,
    value: test.value,
    interval: test.interval,
    confidence: test.confidence,
    unit: "1",
    because: `It differs by ${formatWithInterval(test.value, test.interval, true)}${caveatClause(caveat)}.`,
    ...(test.outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}
