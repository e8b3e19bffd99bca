/** @file One theory and one observable over a grid of two sizes: how bias and variance fall, and where the tolerance is met. */
import { columnAt } from "../statistics/column-at.js";
import type { Summary } from "../statistics/summary.js";
import { boundaryOf, type Boundary } from "../scaling/boundary.js";
import { effectiveSize, type EffectiveSize } from "../scaling/effective-size.js";
import { compareTwoAxisLaws, fitTwoAxes, type ResampledSurface, type TwoAxesFit, type TwoAxesOptions, type TwoAxisGoodness } from "../scaling/two-axes.js";
import type { GridPoint, TwoAxisLaw } from "../scaling/two-axis-law.js";
import type { SizeFinding } from "./comparison.js";
import { refusedAs } from "./refused-as.js";

/** A law over the grid that was fitted, beside the others that could have been; or why there is none. Plain JSON. */
export type PlaneFit =
  | {
      readonly kind: "fitted";
      readonly fit: TwoAxesFit;
      /** Every law that the points allow, with its goodness of fit: the reader chooses. */
      readonly laws: readonly TwoAxisGoodness[];
    }
  | { readonly kind: "not-fitted"; readonly reason: string };

/** One entry of one observable under one theory, over the grid. */
export interface Plane {
  readonly theory: { readonly id: string; readonly title: string };
  readonly observable: string;
  readonly entry: number;
  /** Points at which the theory applies. */
  readonly points: readonly GridPoint[];
  /**
   * Of the bias in units of its margin, by the law of a sum. A relative margin of a prediction that depends on the sizes depends on them, too, and
   * bends the law by as much: give an absolute tolerance where that matters.
   */
  readonly bias: PlaneFit;
  /** N*(H): where the fitted bias crosses its margin. Absent without a fit of the bias. */
  readonly boundary?: Boundary;
  /** Of the variance over replicas, by the law of a product. */
  readonly variance: PlaneFit;
  /** Whether the variance knows N and H only as one size. */
  readonly effectiveSize: EffectiveSize;
}

/** One point of the grid: the finding of a theory and the summary it came from. */
export interface PlanePoint {
  readonly at: GridPoint;
  readonly finding: SizeFinding;
  readonly summary: Summary;
}

export interface PlaneOptions {
  readonly confidence: number;
  /** Exponents that a theory gives, for the bias and for the variance; those left out are fitted. */
  readonly exponents?: { readonly bias?: TwoAxesOptions["exponents"]; readonly variance?: TwoAxesOptions["exponents"] };
}

/** Nothing that far beyond its margin has a surface worth fitting. */
const FARTHEST = 1e90;

/** The plane of one entry. What cannot be fitted says why. */
export function planeOf(named: Pick<Plane, "theory" | "observable" | "entry">, points: readonly PlanePoint[], { confidence, exponents = {} }: PlaneOptions): Plane {
  const hs = [...new Set(points.map(({ at }) => at[1]))].sort((a, b) => a - b);
  const bias = fitOf(biasSurface(points, named.entry), "sum", ["sum", "sum-and-product", "product", "first", "second"], confidence, exponents.bias);
  const variances = varianceSurface(points, named.entry);
  const variance = fitOf(variances, "product", ["product", "sum", "first", "second"], confidence, exponents.variance);
  return {
    ...named,
    points: points.map(({ at }) => at),
    bias: bias.plane,
    ...(bias.found === undefined ? {} : { boundary: boundaryOf(bias.found.fit, bias.found.refits, { margin: 1, confidence, hs }) }),
    variance: variance.plane,
    effectiveSize: refusedAs((reason): EffectiveSize => ({ kind: "undecided", reason }), () => (typeof variances === "string" ? { kind: "undecided", reason: variances } : effectiveSize(variances, { confidence }))),
  };
}

interface Fitted {
  readonly plane: PlaneFit;
  readonly found?: ReturnType<typeof fitTwoAxes>;
}

function fitOf(surface: ResampledSurface | string, law: TwoAxisLaw, laws: readonly TwoAxisLaw[], confidence: number, exponents: TwoAxesOptions["exponents"]): Fitted {
  const notFitted = (reason: string): Fitted => ({ plane: { kind: "not-fitted", reason } });
  if (typeof surface === "string") return notFitted(surface);
  const options = exponents === undefined ? {} : { exponents };
  return refusedAs(notFitted, () => {
    const found = fitTwoAxes(surface, law, { ...options, confidence });
    const others = laws.flatMap((one) => refusedAs((): readonly TwoAxisGoodness[] => [], () => compareTwoAxisLaws(surface, [one], options)));
    return { plane: { kind: "fitted", fit: found.fit, laws: others }, found };
  });
}

/** Deviations in units of their margins; a string where there is no such unit. */
function biasSurface(points: readonly PlanePoint[], entry: number): ResampledSurface | string {
  if (points.length === 0) return "the theory applies at no point of the grid";
  const parts = points.map(({ finding, summary }) => {
    const test = finding.entries[entry];
    const predicted = finding.predicted[entry]!;
    const unit = test === undefined ? 0 : test.margins[1] * (test.scale === "relative" ? Math.abs(predicted) : 1);
    return { unit, value: (summary.mean[entry]! - predicted) / unit, error: summary.meanError[entry]! / unit, resampled: columnAt(summary.resampledMean, summary.length, entry).map((mean) => (mean - predicted) / unit) };
  });
  if (parts.some(({ unit }) => !(unit > 0))) return "at some point the tolerance leaves no margin, or the prediction does not reach";
  if (parts.some(({ value, error }) => !(Math.abs(value) < FARTHEST) || !(error < FARTHEST))) return "at some point the deviation is beyond any number of margins";
  return surfaceOf(points, parts);
}

function varianceSurface(points: readonly PlanePoint[], entry: number): ResampledSurface | string {
  if (points.length === 0) return "the theory applies at no point of the grid";
  const parts = points.map(({ summary }) => {
    const sd = summary.sd[entry]!;
    return { value: sd * sd, error: 2 * sd * sd * summary.logSdError[entry]!, resampled: columnAt(summary.resampledSd, summary.length, entry).map((s) => s * s) };
  });
  return surfaceOf(points, parts);
}

function surfaceOf(points: readonly PlanePoint[], parts: readonly { readonly value: number; readonly error: number; readonly resampled: Float64Array }[]): ResampledSurface | string {
  if (parts.some(({ error }) => !(error > 0))) return "at some point all replicas are equal, so that it has no error and no weight";
  return { points: points.map(({ at }) => at), values: parts.map(({ value }) => value), standardErrors: parts.map(({ error }) => error), resampled: parts.map(({ resampled }) => resampled) };
}
