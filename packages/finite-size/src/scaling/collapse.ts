/** @file Finite-size-scaling collapse: exponents and critical point for which the curves of all sizes become one. */
import { DomainError, exp, log, requireFinite, requireInRange, requireInteger } from "@mesoscope/numerics";
import type { ResampledCurve } from "./exponent.js";
import { quantileOfSorted } from "../statistics/studentised-law.js";
import { checkRange, checkResampled, checkSizes } from "./check-curve.js";
import { qualityMeter } from "./collapse-quality.js";
import { type Interval } from "./profile-interval.js";
import { smoothed } from "./smooth-curve.js";
import { bestOfGrid, simplexMinimum, type Minimum } from "./simplex-minimum.js";

/** One size: values over the control parameter. */
export interface CollapseCurve extends ResampledCurve {
  readonly n: number;
  /** Control parameter, ascending. */
  readonly x: readonly number[];
}

/** A number that is fitted in a range, or one that is known. */
export type Searched = number | readonly [number, number];

export interface CollapseOptions {
  readonly confidence: number;
  /** Power of the quantity: y ~ n^-a. */
  readonly a: Searched;
  /** Power of the distance from the critical point: it is n^b that scales it. */
  readonly b: Searched;
  readonly critical: Searched;
  /** What a theory says; those it leaves out are fitted beside them. */
  readonly predicted?: Partial<CollapsePoint>;
}

export interface CollapsePoint {
  readonly a: number;
  readonly b: number;
  readonly critical: number;
}

/** The best collapse. Plain JSON. */
export interface FittedCollapse {
  readonly kind: "fitted";
  readonly at: CollapsePoint;
  /** Of those that were fitted. An end is null where it is that of the range searched. */
  readonly intervals: { readonly a?: Interval; readonly b?: Interval; readonly critical?: Interval };
  readonly confidence: number;
  /** Chi-square per point: near 1 if the curves are one, far above it if they are not. */
  readonly quality: number;
  /** Points that lie between points of another size; only they count. */
  readonly terms: number;
  /** P(quality this bad or worse | the curves are one), over resamples laid on the common curve. */
  readonly goodness: number;
  /** The same without the smallest size, from three sizes on: where it moves by more than the intervals say, corrections to scaling are still large. */
  readonly withoutSmallest?: CollapsePoint;
  readonly predicted?: {
    readonly at: CollapsePoint;
    /** Null where the curves do not overlap there. */
    readonly quality: number | null;
    /** How far the quality may exceed the best before the prediction is excluded: one test of all that is predicted. */
    readonly allowed: number;
    readonly outcome: "consistent" | "inconsistent";
  };
}

export type CollapseFit = FittedCollapse | { readonly kind: "no-overlap"; readonly reason: string };

const NAMES = ["a", "b", "critical"] as const;
const GRID = 12;
const STARTS = 2;
const BOUNDS = { min: -8, max: 8 };

/**
 * The collapse y = n^-a f((x - x_c) n^b), [eq:collapse]: (a, b, x_c) of the least quality ([eq:collapse-quality]), with intervals from refits of
 * resamples that are laid on the common curve found. The master curve is a line between neighbours, so the points should be dense enough for its bend
 * between them to be small beside the errors.
 * @param curves at least two sizes, ascending, three points or more each
 * @throws DomainError for fewer sizes or points, abscissae that do not ascend, or values as `fitLimit` refuses
 */
export function fitCollapse(curves: readonly CollapseCurve[], options: CollapseOptions): CollapseFit {
  const box = checkCollapse(curves, options);
  const problem = collapseProblem(curves, box);
  const best = problem.best();
  if (best === undefined) {
    return { kind: "no-overlap", reason: "nowhere in the ranges searched does a quarter of the points lie between points of another size: give the larger sizes points nearer to the critical one, or other ranges" };
  }
  const predicted = options.predicted;
  const asked = predicted === undefined ? undefined : problem.at(NAMES.map((name, i) => predicted[name] ?? best.at[i]!), NAMES.map((name) => predicted[name] !== undefined));
  const refits = problem.refit(best, NAMES.map((name) => predicted?.[name] !== undefined));
  const goodness = (1 + refits.filter(({ quality }) => quality >= best.value).length) / (1 + refits.length);
  const intervals = Object.fromEntries(
    NAMES.flatMap((name, i) => (box[i]![0] === box[i]![1] ? [] : [[name, intervalOf(best.at[i]!, Float64Array.from(refits, ({ at }) => at[i]!), box[i]!, options.confidence)]])),
  );
  const common = { kind: "fitted", at: pointOf(best.at), intervals, confidence: options.confidence, quality: best.value, terms: problem.termsAt(best.at), goodness, ...withoutSmallest(curves, box, best.at) } as const;
  if (asked === undefined) return common;
  const allowed = quantileOfSorted(Float64Array.from(refits, ({ excess }) => excess).sort(), options.confidence);
  const outcome = asked.value - best.value <= allowed ? "consistent" : "inconsistent";
  return { ...common, predicted: { at: pointOf(asked.at), quality: Number.isFinite(asked.value) ? asked.value : null, allowed, outcome } };
}

function withoutSmallest(curves: readonly CollapseCurve[], box: readonly (readonly [number, number])[], start: readonly number[]): Pick<FittedCollapse, "withoutSmallest"> {
  if (curves.length < 3) return {};
  const found = collapseProblem(curves.slice(1), box).at(start, []);
  return found.value < Infinity ? { withoutSmallest: pointOf(found.at) } : {};
}

function pointOf(at: readonly number[]): CollapsePoint {
  return { a: at[0]!, b: at[1]!, critical: at[2]! };
}

/** [value - upper quantile, value - lower quantile] of how far the refits fall from it, and open where the range cuts it. */
function intervalOf(value: number, refitted: Float64Array, [low, high]: readonly [number, number], confidence: number): Interval {
  const half = (1 - confidence) / 2;
  refitted.sort();
  const lower = 2 * value - quantileOfSorted(refitted, 1 - half);
  const upper = 2 * value - quantileOfSorted(refitted, half);
  return [lower <= low ? null : lower, upper >= high ? null : upper];
}

interface Refit {
  readonly at: readonly number[];
  readonly quality: number;
  /** Quality with what is predicted held at the truth of the resamples, minus the best. */
  readonly excess: number;
}

interface CollapseProblem {
  best(): Minimum | undefined;
  /** The best with some of the three held. */
  at(start: readonly number[], held: readonly boolean[]): Minimum;
  termsAt(at: readonly number[]): number;
  refit(best: Minimum, held: readonly boolean[]): readonly Refit[];
}

function collapseProblem(curves: readonly CollapseCurve[], box: readonly (readonly [number, number])[]): CollapseProblem {
  const meter = qualityMeter(curves.map(({ x }) => x.length));
  const centre = curves.reduce((sum, { n }) => sum + log(n), 0) / curves.length;
  const logs = curves.flatMap(({ n, x }) => x.map(() => log(n) - centre));
  // Quality does not know units: values in units of the least error.
  const unit = Math.min(...curves.flatMap(({ standardErrors }) => standardErrors));
  const xs = Float64Array.from(curves.flatMap(({ x }) => x));
  const errors = Float64Array.from(curves.flatMap(({ standardErrors }) => standardErrors.map((e) => e / unit)));
  const data = Float64Array.from(curves.flatMap(({ values }) => values.map((y) => y / unit)));
  const resampled = curves.flatMap((curve) => curve.resampled);
  const scaled = { x: new Float64Array(xs.length), y: new Float64Array(xs.length), e: new Float64Array(xs.length) };

  const qualityAt = (values: Float64Array, at: readonly number[]): number => {
    for (let k = 0; k < xs.length; k++) {
      const same = k > 0 && logs[k] === logs[k - 1];
      up = same ? up : exp(at[0]! * logs[k]!);
      wide = same ? wide : exp(at[1]! * logs[k]!);
      scaled.x[k] = (xs[k]! - at[2]!) * wide;
      scaled.y[k] = values[k]! * up;
      scaled.e[k] = errors[k]! * up;
    }
    return meter.measure(scaled.x, scaled.y, scaled.e);
  };
  let up = 1;
  let wide = 1;
  const search = (values: Float64Array, start: readonly number[], held: readonly boolean[], step: number, tolerance: number): Minimum => {
    const free = box.flatMap(([low, high], i) => (held[i] === true || low === high ? [] : [i]));
    const point = [...start];
    const of = (x: readonly number[]): number => {
      free.forEach((i, f) => (point[i] = x[f]!));
      return qualityAt(values, point);
    };
    const found = simplexMinimum(of, free.map((i) => start[i]!), { box: free.map((i) => box[i]!), steps: free.map((i) => step * (box[i]![1] - box[i]![0])), tolerance });
    free.forEach((i, f) => (point[i] = found.at[f]!));
    return { at: point, value: found.value };
  };
  const none = [false, false, false];
  // Where a and the critical point can stand in for each other the minimum is a long valley: these points mark it.
  const valley = bestOfGrid((x) => qualityAt(data, x), box, GRID, 40).filter(({ value }) => value < Infinity);
  /** The two best of them for these values, followed down. Data and resamples are searched alike: whatever the search misses, the intervals know of. */
  const found = (values: Float64Array): Minimum => {
    const starts = valley.map(({ at }): Minimum => ({ at, value: qualityAt(values, at) })).sort((a, b) => (a.value === b.value ? 0 : a.value - b.value));
    return starts
      .slice(0, STARTS)
      .map(({ at }) => search(values, at, none, 0.1, 1e-2))
      .reduce((least, one) => (one.value < least.value ? one : least));
  };
  return {
    best: () => {
      return valley.length === 0 ? undefined : search(data, found(data).at, none, 0.002, 1e-3);
    },
    at: (start, held) => search(data, start, held, 0.05, 1e-3),
    termsAt: (at) => {
      qualityAt(data, at);
      return meter.terms();
    },
    refit: (best, held) => {
      qualityAt(data, best.at);
      const laid = smoothed(scaled.x, scaled.y, scaled.e);
      laid.forEach((y, k) => (laid[k] = y * exp(-best.at[0]! * logs[k]!) - data[k]!));
      const moved = new Float64Array(xs.length);
      return Array.from(resampled[0]!, (_, b): Refit => {
        for (let k = 0; k < xs.length; k++) moved[k] = laid[k]! + resampled[k]![b]! / unit;
        const { at, value } = found(moved);
        return { at, quality: value, excess: held.includes(true) ? Math.max(0, search(moved, best.at, held, 0.1, 1e-2).value - value) : 0 };
      });
    },
  };
}

function checkCollapse(curves: readonly CollapseCurve[], { confidence, a, b, critical, predicted }: CollapseOptions): readonly (readonly [number, number])[] {
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  checkSizes(curves.map(({ n }) => n), 2, "one curve alone always lies on itself");
  curves.forEach(({ x }, c) => {
    requireInteger(`curves[${c}].x.length`, x.length, { min: 3 });
    x.forEach((at, j) => {
      requireFinite(`curves[${c}].x[${j}]`, at);
      if (j > 0 && at <= x[j - 1]!) throw new DomainError({ name: `curves[${c}].x[${j}]`, value: at, rule: `must be greater than ${x[j - 1]!}`, remedy: "Sort the control parameters." });
    });
  });
  const all = { values: curves.flatMap((c) => c.values), standardErrors: curves.flatMap((c) => c.standardErrors), resampled: curves.flatMap((c) => c.resampled) };
  curves.forEach((curve) => checkResampled(curve, curve.x.length));
  checkResampled(all, all.values.length);
  for (const name of NAMES) if (predicted?.[name] !== undefined) requireFinite(`predicted.${name}`, predicted[name]);
  return [searched("a", a, BOUNDS), searched("b", b, { min: 0, max: BOUNDS.max }), searched("critical", critical, { min: -1e9, max: 1e9 })];
}

function searched(name: string, range: Searched, bounds: { readonly min: number; readonly max: number }): readonly [number, number] {
  if (typeof range !== "number") return checkRange(name, range, bounds);
  requireInRange(name, range, bounds);
  return [range, range];
}
