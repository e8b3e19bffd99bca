/** @file How bias and variance fall over the plane of N and H, at the last step. */
import type { Prediction } from "@mesoscope/contracts";
import { boundaryOf, compareTwoAxisLaws, effectiveSize, fitTwoAxes, summarise, type AxisExponent, type Boundary, type EffectiveSize, type Ensemble, type GridPoint, type ResampledSurface, type Summary, type TwoAxesFit, type TwoAxisCurve } from "@mesoscope/finite-size";
import { DomainError, key } from "@mesoscope/numerics";
import { CONFIDENCE, LEVEL, RESAMPLES } from "./settings.js";

/** All networks at one N and H. */
export interface GridPointEnsemble {
  readonly at: GridPoint;
  readonly ensemble: Ensemble;
}

/** A number with its interval. */
export interface Amplitude {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** One pair of sizes: mean deviation from the limit and variance over networks, with intervals. */
export interface LawPoint {
  readonly at: GridPoint;
  readonly networks: number;
  readonly bias: Amplitude;
  readonly variance: Amplitude;
}

export interface SizeLaws {
  readonly observable: string;
  readonly points: readonly LawPoint[];
  readonly predicted: number;
  /** a / N + b / H + c / (N H), [eq:two-axes] with powers given: amplitudes a, b, c, or why there is no fit. */
  readonly bias: BiasLaw | string;
  /** v / (N^p H^q) without the smaller sizes of each axis, or why there is no fit; and the powers of a fit to all sizes. */
  readonly variance: { readonly fit: TwoAxesFit; readonly first: AxisExponent; readonly second: AxisExponent; readonly ofAll: readonly [number, number] } | string;
  /** The least sizes that the law of the variance was fitted to. */
  readonly varianceFrom: GridPoint;
  /** Whether the variance knows one size N H^k only, [eq:effective-size]; without the smaller sizes, too. */
  readonly effective: EffectiveSize;
}

export interface BiasLaw {
  readonly fit: TwoAxesFit;
  readonly amplitudes: readonly Amplitude[];
  readonly boundary: Boundary;
  /** The least sizes it was fitted to: without the smaller H, where 1/H^2 shows, and without as many N as make it fit, where 1/N^2 shows. */
  readonly from: GridPoint;
}

interface LawQuestion {
  readonly observable: string;
  readonly points: readonly GridPointEnsemble[];
  readonly predicted: Prediction;
  readonly tolerance: number;
  readonly seed: string;
}

export function lawsOf({ observable, points, predicted, tolerance, seed }: LawQuestion): SizeLaws {
  const limit = predicted.value.at(-1)!;
  const whole = points.filter(({ ensemble }) => ensemble.completed >= 2);
  const known = whole.map(({ at, ensemble }) => ({
    at,
    networks: ensemble.completed,
    summary: summarise(lastEntries(ensemble, observable, predicted.value.length), 1, { resamples: RESAMPLES, stream: key(seed).fold("width-and-heads", observable, ...at).stream() }),
  }));
  const from = [leastOf(known.map(({ at }) => at[0])), leastOf(known.map(({ at }) => at[1]))] as const;
  const far = known.filter(({ at }) => at[0] >= from[0] && at[1] >= from[1]);
  return {
    observable,
    points: known.map(({ at, networks, summary }) => pointOf(at, networks, summary, limit)),
    predicted: limit,
    bias: refusedAs(() => biasLaw(known.filter(({ at }) => at[1] >= from[1]), limit, { tolerance, hs: [...new Set(known.map(({ at }) => at[1]))] })),
    variance: refusedAs(() => {
      const { fit } = fitTwoAxes(varianceSurface(far), "product", { confidence: CONFIDENCE });
      const [all] = compareTwoAxisLaws(varianceSurface(known), ["product"]);
      return { fit, first: fit.first, second: fit.second, ofAll: all!.exponents };
    }),
    varianceFrom: from,
    effective: effectiveOf(far),
  };
}

/** Widths that a law in 1/N is fitted to, at least. */
const FEWEST_WIDTHS = 3;

/** Fitted without the smallest width as long as the fit is refused at the level of the tests and enough widths are left. */
function biasLaw(known: Known, limit: number, { tolerance, hs }: { readonly tolerance: number; readonly hs: readonly number[] }): BiasLaw {
  const widths = [...new Set(known.map(({ at }) => at[0]))].sort((x, y) => x - y);
  const least = Math.min(...known.map(({ at }) => at[1]));
  const { fit, refits } = fitTwoAxes(biasSurface(known, limit), "sum-and-product", { exponents: { first: 1, second: 1 }, confidence: CONFIDENCE });
  if (fit.goodness < LEVEL && widths.length > FEWEST_WIDTHS) return biasLaw(known.filter(({ at }) => at[0] > widths[0]!), limit, { tolerance, hs });
  return { fit, amplitudes: fit.amplitudes.map((value, j) => ({ value, interval: quantiles(refits, value, j) })), boundary: boundaryOf(fit, refits, { margin: tolerance, confidence: CONFIDENCE, hs }), from: [widths[0]!, least] };
}

/** The last of `length` entries of every network. */
function lastEntries(ensemble: Ensemble, observable: string, length: number): Float64Array {
  const values = ensemble.values(observable);
  return Float64Array.from({ length: ensemble.completed }, (_, r) => values[(r + 1) * length - 1]!);
}

type Known = readonly { readonly at: GridPoint; readonly summary: Summary }[];

/** Where the upper half of the sizes begins, three at least: at the smaller ones the leading order is not alone yet. */
export function leastOf(sizes: readonly number[]): number {
  const distinct = [...new Set(sizes)].sort((a, b) => a - b);
  return distinct[Math.max(0, Math.floor((distinct.length - 1) / 2))]!;
}

const NORMAL = 1.959963984540054;

function pointOf(at: GridPoint, networks: number, summary: Summary, limit: number): LawPoint {
  const { mean, meanError, sd, logSdError } = summary;
  const bias = mean[0]! - limit;
  const law = summary.meanLaw(0);
  const high = (1 + CONFIDENCE) / 2;
  const sds = Float64Array.from(summary.pivotalSd(0)).sort();
  const variance = sd[0]! * sd[0]!;
  // Of few resamples the normal interval of log sd is no worse, and always there.
  const half = Math.min(1, NORMAL * logSdError[0]!);
  const [lower, upper] = [sds[Math.floor((1 - high) * sds.length)] ?? sd[0]! * (1 - half), sds[Math.min(sds.length - 1, Math.ceil(high * sds.length))] ?? sd[0]! * (1 + half)];
  return {
    at,
    networks,
    bias: { value: bias, interval: [bias - law.quantile(high) * meanError[0]!, bias - law.quantile(1 - high) * meanError[0]!] },
    variance: { value: variance, interval: [Math.min(variance, lower * lower), Math.max(variance, upper * upper)] },
  };
}

function biasSurface(known: Known, limit: number): ResampledSurface {
  return surface(known, ({ mean }) => mean[0]! - limit, ({ meanError }) => meanError[0]!, ({ resampledMean }) => resampledMean.map((value) => value - limit));
}

function varianceSurface(known: Known): ResampledSurface {
  return surface(known, ({ sd }) => sd[0]! * sd[0]!, ({ sd, logSdError }) => 2 * sd[0]! * sd[0]! * logSdError[0]!, ({ resampledSd }) => resampledSd.map((value) => value * value));
}

function surface(known: Known, value: (summary: Summary) => number, error: (summary: Summary) => number, resampled: (summary: Summary) => Float64Array): ResampledSurface {
  return { points: known.map(({ at }) => at), values: known.map(({ summary }) => value(summary)), standardErrors: known.map(({ summary }) => error(summary)), resampled: known.map(({ summary }) => resampled(summary)) };
}

function effectiveOf(known: Known): EffectiveSize {
  const found = refusedAs(() => effectiveSize(varianceSurface(known), { confidence: CONFIDENCE }));
  return typeof found === "string" ? { kind: "undecided", reason: found } : found;
}

/** Percentiles of the refitted amplitudes. */
function quantiles(refits: readonly TwoAxisCurve[], value: number, j: number): readonly [number, number] {
  const sorted = Float64Array.from(refits, ({ amplitudes }) => amplitudes[j]!).sort();
  const cut = (1 - CONFIDENCE) / 2;
  const [low, high] = [sorted[Math.floor(cut * sorted.length)]!, sorted[Math.min(sorted.length - 1, Math.ceil((1 - cut) * sorted.length))]!];
  return [Math.min(low, value), Math.max(high, value)];
}

/** What was made, or why a fit was refused. */
function refusedAs<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}
