import type { FailureReason, Verdict } from "@mesoscope/contracts";
import { divergedCaveat, formatNumber, formatPercent, formatWithInterval, toVerdict } from "@mesoscope/finite-size";
import { sizeInText } from "../one-bit/words.js";
import { CONFIDENCE, LEVEL, LONG_FLOOR, longHoldsFrom, type FiniteSizeCase } from "./cases.js";
import { CHAOTIC_BETA, type ExitCase } from "./exits.js";
import type { FiniteSizeParameters } from "./settings.js";

/** Of one regime: the mean along the trajectory, its spread, and the long run. */
export function regimeVerdicts(one: FiniteSizeCase, settings: FiniteSizeParameters): readonly Verdict[] {
  const words = { id: one.id, subject: one.title };
  return [toVerdict(one.comparison, one.mean, words), toVerdict(one.comparison, one.spread, words), longVerdict(one, settings)];
}

/** Where the long run of few bits is another one than that of the map. */
function longVerdict(one: FiniteSizeCase, { longTolerance, longTokens }: FiniteSizeParameters): Verdict {
  const { id, title, long, mapSquare, caveat } = one;
  const last = long.at(-1)!;
  const outcome = caveat !== undefined && last.test.outcome === "holds" ? "undecided" : last.test.outcome;
  const from = longHoldsFrom(one);
  const failing = long.filter(({ test }) => test.outcome === "fails").at(-1);
  const below = failing === undefined ? "" : `; at N = ${sizeInText(failing.n)} it is ${formatWithInterval(failing.mean, failing.interval)}`;
  return {
    id: `${id}-long-run`,
    subject: `mean square of the first overlap in the long run, ${title}, theory: mean-field map`,
    outcome,
    rule: `Two one-sided tests at level ${formatPercent(LEVEL)} over the second half of ${longTokens} tokens: the ${formatPercent(1 - 2 * LEVEL)} interval of its deviation from the map lies inside the larger of ± ${formatPercent(longTolerance)} and ± ${LONG_FLOOR} (holds) or beyond it (fails). It holds from the smallest N from which on it holds at every size tested.`,
    value: last.mean,
    interval: last.interval,
    confidence: last.test.confidence,
    unit: "1",
    because: `At N = ${sizeInText(last.n)} the mean square is ${formatNumber(last.mean)}, that of the map ${formatNumber(mapSquare)}${from === undefined ? "" : `; they agree from N = ${sizeInText(from)} on`}${below}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: reasonOf(one) } : {}),
  };
}

/** Small orbits are left by noise; elsewhere nothing is known. */
function reasonOf({ long, mapSquare }: FiniteSizeCase): FailureReason {
  return long.at(-1)!.mean > 2 * mapSquare ? "escape" : "unexplained";
}

/** Slope in ln N, mean and law of the exit from the chaotic trajectory. */
export function exitVerdicts(exits: ExitCase, { exitTolerance }: FiniteSizeParameters): readonly Verdict[] {
  const { comparison, mean, law } = exits;
  const words = { id: "exit", subject: `chaos (β = ${CHAOTIC_BETA})` };
  return [slopeVerdict(exits, exitTolerance), toVerdict(comparison, mean, words), toVerdict(comparison, law, words)];
}

const NORMAL_95 = 1.6448536269514722;

function slopeVerdict({ slope, predictedSlope, ensembles }: ExitCase, tolerance: number): Verdict {
  const ratio = slope.value / predictedSlope.value;
  const [mine, theirs] = [slope.error / slope.value, predictedSlope.error / predictedSlope.value];
  const half = NORMAL_95 * ratio * Math.sqrt(mine * mine + theirs * theirs);
  const interval = [ratio - 1 - half, ratio - 1 + half] as const;
  const caveat = ensembles.map((ensemble) => divergedCaveat(ensemble)).find((note) => note !== undefined) ?? (ensembles.some((ensemble) => ensemble.censored("exit") !== undefined) ? "some runs had not left by the last token" : undefined);
  const inside = interval[0] > -tolerance && interval[1] < tolerance && caveat === undefined;
  const outside = interval[1] < -tolerance || interval[0] > tolerance;
  return {
    id: "exit-slope",
    subject: `growth of the mean exit time with ln N, chaos (β = ${CHAOTIC_BETA}), theory: 1/(2λ)`,
    outcome: inside ? "holds" : outside ? "fails" : "undecided",
    rule: `Two one-sided tests at level ${formatPercent(LEVEL)}: the ${formatPercent(1 - 2 * LEVEL)} interval of the slope of the mean exit time in ln N, by weighted least squares, with the error of λ, lies inside ± ${formatPercent(tolerance)} of 1/(2λ) (holds) or beyond it (fails).`,
    value: ratio - 1,
    interval,
    confidence: 1 - 2 * LEVEL,
    unit: "1",
    because: `The slope is ${formatNumber(slope.value, 4)} ± ${formatNumber(slope.error, 2)} tokens, 1/(2λ) is ${formatNumber(predictedSlope.value, 4)} ± ${formatNumber(predictedSlope.error, 2)} (one standard error each): they differ by ${formatWithInterval(ratio - 1, interval, true)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outside ? { reason: "unexplained" as const } : {}),
  };
}

export { CONFIDENCE };
