/** @file Exponents with intervals: the power-law fit repeated on resampled replicas. */
import { requireInRange } from "@mesoscope/numerics";
import { fitCommonPowerLaw, profileOf, type Curve, type PowerLawFit, type PowerLawOptions } from "./power-law.js";
import { quantileOfSorted } from "./studentised-law.js";

/** A curve whose values were also computed on resampled replicas. */
export interface ResampledCurve extends Curve {
  /** Per size: the value of every resample, (resamples). */
  readonly resampled: readonly Float64Array[];
}

/** An exponent with its interval. Plain JSON but for the fits of the resamples. */
export interface Exponent {
  readonly fit: PowerLawFit;
  readonly interval: readonly [number, number];
  readonly confidence: number;
  /** True if a correction to scaling was fitted. */
  readonly corrected: boolean;
}

export interface ExponentOptions {
  readonly confidence: number;
  /** "auto": only where the plain power law does not fit (goodness below 0.1) and there are four sizes or more. */
  readonly corrections: boolean | "auto";
  readonly range?: readonly [number, number];
}

/** Below this goodness of the plain law, "auto" asks for a correction. */
const POOR_FIT = 0.1;

/**
 * Exponent with the percentile interval of refits to resampled replicas, [eq:exponent-fit]; errors keep their weights.
 * @returns the exponent, and the fits of the resamples for whatever else is computed from the fit (N*, amplitudes)
 * @throws DomainError as `fitPowerLaw`
 */
export function fitExponent(sizes: readonly number[], curves: readonly ResampledCurve[], options: ExponentOptions): { readonly exponent: Exponent; readonly refits: readonly PowerLawFit[] } {
  requireInRange("confidence", options.confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  const given = (corrections: boolean): PowerLawOptions => ({ corrections, ...(options.range === undefined ? {} : { range: options.range }) });
  const first = fitCommonPowerLaw(sizes, curves, given(options.corrections === true));
  const corrected = options.corrections === "auto" ? first.goodness < POOR_FIT && sizes.length >= 4 : options.corrections;
  const fit = corrected === (options.corrections === true) ? first : fitCommonPowerLaw(sizes, curves, given(corrected));
  const refit = profileOf(sizes, curves, given(corrected));
  const resamples = curves[0]!.resampled[0]!.length;
  const refits = Array.from({ length: resamples }, (_, b) => refit(curves.map((curve) => curve.resampled.map((values) => values[b]!))));
  const exponents = Float64Array.from(refits, (one) => one.exponent).sort();
  const half = (1 - options.confidence) / 2;
  const interval = [quantileOfSorted(exponents, half), quantileOfSorted(exponents, 1 - half)] as const;
  return { exponent: { fit, interval, confidence: options.confidence, corrected }, refits };
}
