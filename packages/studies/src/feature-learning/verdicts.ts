import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatPercent, toVerdict, type Exponent } from "@mesoscope/finite-size";
import type { LearningCase } from "./cases.js";
import { CONFIDENCE, LEVEL, type LearningParameters } from "./settings.js";
import { kernelRegimeInWords, meanInWords, powerInWords } from "./words.js";

/** Loss that the kernel regime cannot pass, [eq:averaging-floor]. */
export const FLOOR = 0.25;

/** Of one network: the kernel regime at little richness, both orders of what richness adds, the floor, and theories along widths. */
export function learningVerdicts(one: LearningCase, settings: LearningParameters): readonly Verdict[] {
  const { id, title, evenPower, oddPower, oddWidthPower, poor, rich } = one;
  const power = (name: string, subject: string, exponent: Exponent | undefined, predicted: number, over: string): Verdict => powerVerdict(one, settings, { id: `${id}-${name}`, subject: `${subject}, ${title}`, exponent, predicted, over });
  return [
    regimeVerdict(one, settings),
    power("even-power", "power of γ₀ of the deviation from the own kernel descent that is even in the read-out", evenPower, 2, "over the three smallest γ₀"),
    power("odd-power", "power of γ₀ of the part of the output that is odd in the read-out", oddPower, 1, "over the three smallest γ₀"),
    power("odd-width-power", "power of 1/n of the part of the output that is odd in the read-out", oddWidthPower, 0.5, `over all widths at γ₀ = ${formatNumber(poor.gamma0)}`),
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

interface PowerWords {
  readonly id: string;
  readonly subject: string;
  readonly exponent: Exponent | undefined;
  readonly predicted: number;
  readonly over: string;
}

function powerVerdict({ caveat }: LearningCase, { powerTolerance }: LearningParameters, { id, subject, exponent, predicted, over }: PowerWords): Verdict {
  const rule = `The ${formatPercent(CONFIDENCE)} interval of the power, fitted ${over}, lies inside ${formatNumber(predicted)} ± ${powerTolerance} (holds) or beyond it (fails).`;
  if (exponent === undefined) return { id, subject, rule, outcome: "undecided", because: "Too few networks came to the end." };
  const [low, high] = exponent.interval;
  const inside = low > predicted - powerTolerance && high < predicted + powerTolerance;
  const beyond = low > predicted + powerTolerance || high < predicted - powerTolerance;
  const outcome = beyond ? "fails" : inside && caveat === undefined ? "holds" : "undecided";
  return {
    id,
    subject,
    rule,
    outcome,
    value: exponent.fit.exponent,
    interval: exponent.interval,
    confidence: CONFIDENCE,
    unit: "1",
    because: `The power is ${powerInWords(exponent)}, predicted ${formatNumber(predicted)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
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
