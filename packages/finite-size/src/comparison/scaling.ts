/** @file How bias and spread fall with the size: curves over the sizes, their exponent, and N*. */
import { chiSquareTail } from "../distributions/chi-square.js";
import { fitExponent, type Exponent, type ResampledCurve } from "../statistics/exponent.js";
import { certifiedNStar, fittedNStar, type CertifiedNStar, type NStar } from "../statistics/n-star.js";
import type { PowerLawFit } from "../statistics/power-law.js";
import type { Summary } from "../statistics/summary.js";
import type { SizeFinding } from "./comparison.js";

/** Entries of a series that take part in the fit of its exponent; more add cost, not knowledge. */
const MOST_CURVES = 12;
const FEWEST_SIZES = 3;
/** With a correction fewer sizes than this leave nothing to tell the correction from the exponent. */
const FEWEST_SIZES_CORRECTED = 5;
/** Level at which a deviation is taken as seen. */
const SEEN_AT = 0.05;
/** Nothing that far beyond its margin has a curve worth fitting, and its square would not be finite. */
const FARTHEST = 1e100;

export interface ScalingOptions {
  readonly confidence: number;
  /** Undefined: where there are five sizes or more. */
  readonly corrections: boolean | undefined;
}

/** An exponent together with the refits that N* needs. */
export interface Scaling {
  readonly exponent: Exponent;
  readonly refits: readonly PowerLawFit[];
  /** True if at least one entry differs from zero beyond chance. */
  readonly resolved: boolean;
}

/** One size of a statement: the finding and the summary it came from. */
export interface SizePoint {
  readonly finding: Pick<SizeFinding, "n" | "entries" | "predicted">;
  readonly summary: Summary;
}

/**
 * Exponent of the bias over the sizes at which the theory applies; deviations are in units of their margins, so that entries
 * of different units can share one fit and the tolerance is 1. Entries that have no margin at some size have no such unit and take no
 * part. Undefined below three sizes or without any error.
 */
export function biasScaling(points: readonly SizePoint[], options: ScalingOptions): Scaling | undefined {
  const count = Math.min(...points.map(({ finding }) => finding.entries.length));
  const tested = Array.from({ length: points.length === 0 ? 0 : count }, (_, i) => i).filter((i) => points.every(({ finding }) => finding.entries[i]!.margins[1] > 0));
  const curves = chosen(tested.length).map((j): ResampledCurve => {
    const i = tested[j]!;
    const parts = points.map(({ finding, summary }) => {
      const { margins, scale } = finding.entries[i]!;
      const predicted = finding.predicted[i]!;
      const unit = margins[1] * (scale === "relative" ? Math.abs(predicted) : 1);
      return {
        value: (summary.mean[i]! - predicted) / unit,
        error: summary.meanError[i]! / unit,
        resampled: columnOf(summary.resampledMean, summary.length, i).map((mean) => (mean - predicted) / unit),
      };
    });
    return { values: parts.map((p) => p.value), standardErrors: parts.map((p) => p.error), resampled: parts.map((p) => p.resampled) };
  });
  return scaling(points.map(({ finding }) => finding.n), curves, options);
}

/** Exponent of the spread over sizes. */
export function spreadScaling(sizes: readonly number[], summaries: readonly Summary[], options: ScalingOptions): Scaling | undefined {
  const curves = chosen(summaries[0]?.length ?? 0).map(
    (i): ResampledCurve => ({
      values: summaries.map(({ sd }) => sd[i]!),
      standardErrors: summaries.map(({ sd, logSdError }) => sd[i]! * logSdError[i]!),
      resampled: summaries.map((summary) => columnOf(summary.resampledSd, summary.length, i)),
    }),
  );
  return scaling(sizes, curves, options);
}

/** The certified N* of a statement on any quantity, over the sizes at which its theory applies. */
export function certifiedOf(findings: readonly SizeFinding[]): CertifiedNStar {
  const asked = findings.flatMap(({ n, outcome }) => (outcome === "not-applicable" ? [] : [{ n, outcome }]));
  return certifiedNStar(
    asked.map(({ n }) => n),
    asked.map(({ outcome }) => outcome),
  );
}

/** Fitted and certified N* of a statement on means. */
export function nStarOf(findings: readonly SizeFinding[], certified: CertifiedNStar, scaled: Scaling | undefined, predictedExponent: number | undefined): NStar {
  const sizes = findings.filter(({ outcome }) => outcome !== "not-applicable").map(({ n }) => n);
  if (scaled === undefined) return { fitted: { reached: false, reason: "an exponent needs three sizes with some spread" }, certified };
  const { exponent, refits, resolved } = scaled;
  const fitted = fittedNStar(sizes, exponent.fit, refits, { margin: 1, confidence: exponent.confidence, exponentInterval: exponent.interval, predictedExponent, resolved });
  return { fitted, certified };
}

function scaling(sizes: readonly number[], curves: readonly ResampledCurve[], options: ScalingOptions): Scaling | undefined {
  const usable = curves.filter(({ values, standardErrors }) => standardErrors.every((error) => error > 0 && error < FARTHEST) && values.every((value) => Math.abs(value) < FARTHEST));
  if (sizes.length < FEWEST_SIZES || usable.length === 0) return undefined;
  const corrections = options.corrections ?? sizes.length >= FEWEST_SIZES_CORRECTED;
  const { exponent, refits } = fitExponent(sizes, usable, { confidence: options.confidence, corrections: corrections && sizes.length > FEWEST_SIZES });
  const seen = usable.map(({ values, standardErrors }) => chiSquareTail(values.reduce((sum, v, k) => sum + (v / standardErrors[k]!) * (v / standardErrors[k]!), 0), sizes.length));
  return { exponent, refits, resolved: Math.min(...seen) * usable.length < SEEN_AT };
}

/** Evenly spread entries, all of them if there are few. */
function chosen(count: number): readonly number[] {
  const kept = Math.min(count, MOST_CURVES);
  return Array.from({ length: kept }, (_, j) => (kept === 1 ? 0 : Math.round((j * (count - 1)) / (kept - 1))));
}

function columnOf(values: Float64Array, length: number, entry: number): Float64Array {
  const out = new Float64Array(values.length / length);
  for (let row = 0; row < out.length; row++) out[row] = values[row * length + entry]!;
  return out;
}
