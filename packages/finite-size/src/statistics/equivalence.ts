/** @file Equivalence tests: not "no difference was seen", but "the difference is smaller than what matters". */
import { DomainError, expm1, log, log1p, requireInRange } from "@mesoscope/numerics";
import { studentisedInterval } from "./estimate.js";
import type { StudentisedLaw } from "./studentised-law.js";
import { summarise, type Resampling, type Summary } from "./summary.js";

/** The largest deviation of a mean that does not matter; with both given, the larger of the two. */
export interface Tolerance {
  /** As a share of the predicted value: 0.02 for 2 %. */
  readonly relative?: number;
  /** In the unit of the observable; needed where the prediction is zero. */
  readonly absolute?: number;
}

/** What an equivalence test found. Plain JSON. */
export interface Equivalence {
  readonly outcome: "holds" | "fails" | "undecided";
  /** The deviation found: relative to the prediction, or absolute, as `scale` says. */
  readonly value: number;
  /** Interval of the deviation at `confidence`, widened by the prediction's own error. */
  readonly interval: readonly [number, number];
  /** 1 - 2 level. */
  readonly confidence: number;
  readonly scale: "relative" | "absolute";
  /** The deviations that do not matter, [lowest, highest], on that scale. */
  readonly margins: readonly [number, number];
  /** The level at which this would just hold: for joint statements. */
  readonly holdsAt: number;
  /** The level at which this would just fail. */
  readonly failsAt: number;
  /** Why there was nothing to test against: outcome "undecided", margins [0, 0] and both levels 1; value and interval are absolute. */
  readonly untested?: string;
}

export interface EquivalenceOptions {
  readonly tolerance: Tolerance;
  /** Probability of a wrong "holds" at the boundary; also of a wrong "fails". */
  readonly level: number;
  /** Numerical error of the prediction: the interval is widened by it on both sides. Default 0. */
  readonly predictedError?: number;
}

/**
 * Two one-sided tests (TOST), [eq:tost], of the mean of scalar samples against a predicted mean: *holds* if the interval of
 * confidence 1 - 2 level of the deviation lies inside the margins, *fails* if it lies beyond one of them, else *undecided*.
 * The intervals are studentised bootstrap intervals.
 * @param samples (R)
 * @throws DomainError as `summarise`; for a tolerance that leaves no margin; for a level outside (0, 1/2)
 */
export function equivalence(samples: Float64Array, predicted: number, options: EquivalenceOptions & Resampling): Equivalence {
  if (marginOf(options.tolerance, predicted) === undefined) throw noMargin(options.tolerance, predicted);
  return meanEquivalence(summarise(samples, 1, options), 0, predicted, options);
}

/**
 * The same for the standard deviation: deviation sd / predicted - 1, tested as log sd by a bootstrap of the logarithm.
 * @param tolerance relative, in (0, 1)
 */
export function spreadEquivalenceOf(samples: Float64Array, predicted: number, options: { readonly tolerance: number; readonly level: number } & Resampling): Equivalence {
  return spreadEquivalence(summarise(samples, 1, options), 0, predicted, options);
}

const SHARE_OF_ZERO = "a share of zero is zero: give an absolute tolerance";

/** `equivalence` at one entry of a summary; where the tolerance leaves no margin there, it is undecided and says so. */
export function meanEquivalence(summary: Summary, entry: number, predicted: number, options: EquivalenceOptions): Equivalence {
  const margin = marginOf(options.tolerance, predicted);
  const testAt = (unit: number, half: number): Omit<Equivalence, "scale"> => {
    const slack = Math.abs(options.predictedError ?? 0) / unit;
    const value = (summary.mean[entry]! - predicted) / unit;
    return decide({ value, error: summary.meanError[entry]! / unit, law: summary.meanLaw(entry), slack, margins: [0 - half, half], level: options.level });
  };
  if (margin !== undefined) {
    const found = testAt(margin.scale === "relative" ? Math.abs(predicted) : 1, margin.margin);
    // Beside a prediction below 1e-300 a deviation may have no finite share: it is zero for every purpose.
    if ([found.value, ...found.interval].every(Number.isFinite)) return { ...found, scale: margin.scale };
  }
  const found = testAt(1, 0);
  // Every replica is what was predicted: that needs no margin.
  if (found.interval[0] === 0 && found.interval[1] === 0) return { ...found, scale: "absolute", outcome: "holds", holdsAt: 0, failsAt: 1 };
  return { ...found, scale: "absolute", outcome: "undecided", holdsAt: 1, failsAt: 1, untested: SHARE_OF_ZERO };
}

/** `spreadEquivalenceOf` at one entry of a summary. */
export function spreadEquivalence(summary: Summary, entry: number, predicted: number, options: { readonly tolerance: number; readonly level: number }): Equivalence {
  requireInRange("tolerance of the spread", options.tolerance, { min: 1e-9, max: 1 - 1e-9 }, "Give a share, for example 0.1.");
  const bounds = [-options.tolerance, options.tolerance] as const;
  const sd = summary.sd[entry]!;
  if (!(predicted > 0) || !(sd > 0)) return withoutSpread(sd, predicted, bounds, options.level);
  const margins = [log1p(bounds[0]), log1p(bounds[1])] as const;
  const value = log(sd / predicted);
  const found = decide({ value, error: summary.logSdError[entry]!, law: summary.logSdLaw(entry), slack: 0, margins, level: options.level });
  return { ...found, scale: "relative", value: sd / predicted - 1, interval: [expm1(found.interval[0]), expm1(found.interval[1])], margins: bounds };
}

/**
 * The margin that a tolerance leaves around a prediction, and the scale on which it is told; undefined for a share of zero.
 * @throws DomainError for a tolerance that leaves none around any prediction
 */
export function marginOf(tolerance: Tolerance, predicted: number): { readonly scale: "relative" | "absolute"; readonly margin: number } | undefined {
  const { relative = 0, absolute = 0 } = tolerance;
  for (const [name, value] of [["relative", relative], ["absolute", absolute]] as const) requireInRange(`tolerance.${name}`, value, { min: 0, max: Number.MAX_VALUE });
  const share = relative * Math.abs(predicted);
  if (share > 0 && share >= absolute) return { scale: "relative", margin: relative };
  if (absolute > 0) return { scale: "absolute", margin: absolute };
  if (relative > 0) return undefined;
  throw noMargin(tolerance, predicted);
}

function noMargin(tolerance: Tolerance, predicted: number): DomainError {
  return new DomainError({
    name: "tolerance",
    value: JSON.stringify(tolerance),
    rule: `must leave a margin around the prediction ${predicted}`,
    remedy: "Give `absolute` as well: a share of zero is zero.",
  });
}

interface Test {
  readonly value: number;
  readonly error: number;
  readonly law: StudentisedLaw;
  readonly slack: number;
  readonly margins: readonly [number, number];
  readonly level: number;
}

/** Interval, outcome, and the levels at which the outcome would turn. */
function decide(test: Test): Omit<Equivalence, "scale"> {
  const { value, error, law, slack, margins, level } = test;
  requireInRange("level", level, { min: 1e-9, max: 0.49 }, "Give for example 0.05.");
  const confidence = 1 - 2 * level;
  const [low, high] = studentisedInterval(value, error, law, confidence);
  const interval = [low - slack, high + slack] as const;
  // P(estimate at least this far above the lower margin, if the truth were there), and its mirror image.
  const above = (margin: number): number => (error > 0 ? law.tail((value - margin) / error) : value > margin ? 0 : 1);
  const below = (margin: number): number => (error > 0 ? law.cdf((value - margin) / error) : value < margin ? 0 : 1);
  const holdsAt = Math.max(above(margins[0] + slack), below(margins[1] - slack));
  const failsAt = Math.min(above(margins[1] + slack), below(margins[0] - slack));
  const holds = interval[0] > margins[0] && interval[1] < margins[1];
  const fails = interval[0] > margins[1] || interval[1] < margins[0];
  return { outcome: holds ? "holds" : fails ? "fails" : "undecided", value, interval, confidence, margins, holdsAt, failsAt };
}

/** Where either spread is zero there is no ratio: they agree when both are zero, and differ, absolutely, when one is. */
function withoutSpread(sd: number, predicted: number, margins: readonly [number, number], level: number): Equivalence {
  const value = sd - predicted;
  const agree = value === 0;
  return {
    outcome: agree ? "holds" : "fails",
    value,
    interval: [value, value],
    confidence: 1 - 2 * level,
    scale: "absolute",
    margins: agree ? margins : [0, 0],
    holdsAt: agree ? 0 : 1,
    failsAt: agree ? 1 : 0,
  };
}
