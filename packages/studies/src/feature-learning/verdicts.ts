import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatPercent, toVerdict } from "@mesoscope/finite-size";
import type { LearningCase } from "./cases.js";
import type { Power } from "./orders.js";
import { CONFIDENCE, LEVEL, type LearningParameters } from "./settings.js";
import { kernelRegimeInWords, meanInWords, powerInWords } from "./words.js";

/** Loss that the kernel regime cannot pass, [eq:averaging-floor]. */
export const FLOOR = 0.25;

/** Of one network: the kernel regime at little richness, both orders of what richness adds, the floor, and theories along widths. */
export function learningVerdicts(one: LearningCase, settings: LearningParameters): readonly Verdict[] {
  const { id, title, poor, rich } = one;
  return [
    regimeVerdict(one, settings),
    widthVerdict(one, settings),
    floorVerdict(one),
    ...[poor, ...(rich === undefined ? [] : [rich])].flatMap(({ gamma0, comparison, statements }) => statements.map((statement) => toVerdict(comparison, statement, { id: `${id}-${statement.theory.id}`, subject: `${title}, γ₀ = ${formatNumber(gamma0)}` }))),
  ];
}

/** Each network against the descent in its own kernel, at the smallest richness. */
function regimeVerdict(one: LearningCase, { tolerance }: LearningParameters): Verdict {
  const { id, title, points, caveat } = one;
  const first = points[0]!;
  const own = first.measured?.own;
  const words = {
    id: `${id}-kernel-regime`,
    subject: `outputs against the descent in the network's own kernel at the smallest richness, ${title}, theory: kernel regime`,
    rule: `Two one-sided tests at a joint level of ${formatPercent(LEVEL)} for all γ₀ (Šidák): the interval of the mean deviation that is even in the read-out, root mean square over inputs, lies below ${tolerance} (holds) or above it (fails).`,
  };
  if (own === undefined) return { ...words, outcome: "undecided", because: "Too few networks came to the end." };
  const outcome = own.outcome === "holds" && caveat !== undefined ? "undecided" : own.outcome;
  return {
    ...words,
    outcome,
    value: own.value,
    interval: own.interval,
    confidence: own.confidence,
    unit: "1",
    at: `γ₀ = ${formatNumber(first.gamma0)}`,
    because: `Within ${tolerance} the kernel of the start tells the outputs ${kernelRegimeInWords(one)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

const PREDICTED = 0.5;

/** The odd part is an effect of finite width. */
function widthVerdict({ id, title, caveat, poor, oddWidthPower }: LearningCase, { powerTolerance }: LearningParameters): Verdict {
  const words = {
    id: `${id}-odd-width-power`,
    subject: `power of 1/n of the part of the output that is odd in the read-out, ${title}, γ₀ = ${formatNumber(poor.gamma0)}, theory: kernel regime`,
    rule: `The ${formatPercent(CONFIDENCE)} interval of the power, fitted over all widths, lies inside ${PREDICTED} ± ${powerTolerance} (holds) or beyond it (fails).`,
  };
  if (oddWidthPower === undefined) return { ...words, outcome: "undecided", because: "Too few networks came to the end." };
  const outcome = outcomeOf(oddWidthPower, powerTolerance);
  return {
    ...words,
    outcome: outcome === "holds" && caveat !== undefined ? "undecided" : outcome,
    ...oddWidthPower,
    confidence: CONFIDENCE,
    unit: "1",
    because: `The power is ${powerInWords(oddWidthPower)}, predicted ${PREDICTED}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "finite-size" as const } : {}),
  };
}

function outcomeOf({ interval: [low, high] }: Power, tolerance: number): Verdict["outcome"] {
  if (low > PREDICTED + tolerance || high < PREDICTED - tolerance) return "fails";
  return low > PREDICTED - tolerance && high < PREDICTED + tolerance ? "holds" : "undecided";
}

/** Whether the richest networks go where the kernel regime of wide heads cannot. */
function floorVerdict(one: LearningCase): Verdict {
  const { id, title, points, caveat } = one;
  const last = points.at(-1)!;
  const words = {
    id: `${id}-below-floor`,
    subject: `loss of the richest networks below what uniform attention can reach, ${title}, theory: features learn`,
    rule: `The ${formatPercent(CONFIDENCE)} interval of the mean loss after the last step lies below ${FLOOR}, the least that networks can reach whose heads average all tokens (holds), or above it (fails).`,
  };
  const loss = last.measured?.estimates.loss;
  if (loss === undefined) return { ...words, outcome: "undecided", because: "Too few networks came to the end." };
  const interval = [loss.lower.at(-1)!, loss.upper.at(-1)!] as const;
  const outcome = interval[0] > FLOOR ? "fails" : interval[1] < FLOOR && caveat === undefined ? "holds" : "undecided";
  return {
    ...words,
    outcome,
    value: loss.value.at(-1)!,
    interval,
    confidence: CONFIDENCE,
    unit: "1",
    at: `γ₀ = ${formatNumber(last.gamma0)}`,
    because: `At γ₀ = ${formatNumber(last.gamma0)} the loss is ${meanInWords(last, "loss")}, and what only attention tells is answered by ${meanInWords(last, "hidden")} of 1${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}
