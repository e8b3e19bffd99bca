/** @file How bias and spread fall with the size: curves over the sizes, their exponent, and N*. */
import { log } from "@mesoscope/numerics";
import { chiSquareTail } from "../distributions/chi-square.js";
import { fitExponent, type Exponent, type ResampledCurve } from "../scaling/exponent.js";
import { certifiedNStar, fittedNStar, type CertifiedNStar, type FittedCurve, type NStar } from "../scaling/n-star.js";
import type { PowerLawFit } from "../scaling/power-law.js";
import { columnAt } from "../statistics/column-at.js";
import type { Summary } from "../statistics/summary.js";
import type { SizeFinding } from "./comparison.js";
import { evenlySpread } from "./evenly-spread.js";
import { marginAt } from "./margin.js";

/** Entries of a series that take part in the fit of its exponent; more add cost, not knowledge. */
const MOST_CURVES = 12;
const FEWEST_SIZES = 3;
/** With a correction fewer sizes than this leave nothing to tell the correction from the exponent. */
const FEWEST_SIZES_CORRECTED = 5;
/** Level at which a deviation is taken as seen. */
const SEEN_AT = 0.05;
/** Nothing that far beyond its margin, or its error, has a curve worth fitting, and its square would not be finite. */
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
  /** As in `ExponentFit`. */
  readonly held: readonly boolean[];
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
  const curves = testedEntries(points).map((i) =>
    curveOf(points, ({ finding, summary }) => {
      const predicted = finding.predicted[i]!;
      const unit = marginAt(finding, i);
      return {
        value: (summary.mean[i]! - predicted) / unit,
        error: summary.meanError[i]! / unit,
        resampled: columnAt(summary.resampledMean, summary.length, i).map((mean) => (mean - predicted) / unit),
      };
    }),
  );
  return scaling(points.map(({ finding }) => finding.n), curves, options);
}

/** The same for the spread, in units of the margin of the mean: what says when a single run is as good as the mean. */
export function spreadInMargins(points: readonly SizePoint[], options: ScalingOptions): Scaling | undefined {
  const curves = testedEntries(points).map((i) =>
    curveOf(points, ({ finding, summary }) => {
      const unit = marginAt(finding, i);
      return { value: summary.sd[i]! / unit, error: (summary.sd[i]! * summary.logSdError[i]!) / unit, resampled: summary.pivotalSd(i).map((sd) => sd / unit) };
    }),
  );
  return scaling(points.map(({ finding }) => finding.n), curves, options);
}

/** Entries that have a margin at every size, evenly spread ones if they are many. */
function testedEntries(points: readonly SizePoint[]): readonly number[] {
  const count = points.length === 0 ? 0 : Math.min(...points.map(({ finding }) => finding.entries.length));
  const tested = Array.from({ length: count }, (_, i) => i).filter((i) => points.every(({ finding }) => finding.entries[i]!.margins[1] > 0));
  return evenlySpread(tested.length, MOST_CURVES).map((j) => tested[j]!);
}

function curveOf(points: readonly SizePoint[], at: (point: SizePoint) => { readonly value: number; readonly error: number; readonly resampled: Float64Array }): ResampledCurve {
  const parts = points.map(at);
  return { values: parts.map((p) => p.value), standardErrors: parts.map((p) => p.error), resampled: parts.map((p) => p.resampled) };
}

/** Exponent of the spread over sizes. */
export function spreadScaling(sizes: readonly number[], summaries: readonly Summary[], options: ScalingOptions): Scaling | undefined {
  const curves = evenlySpread(summaries[0]?.length ?? 0, MOST_CURVES).map(
    (i): ResampledCurve => ({
      values: summaries.map(({ sd }) => sd[i]!),
      standardErrors: summaries.map(({ sd, logSdError }) => sd[i]! * logSdError[i]!),
      resampled: summaries.map((summary) => columnAt(summary.resampledSd, summary.length, i)),
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

/** What N* of a statement on means rests on. */
export interface NStarInput {
  readonly findings: readonly SizeFinding[];
  readonly points: readonly SizePoint[];
  readonly certified: CertifiedNStar;
  readonly bias: Scaling | undefined;
  readonly predictedExponent: number | undefined;
  readonly options: ScalingOptions;
  /** Why the mean speaks for nobody at the largest size: replicas fall into groups. */
  readonly split: string | undefined;
}

/** Fitted and certified N*, of the mean and of a single run. */
export function nStarOf(input: NStarInput): NStar {
  const { findings, points, certified, bias, predictedExponent, options, split } = input;
  const asked = findings.filter(({ outcome }) => outcome !== "not-applicable");
  const sizes = asked.map(({ n }) => n);
  const typical = certifiedNStar(sizes, asked.map(({ typical: one }) => (one === undefined || one === "not-applicable" ? "undecided" : one)));
  const refused = (reason: string): NStar => ({ fitted: { reached: false, reason }, certified, typical: { fitted: { reached: false, reason }, certified: typical } });
  if (split !== undefined) return refused(split);
  if (bias === undefined) return refused(whyNoCurve(asked, points));
  const biasCurve: FittedCurve = { ...curveWithFits(bias, "the deviation"), predictedExponent };
  const spread = spreadInMargins(points, options);
  const curves = [...(bias.resolved ? [biasCurve] : []), ...(spread === undefined ? [] : [curveWithFits(spread, "the spread")])];
  const wanted = { margin: 1, confidence: options.confidence };
  const unseen = "no deviation is seen at any size, so there is no curve to cross the tolerance";
  const fitted = bias.resolved ? fittedNStar(sizes, [biasCurve], wanted) : { reached: false as const, reason: unseen };
  const coarseness = fitted.reached ? coarsenessNear(fitted.value, points) : undefined;
  return {
    fitted,
    certified,
    typical: { fitted: curves.length === 0 ? { reached: false, reason: unseen } : fittedNStar(sizes, curves, wanted), certified: typical },
    ...(coarseness === undefined ? {} : { coarseness }),
  };
}

/** Why the deviations over the sizes are no curve that could cross a tolerance. */
function whyNoCurve(asked: readonly SizeFinding[], points: readonly SizePoint[]): string {
  if (asked.length === 0) return "the theory speaks about none of the sizes";
  if (points.length < FEWEST_SIZES) return `an exponent needs three sizes, and ${points.length === 0 ? "none has" : points.length === 1 ? "only one has" : "only two have"} anything to compare`;
  if (testedEntries(points).length === 0) return "no entry has a margin at every size: a share of zero is zero";
  return "an exponent needs replicas that differ at every size";
}

function curveWithFits({ exponent, refits, held }: Scaling, name: string): FittedCurve {
  return { fit: exponent.fit, refits, held, exponentInterval: exponent.interval, name };
}

/** The largest standard error in units of its margin, at the size nearest to N*. */
function coarsenessNear(nStar: number, points: readonly SizePoint[]): NStar["coarseness"] {
  const off = ({ finding }: SizePoint): number => Math.abs(log(finding.n / nStar));
  const nearest = points.reduce<SizePoint | undefined>((best, point) => (best === undefined || off(point) < off(best) ? point : best), undefined);
  if (nearest === undefined) return undefined;
  const { finding, summary } = nearest;
  const shares = finding.entries.flatMap(({ margins }, i) => (margins[1] > 0 ? [summary.meanError[i]! / marginAt(finding, i)] : []));
  return shares.length === 0 ? undefined : { n: finding.n, value: Math.max(...shares) };
}

function scaling(sizes: readonly number[], curves: readonly ResampledCurve[], options: ScalingOptions): Scaling | undefined {
  const usable = curves.filter(({ values, standardErrors }) => standardErrors.every((error) => error > 0 && error < FARTHEST) && values.every((value, k) => Math.abs(value) < FARTHEST && Math.abs(value) < FARTHEST * standardErrors[k]!));
  if (sizes.length < FEWEST_SIZES || usable.length === 0) return undefined;
  const corrections = options.corrections ?? sizes.length >= FEWEST_SIZES_CORRECTED;
  const { exponent, refits, held } = fitExponent(sizes, usable, { confidence: options.confidence, corrections: corrections && sizes.length > FEWEST_SIZES });
  const seen = usable.map(({ values, standardErrors }) => chiSquareTail(values.reduce((sum, v, k) => sum + (v / standardErrors[k]!) * (v / standardErrors[k]!), 0), sizes.length));
  return { exponent, refits, held, resolved: Math.min(...seen) * usable.length < SEEN_AT };
}
