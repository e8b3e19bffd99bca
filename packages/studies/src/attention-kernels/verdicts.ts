import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatPercent, formatWithInterval, toVerdict, type Equivalence } from "@mesoscope/finite-size";
import { caveatClause, guarded } from "../multi-head/tally-of-ensembles.js";
import { divergedCaveatOf } from "../one-bit/caveat.js";
import { CONFIDENCE, ENTRIES, LEVEL, statementOf, type KernelCase } from "./cases.js";
import { PRECISION, type DepthCase } from "./depths.js";
import { MEAN_SHARE, SPREAD_SHARE } from "./networks.js";
import type { WidthNoise } from "./noise.js";
import type { KernelStudyParameters } from "./settings.js";

export function kernelVerdicts(cases: readonly KernelCase[], noises: readonly WidthNoise[], settings: KernelStudyParameters): readonly Verdict[] {
  return cases.flatMap((one, i) => [
    ...sweepVerdicts(one, settings),
    one.alphaA === 1 ? powerVerdict(one, noises[i]!) : shareVerdict(one, noises[i]!),
    ...one.depths.map((depth) => depthVerdict(depth, settings)),
    ...networkVerdicts(one),
  ]);
}

function sweepVerdicts({ id, title, alongWidth, alongHeads, oneBlock }: KernelCase, { heads, width, exactHeads, L }: KernelStudyParameters): readonly Verdict[] {
  const wide = { id: `${id}-width`, subject: `${title}, L = ${L}, H = ${heads}` };
  const many = { id: `${id}-heads`, subject: `${title}, L = ${L}, N = ${width}` };
  const block = { id: `${id}-block`, subject: `${title}, one block on a given kernel, H = ${exactHeads}` };
  return ENTRIES.flatMap((observable) => [
    toVerdict(alongWidth, statementOf(alongWidth, "limit", observable, "mean"), wide),
    toVerdict(alongWidth, statementOf(alongWidth, "corrected", observable, "mean"), wide),
    toVerdict(alongWidth, statementOf(alongWidth, "corrected", observable, "spread"), wide),
    toVerdict(alongHeads, statementOf(alongHeads, "many-heads", observable, "mean"), many),
    toVerdict(alongHeads, statementOf(alongHeads, "corrected", observable, "spread"), many),
    toVerdict(oneBlock, statementOf(oneBlock, "exact", observable, "mean"), block),
    toVerdict(oneBlock, statementOf(oneBlock, "exact", observable, "spread"), block),
  ]);
}

/** Deviation of the power 1/2 of the spread that does not matter. */
const POWER_TOLERANCE = 0.05;

function powerVerdict({ id, title, alongWidth }: KernelCase, { exponent }: WidthNoise): Verdict {
  const caveat = divergedCaveatOf(alongWidth);
  const told = exponent !== undefined && !exponent.fit.atBound;
  const [low, high] = told ? exponent.interval : [-Infinity, Infinity];
  const [inside, beyond] = [low > 0.5 - POWER_TOLERANCE && high < 0.5 + POWER_TOLERANCE, low > 0.5 + POWER_TOLERANCE || high < 0.5 - POWER_TOLERANCE];
  return {
    id: `${id}-spread-power`,
    subject: `power of N with which the spread of H₁₁ over networks falls, ${title}, theory: 1/2`,
    outcome: guarded(inside ? "holds" : beyond ? "fails" : "undecided", caveat),
    rule: `The ${formatPercent(CONFIDENCE)} interval of the power, fitted to all widths, lies inside 1/2 ± ${POWER_TOLERANCE} (holds) or beyond it (fails).`,
    ...(told ? { value: exponent.fit.exponent, interval: exponent.interval, confidence: exponent.confidence, unit: "1" } : {}),
    because: told ? `The power is ${formatWithInterval(exponent.fit.exponent, exponent.interval)}${caveatClause(caveat)}.` : "No power could be fitted.",
    ...(beyond ? { reason: "finite-size" as const } : {}),
  };
}

/** Share by which the variance of very wide heads may differ from that of the heads' own differences. */
const SHARE = 0.2;

/** At alphaA = 1/2 the variance at the largest width is that of the differences between heads. */
function shareVerdict({ id, title, alongWidth }: KernelCase, { widths, found, lower, upper, left }: WidthNoise): Verdict {
  const [value, low, high] = [found.at(-1)! / left - 1, lower.at(-1)! / left - 1, upper.at(-1)! / left - 1];
  const caveat = divergedCaveatOf(alongWidth);
  const outcome = guarded(low > -SHARE && high < SHARE ? "holds" : low > SHARE || high < -SHARE ? "fails" : "undecided", caveat);
  return {
    id: `${id}-left-noise`,
    subject: `variance of H₁₁ over networks of very wide heads, ${title}, theory: 1/H times the variance between heads`,
    outcome,
    rule: `The ${formatPercent(CONFIDENCE)} interval of H Var H₁₁ at the largest width lies inside ± ${formatPercent(SHARE)} of what is left for N → ∞ (holds) or beyond it (fails).`,
    value,
    interval: [low, high],
    confidence: CONFIDENCE,
    unit: "1",
    at: `N = ${widths.at(-1)!}`,
    because: `At N = ${widths.at(-1)!} H Var H₁₁ is ${formatWithInterval(found.at(-1)!, [lower.at(-1)!, upper.at(-1)!])}, for N → ∞ ${formatNumber(left)} is left${caveatClause(caveat)}.`,
    ...(outcome === "fails" ? { reason: "finite-size" as const } : {}),
  };
}

/** Two computed numbers are compared: the interval is what the errors of the solver leave open, and has no confidence. */
function depthVerdict({ id, name, alphaL, points, power }: DepthCase, { depthTolerance }: KernelStudyParameters): Verdict {
  const interval = [power.value - power.error, power.value + power.error] as const;
  const [inside, beyond] = [interval[0] > 1 - depthTolerance && interval[1] < 1 + depthTolerance, interval[0] > 1 + depthTolerance || interval[1] < 1 - depthTolerance];
  const [before, last] = points.slice(-2).map(({ L }) => L);
  return {
    id: `${id}-depth-${alphaL === 1 ? "one" : "half"}`,
    subject: `power of 1/L with which the kernel of infinitely wide networks comes to that of infinite depth, ${name}, theory: 1`,
    outcome: inside ? "holds" : beyond ? "fails" : "undecided",
    rule: `The power between the two largest depths lies inside 1 ± ${depthTolerance} (holds) or beyond it (fails) whatever the error of the solver. Both kernels are computed and no network is drawn: the interval is that of the numerical error, at least ${formatNumber(PRECISION.tolerance)} an entry, and has no chance in it.`,
    value: power.value,
    interval,
    unit: "1",
    because: `Between L = ${before} and L = ${last} the largest deviation of an entry falls with the power ${formatNumber(power.value)} of 1/L, ± ${formatNumber(power.error, 1)} by the errors of the solver.`,
    ...(beyond ? { reason: "finite-size" as const } : {}),
  };
}

function networkVerdicts({ id, title, networks: { N, H, mean, spread, ended: { caveat } } }: KernelCase): readonly Verdict[] {
  const of = (name: string, words: string, test: Equivalence, rule: string): Verdict => ({
    id: `${id}-networks-${name}`,
    subject: `${words} of H₁₁ over networks drawn with all their weights, ${title}, N = ${N}, H = ${H}, theory: chain of kernels`,
    outcome: guarded(test.outcome, caveat),
    rule: `Two one-sided tests at level ${formatPercent(LEVEL)}: ${rule}`,
    value: test.value,
    interval: test.interval,
    confidence: test.confidence,
    unit: "1",
    because: `It differs by ${formatWithInterval(test.value, test.interval)}${caveatClause(caveat)}.`,
    ...(test.outcome === "fails" ? { reason: "unexplained" as const } : {}),
  });
  return [
    of("mean", "mean", mean, `the deviation from the mean of the chain, in standard deviations of a network and with the error of that mean, lies inside ± ${MEAN_SHARE} (holds) or beyond it (fails).`),
    of("spread", "standard deviation", spread, `its relative deviation from that of the chain lies inside ± ${formatPercent(SPREAD_SHARE)} (holds) or beyond it (fails).`),
  ];
}
