/** @file One size instead of two: whether a quantity depends on N and H only through N H^k. */
import { exp, log, requireInRange } from "@mesoscope/numerics";
import { quantileOfSorted } from "../statistics/studentised-law.js";
import { checkRange } from "./check-curve.js";
import { qualityMeter, type QualityMeter } from "./collapse-quality.js";
import { type Interval } from "./profile-interval.js";
import { bestOfGrid, simplexMinimum, type Minimum } from "./simplex-minimum.js";
import { smoothed } from "./smooth-curve.js";
import { compareTwoAxisLaws, type ResampledSurface } from "./two-axes.js";

/** The k for which y over N H^k is most nearly one curve. Plain JSON. */
export type EffectiveSize =
  | {
      readonly kind: "fitted";
      readonly ratio: number;
      /** An end is null where it is that of the range searched. */
      readonly interval: Interval;
      readonly confidence: number;
      /** Chi-square per point about the common curve: near 1 if there is one size, far above it if there is none. */
      readonly quality: number;
      readonly terms: number;
      /** P(quality this bad or worse | y depends on N H^k alone), over resamples laid on the common curve. */
      readonly goodness: number;
    }
  | { readonly kind: "undecided"; readonly reason: string };

export interface EffectiveSizeOptions {
  readonly confidence: number;
  /** Ratios k searched; default [0, 4]. */
  readonly range?: readonly [number, number];
}

const GRID = 80;
const REFIT_STEP = 0.05;

/**
 * Whether y(N, H) = F(N H^k), [eq:effective-size], by the quality of a collapse ([eq:collapse-quality]) of the lines of constant H over
 * log N + k log H. Values are multiplied by the power of N H^k that a product law gives them: that changes nothing where they are one curve, and leaves it
 * nearly straight between neighbours.
 * @throws DomainError as `fitTwoAxes` with the law "product"
 */
export function effectiveSize(surface: ResampledSurface, { confidence, range = [0, 4] }: EffectiveSizeOptions): EffectiveSize {
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  const [low, high] = checkRange("range", range, { min: -8, max: 8 });
  const [product] = compareTwoAxisLaws(surface, ["product"]);
  const lines = linesOfConstantH(surface);
  if (lines.lengths.length < 2) return { kind: "undecided", reason: "there are fewer than two lines with two points or more" };
  const problem = lineProblem(surface, lines, product!.exponents[0], [low, high]);
  const best = problem.best();
  if (best === undefined) return { kind: "undecided", reason: "for no ratio searched do the lines overlap: give the axes sizes that reach further" };
  const laid = problem.laidOn(best.at);
  const refits = Array.from(surface.resampled[0]!, (_, b) => problem.near(laid(b), best.at));
  const sorted = Float64Array.from(refits, ({ at }) => at[0]!).sort();
  const half = (1 - confidence) / 2;
  const ratio = best.at[0]!;
  const lower = 2 * ratio - quantileOfSorted(sorted, 1 - half);
  const upper = 2 * ratio - quantileOfSorted(sorted, half);
  return {
    kind: "fitted",
    ratio,
    interval: [lower <= low ? null : lower, upper >= high ? null : upper],
    confidence,
    quality: best.value,
    terms: problem.termsAt(best.at),
    goodness: (1 + refits.filter(({ value }) => value >= best.value).length) / (1 + refits.length),
  };
}

interface Lines {
  /** Indices of the points, line by line, N ascending. */
  readonly order: readonly number[];
  readonly lengths: readonly number[];
}

function linesOfConstantH({ points }: ResampledSurface): Lines {
  const hs = [...new Set(points.map(([, h]) => h))].sort((a, b) => a - b);
  const lines = hs
    .map((h) => points.flatMap((point, k) => (point[1] === h ? [k] : [])).sort((a, b) => points[a]![0] - points[b]![0]))
    .filter((line) => line.length > 1);
  return { order: lines.flat(), lengths: lines.map(({ length }) => length) };
}

interface LineProblem {
  best(): Minimum | undefined;
  near(values: Float64Array, start: readonly number[]): Minimum;
  termsAt(at: readonly number[]): number;
  laidOn(at: readonly number[]): (resample: number) => Float64Array;
}

function lineProblem({ points, values, standardErrors, resampled }: ResampledSurface, { order, lengths }: Lines, p: number, range: readonly [number, number]): LineProblem {
  const meter: QualityMeter = qualityMeter(lengths);
  const logs = [0, 1].map((axis) => {
    const raw = order.map((k) => log(points[k]![axis]!));
    const centre = raw.reduce((sum, l) => sum + l, 0) / raw.length;
    return raw.map((l) => l - centre);
  }) as [number[], number[]];
  const unit = Math.min(...standardErrors);
  const data = Float64Array.from(order, (k) => values[k]! / unit);
  const errors = Float64Array.from(order, (k) => standardErrors[k]! / unit);
  const x = new Float64Array(order.length);
  const y = new Float64Array(order.length);
  const e = new Float64Array(order.length);
  const qualityAt = (moved: Float64Array, [k]: readonly number[]): number => {
    for (let i = 0; i < order.length; i++) {
      x[i] = logs[0][i]! + k! * logs[1][i]!;
      const up = exp(p * x[i]!);
      y[i] = moved[i]! * up;
      e[i] = errors[i]! * up;
    }
    return meter.measure(x, y, e);
  };
  const near = (moved: Float64Array, start: readonly number[], tolerance = 2e-2): Minimum => simplexMinimum((at) => qualityAt(moved, at), start, { box: [range], steps: [REFIT_STEP], tolerance });
  return {
    best: () => {
      const starts = bestOfGrid((at) => qualityAt(data, at), [range], GRID, 3).filter(({ value }) => value < Infinity);
      const found = starts.map(({ at }) => near(data, at, 1e-4));
      return found.length === 0 ? undefined : found.reduce((least, one) => (one.value < least.value ? one : least));
    },
    near: (moved, start) => near(moved, start),
    termsAt: (at) => {
      qualityAt(data, at);
      return meter.terms();
    },
    laidOn: (at) => {
      qualityAt(data, at);
      const laid = smoothed(x, y, e);
      laid.forEach((value, i) => (laid[i] = value * exp(-p * x[i]!) - data[i]!));
      const moved = new Float64Array(order.length);
      return (b) => {
        for (let i = 0; i < order.length; i++) moved[i] = laid[i]! + resampled[order[i]!]![b]! / unit;
        return moved;
      };
    },
  };
}
