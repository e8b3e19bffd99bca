/** @file Exponents with intervals: profiled power-law fits, calibrated on resampled replicas. */
import { requireInRange } from "@mesoscope/numerics";
import { fitCommonPowerLaw, powerLawAt, profileOf, type Curve, type PowerLawFit, type PowerLawOptions, type Profile } from "./power-law.js";
import { excessThreshold, hullOnGrid } from "./profile-interval.js";
import { quantileOfSorted } from "../statistics/studentised-law.js";

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

/** What a fit of an exponent gives: the exponent, and its resamples for whatever else is computed from the fit (N*, amplitudes). */
export interface ExponentFit {
  readonly exponent: Exponent;
  readonly refits: readonly PowerLawFit[];
  /** For each resample: whether the interval, laid around its own fit, would hold the exponent it was made with. */
  readonly held: readonly boolean[];
}

/** Resamples for the thresholds at the ends of an interval: the noise of their quantile costs a tenth of a percent of coverage. */
const RESAMPLES_AT_ENDS = 499;

/**
 * Exponent with its profile interval, [eq:exponent-fit]: all p whose least chi-square exceeds the overall least by no more than a
 * threshold. The threshold is the quantile of that excess over resamples laid on the fitted curve, which knows that entries of one
 * series go together, and never less than that of chi-square with one degree of freedom. Where the data hardly tell the
 * exponent from the correction the interval is wide, up to the whole range; a percentile interval would be narrow and wrong there.
 *
 * With a correction the law of the excess depends on where it lies between its bounds, and the fitted curve says that badly. So the threshold is
 * measured again at both ends, over resamples laid on the best curve with *that* exponent, and is linear in p between them and the
 * fit (the neighbouring construction of G. J. Feldman, R. D. Cousins, Phys. Rev. D 57 (1998) 3873-3889, with the nuisance parameters profiled).
 * @throws DomainError as `fitPowerLaw`
 */
export function fitExponent(sizes: readonly number[], curves: readonly ResampledCurve[], options: ExponentOptions): ExponentFit {
  const { corrections, range, confidence } = options;
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  const given: PowerLawOptions = range === undefined ? { corrections } : { corrections, range };
  const fit = fitCommonPowerLaw(sizes, curves, given);
  const profile = profileOf(sizes, curves, given);
  const resamples = curves[0]!.resampled[0]!.length;
  const { refits, excesses } = refitAround(fit, sizes, curves, profile, resamples);
  const threshold = excessThreshold(excesses.slice(), confidence);
  const held = Array.from(excesses, (excess) => excess <= threshold);
  const first = acceptedExponents(profile, curves, fit, () => threshold);
  if (!corrections) return { exponent: { fit, interval: first, confidence, corrected: false }, refits, held };
  const [low, high] = first.map((p): Knot => {
    const law = profileOf(sizes, curves, { corrections, range: [p, p + WIDTH_OF_ONE] }).fit(curves.map(({ values }) => values));
    const around = refitAround(law, sizes, curves, profile, Math.min(resamples, RESAMPLES_AT_ENDS));
    return { at: p, threshold: quantileOfSorted(around.excesses.sort(), confidence) };
  }) as [Knot, Knot];
  const interval = acceptedExponents(profile, curves, fit, (p) => thresholdAt(p, low, { at: fit.exponent, threshold }, high));
  return { exponent: { fit, interval, confidence, corrected: true }, refits, held };
}

/** A range that holds one exponent. */
const WIDTH_OF_ONE = 1e-9;

/** Fits of resamples laid on a law, and by how much the law's own exponent fits each of them worse than the best does. */
function refitAround(
  law: PowerLawFit,
  sizes: readonly number[],
  curves: readonly ResampledCurve[],
  profile: Profile,
  resamples: number,
): { readonly refits: readonly PowerLawFit[]; readonly excesses: Float64Array } {
  const heights = curves.map((_, c) => sizes.map((n) => powerLawAt(law, c, n)));
  const refits: PowerLawFit[] = [];
  const excesses = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    const values = curves.map((curve, c) => sizes.map((_, k) => heights[c]![k]! + curve.resampled[k]![b]! - curve.values[k]!));
    const refit = profile.fit(values, law.exponent);
    refits.push(refit);
    excesses[b] = Math.max(0, profile.chiSquareAt(values, law.exponent) - refit.chiSquare);
  }
  return { refits, excesses };
}

/** The threshold that was measured at an exponent. */
interface Knot {
  readonly at: number;
  readonly threshold: number;
}

/** Linear between the ends and the fit, constant beyond. */
function thresholdAt(p: number, low: Knot, middle: Knot, high: Knot): number {
  const end = p < middle.at ? low : high;
  const span = end.at - middle.at;
  const share = span === 0 ? 1 : Math.min(1, (p - middle.at) / span);
  return middle.threshold + share * (end.threshold - middle.threshold);
}

/** Hull of the exponents with chi-square within the threshold of the least, on the grid of the search; its ends are ends of the interval. */
function acceptedExponents(profile: Profile, curves: readonly Curve[], fit: PowerLawFit, thresholdOf: (p: number) => number): readonly [number, number] {
  const values = curves.map((curve) => curve.values);
  const [low, high] = hullOnGrid((p) => profile.chiSquareAt(values, p) - fit.chiSquare <= thresholdOf(p), fit.exponent, profile.grid);
  return [low ?? profile.grid[0]!, high ?? profile.grid.at(-1)!];
}
