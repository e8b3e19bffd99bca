/** @file The limit that finite sizes point to: a constant and a decay, fitted together, and its comparison with a solver's value. */
import { requireFinite, requireInRange } from "@mesoscope/numerics";
import { chiSquareTail } from "../distributions/chi-square.js";
import { normalQuantile, normalTail } from "../distributions/normal.js";
import { formatNumber } from "../format.js";
import type { ResampledCurve } from "./exponent.js";
import { checkRange, checkResampled, checkSizes } from "./check-curve.js";
import { decayProfile, limitHull, type DecayProfile } from "./decay-profile.js";
import { acceptedHull, excessThreshold, type Interval } from "./profile-interval.js";

/** The weighted mean of all sizes: what is left where no decay is seen. Plain JSON. */
export interface ConstantFit {
  readonly value: number;
  readonly standardError: number;
  readonly chiSquare: number;
  readonly freedom: number;
  /** P(chi-square this large or larger | y does not depend on n). */
  readonly goodness: number;
}

/** y(n) = limit + amplitude / n^exponent. Plain JSON. */
export interface FittedLimit {
  readonly kind: "fitted";
  readonly limit: number;
  /** Open (null) where it goes on as far as the exponents searched allow. */
  readonly limitInterval: Interval;
  readonly amplitude: number;
  readonly exponent: number;
  /** Absent where the exponent was given. */
  readonly exponentInterval?: Interval;
  readonly confidence: number;
  readonly chiSquare: number;
  readonly freedom: number;
  /** P(chi-square this large or larger | the law is right); 1 without freedom. */
  readonly goodness: number;
  readonly constant: ConstantFit;
}

/** No decay to extrapolate: exponent and amplitude cannot be told apart, or the exponent is at the end of its range. */
export interface UnresolvedLimit {
  readonly kind: "unresolved";
  readonly reason: string;
  readonly confidence: number;
  readonly constant: ConstantFit;
}

export type LimitFit = FittedLimit | UnresolvedLimit;

export interface LimitOptions {
  readonly confidence: number;
  /** The exponent, where a theory gives it: then it is not fitted, and the limit's interval is several times narrower. */
  readonly exponent?: number;
  /** Exponents searched; default [0.05, 4]. Below, a decay looks like a constant over any range of sizes that can be run. */
  readonly range?: readonly [number, number];
}

const RANGE: readonly [number, number] = [0.05, 4];
const BOUNDS = { min: 1e-3, max: 12 };

/**
 * The limit of a curve by weighted least squares of y(n) = y_inf + a / n^p, [eq:limit-fit], profiled over p. Intervals of p and of y_inf hold
 * what exceeds the least chi-square by no more than a threshold that resamples laid on the fitted curve calibrate (and never less than
 * that of chi-square with one degree of freedom). A decay is seen if a constant fits worse beyond chance at level 1 - confidence.
 * @param sizes (K) increasing positive; K >= 4, or 3 where the exponent is given
 * @param curve (K) values, positive errors and resamples
 * @throws DomainError for fewer sizes, wrong lengths, numbers that are not finite, errors that are not positive
 */
export function fitLimit(sizes: readonly number[], curve: ResampledCurve, options: LimitOptions): LimitFit {
  const { confidence, exponent: given } = options;
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  checkSizes(sizes, given === undefined ? 4 : 3, "a limit, an amplitude and an exponent are to be told apart, and the fit to be judged");
  checkResampled(curve, sizes.length);
  if (given !== undefined) requireInRange("exponent", given, BOUNDS);
  const range = given === undefined ? checkRange("range", options.range ?? RANGE, BOUNDS) : ([given, given] as const);
  const profile = decayProfile(sizes, curve.standardErrors, range);
  const p = profile.best(curve.values);
  const chiSquare = profile.chiSquareAt(curve.values, p);
  const constant = constantFit(curve);
  const freedom = sizes.length - (given === undefined ? 3 : 2);
  if (given === undefined) {
    const reason = whyUnresolved(p, range, constant, chiSquare, confidence);
    if (reason !== undefined) return { kind: "unresolved", reason, confidence, constant };
  }
  const { limit, amplitude } = profile.solutionAt(curve.values, p);
  return {
    kind: "fitted",
    limit,
    amplitude: amplitude * profile.unitOf(p),
    exponent: p,
    ...intervals(profile, sizes, curve, p, chiSquare, { confidence, range, fixed: given !== undefined }),
    confidence,
    chiSquare,
    freedom,
    goodness: freedom > 0 ? chiSquareTail(chiSquare, freedom) : 1,
    constant,
  };
}

function constantFit({ values, standardErrors }: ResampledCurve): ConstantFit {
  const least = Math.min(...standardErrors);
  const weights = standardErrors.map((error) => (least / error) * (least / error));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const value = weights.reduce((sum, w, k) => sum + w * (values[k]! / total), 0);
  const chiSquare = values.reduce((sum, y, k) => sum + ((y - value) / standardErrors[k]!) * ((y - value) / standardErrors[k]!), 0);
  const freedom = values.length - 1;
  return { value, standardError: least / Math.sqrt(total), chiSquare, freedom, goodness: chiSquareTail(chiSquare, freedom) };
}

/** Two numbers, a and p, are what the decay has and the constant has not. */
function whyUnresolved(p: number, [low, high]: readonly [number, number], constant: ConstantFit, chiSquare: number, confidence: number): string | undefined {
  const chance = chiSquareTail(Math.max(0, constant.chiSquare - chiSquare), 2);
  if (chance > 1 - confidence) return `no decay is seen: a constant fits as well (by chance as often as ${formatNumber(chance, 2)})`;
  const edge = 1e-4 * (high - low);
  if (p - low < edge) return `the decay is slower than any searched, down to an exponent of ${low}: sizes that grow do not come nearer to a limit`;
  if (high - p < edge) return `the decay is faster than any searched, up to an exponent of ${high}: leave out the smallest sizes`;
  return undefined;
}

interface Asked {
  readonly confidence: number;
  readonly range: readonly [number, number];
  readonly fixed: boolean;
}

function intervals(profile: DecayProfile, sizes: readonly number[], curve: ResampledCurve, p: number, chiSquare: number, { confidence, range, fixed }: Asked): Pick<FittedLimit, "limitInterval" | "exponentInterval"> {
  const resamples = curve.resampled[0]!.length;
  const { limit, amplitude } = profile.solutionAt(curve.values, p);
  const laid = sizes.map((n, k) => limit + amplitude * profile.decayAt(n, p) - curve.values[k]!);
  const ofExponent = new Float64Array(resamples);
  const ofLimit = new Float64Array(resamples);
  const values = new Array<number>(sizes.length).fill(0);
  for (let b = 0; b < resamples; b++) {
    for (let k = 0; k < sizes.length; k++) values[k] = laid[k]! + curve.resampled[k]![b]!;
    const least = profile.chiSquareAt(values, fixed ? p : profile.near(values, p));
    ofExponent[b] = Math.max(0, profile.chiSquareAt(values, p) - least);
    ofLimit[b] = Math.max(0, profile.leastWithLimit(values, limit, p) - least);
  }
  const limitInterval = limitHull(profile, curve.values, p, chiSquare + excessThreshold(ofLimit, confidence), range);
  if (fixed) return { limitInterval };
  const accepted = chiSquare + excessThreshold(ofExponent, confidence);
  return { limitInterval, exponentInterval: acceptedHull((q) => profile.chiSquareAt(curve.values, q) <= accepted, p, range) };
}

/** What a solver says of the limit. */
export interface SolverValue {
  readonly value: number;
  /** Its own numerical error: quadrature, truncation, step. */
  readonly numericalError: number;
}

/** A fitted limit beside a solver's value. Plain JSON. */
export type LimitComparison =
  | {
      readonly outcome: "consistent" | "inconsistent";
      /** Fitted limit minus the solver's value. */
      readonly difference: number;
      /** Of the fitted limit, on the side of the solver's value. */
      readonly standardError: number;
      readonly numericalError: number;
      readonly z: number;
      /** P(|Z| as large or larger). */
      readonly chance: number;
    }
  | { readonly outcome: "undecided"; readonly reason: string };

/**
 * z = (y_inf - solver) / sqrt(se^2 + err^2), [eq:limit-fit]. The standard error is that of the side of the interval on which the solver's
 * value lies, the interval's half over the normal quantile, since a profiled interval is seldom symmetric. The numerical error counts like a standard
 * error; taken as a bound it makes |z| too small rather than too large.
 * @throws DomainError for a value that is not finite or an error below zero
 */
export function compareLimit(fit: LimitFit, { value, numericalError }: SolverValue): LimitComparison {
  requireFinite("solver.value", value);
  requireInRange("solver.numericalError", numericalError, { min: 0, max: Number.MAX_VALUE }, "Give 0 for a closed form.");
  if (fit.kind === "unresolved") return { outcome: "undecided", reason: fit.reason };
  const difference = fit.limit - value;
  const facing = fit.limitInterval[difference > 0 ? 0 : 1];
  if (facing === null) return { outcome: "undecided", reason: "the interval of the limit has no end on the side of the solver's value" };
  const critical = normalQuantile(1 - (1 - fit.confidence) / 2);
  const standardError = Math.abs(facing - fit.limit) / critical;
  const size = Math.max(standardError, numericalError);
  if (!(size > 0)) return { outcome: "undecided", reason: "neither side has an error to measure the difference with" };
  const z = difference / size / Math.sqrt((standardError / size) * (standardError / size) + (numericalError / size) * (numericalError / size));
  if (!Number.isFinite(z)) return { outcome: "undecided", reason: "the difference is beyond any number of errors" };
  return { outcome: Math.abs(z) <= critical ? "consistent" : "inconsistent", difference, standardError, numericalError, z, chance: Math.min(1, 2 * normalTail(Math.abs(z))) };
}
