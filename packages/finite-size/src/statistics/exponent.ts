/** @file Exponents with intervals: profiled power-law fits, calibrated on resampled replicas. */
import { requireInRange } from "@mesoscope/numerics";
import { normalQuantile } from "../distributions/normal.js";
import { fitCommonPowerLaw, powerLawAt, profileOf, type Curve, type PowerLawFit, type PowerLawOptions, type Profile } from "./power-law.js";
import { quantileOfSorted } from "./studentised-law.js";

/** A curve whose values were also computed on resampled replicas. */
export interface ResampledCurve extends Curve {
  /** Per size: the value of every resample, (resamples). */
  readonly resampled: readonly Float64Array[];
}

/** An exponent with its interval. Plain JSON. */
export interface Exponent {
  readonly fit: PowerLawFit;
  readonly interval: readonly [number, number];
  readonly confidence: number;
  /** True if a correction to scaling was fitted. */
  readonly corrected: boolean;
}

export interface ExponentOptions {
  readonly confidence: number;
  /**
   * Whether to fit (1 + b / n). Decide before looking: a correction fitted only where the plain law fits badly gives intervals that
   * miss the truth up to half the time, while one always fitted costs about three times the width and covers as it says.
   */
  readonly corrections: boolean;
  readonly range?: readonly [number, number];
}

/**
 * Exponent with its profile interval, [eq:exponent-fit]: all p whose least chi-square exceeds the overall least by no more than a
 * threshold. The threshold is the quantile of that excess over resamples laid on the fitted curve, which knows that entries of one
 * series go together, and never less than that of chi-square with one degree of freedom. Where the data hardly tell the
 * exponent from the correction the interval is wide, up to the whole range; a percentile interval would be narrow and wrong there.
 * @returns the exponent, and the fits of the resamples for whatever else is computed from the fit (N*, amplitudes)
 * @throws DomainError as `fitPowerLaw`
 */
export function fitExponent(sizes: readonly number[], curves: readonly ResampledCurve[], options: ExponentOptions): { readonly exponent: Exponent; readonly refits: readonly PowerLawFit[] } {
  const { corrections, range, confidence } = options;
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  const given: PowerLawOptions = range === undefined ? { corrections } : { corrections, range };
  const fit = fitCommonPowerLaw(sizes, curves, given);
  const profile = profileOf(sizes, curves, given);
  const resamples = curves[0]!.resampled[0]!.length;
  const refits: PowerLawFit[] = [];
  const excesses = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    const values = curves.map((curve, c) => sizes.map((n, k) => powerLawAt(fit, c, n) + curve.resampled[k]![b]! - curve.values[k]!));
    const refit = profile.fit(values, fit.exponent);
    refits.push(refit);
    excesses[b] = Math.max(0, profile.chiSquareAt(values, fit.exponent) - refit.chiSquare);
  }
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const threshold = Math.max(z * z, quantileOfSorted(excesses.sort(), confidence));
  const interval = acceptedExponents(profile, curves, fit, threshold);
  return { exponent: { fit, interval, confidence, corrected: corrections }, refits };
}

/** Hull of the exponents with chi-square within the threshold of the least: whole grid first, then bisection at both ends. */
function acceptedExponents(profile: Profile, curves: readonly Curve[], fit: PowerLawFit, threshold: number): readonly [number, number] {
  const values = curves.map((curve) => curve.values);
  const accepts = (p: number): boolean => profile.chiSquareAt(values, p) - fit.chiSquare <= threshold;
  const { grid } = profile;
  const inside = grid.filter(accepts);
  const lowest = Math.min(fit.exponent, ...inside);
  const highest = Math.max(fit.exponent, ...inside);
  const below = grid.findLast((p) => p < lowest);
  const above = grid.find((p) => p > highest);
  return [below === undefined ? lowest : edgeBetween(accepts, lowest, below), above === undefined ? highest : edgeBetween(accepts, highest, above)];
}

function edgeBetween(accepts: (p: number) => boolean, inside: number, outside: number): number {
  let left = inside;
  let right = outside;
  for (let i = 0; i < 30; i++) {
    const middle = (left + right) / 2;
    if (accepts(middle)) left = middle;
    else right = middle;
  }
  return left;
}
