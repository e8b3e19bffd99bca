/** @file Exponents of a bias or a variance over two sizes, with intervals and goodness of fit. */
import { DomainError, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";
import { formatNumber } from "../format.js";
import { chiSquareTail } from "../distributions/chi-square.js";
import { checkRange, checkResampled, type Resampled } from "./check-curve.js";
import { acceptedHull, excessThreshold, type Interval } from "./profile-interval.js";
import { separableFit, type SeparableFit } from "./separable-fit.js";
import { exponentsOf, lawOnPoints, termsOf, twoAxisLawAt, type CentredLaw, type GridPoint, type TwoAxisLaw } from "./two-axis-law.js";

/** Values at points of a grid (all of it, or where a theory applies), with errors and resamples. */
export interface ResampledSurface extends Resampled {
  readonly points: readonly GridPoint[];
}

/** An exponent along one axis. */
export type AxisExponent =
  | { readonly kind: "fitted"; readonly value: number; readonly interval: Interval }
  | { readonly kind: "given"; readonly value: number }
  /** The law has it, the data do not show it. */
  | { readonly kind: "unresolved"; readonly reason: string }
  /** The law has none along this axis. */
  | { readonly kind: "absent" };

/** A law with numbers. */
export interface TwoAxisCurve {
  readonly law: TwoAxisLaw;
  /** p and q; 0 where the law has none. */
  readonly exponents: readonly [number, number];
  /** Amplitudes in the order of the law's terms: a, b, c. */
  readonly amplitudes: readonly number[];
}

/** How well a law fits. Plain JSON. */
export interface TwoAxisGoodness extends TwoAxisCurve {
  readonly chiSquare: number;
  readonly freedom: number;
  /** P(chi-square this large or larger | the law is right); 1 without freedom. */
  readonly goodness: number;
}

export interface TwoAxesFit extends TwoAxisGoodness {
  readonly first: AxisExponent;
  readonly second: AxisExponent;
  readonly confidence: number;
}

export interface TwoAxesOptions {
  /** Exponents that a theory gives; what is left out is fitted. */
  readonly exponents?: { readonly first?: number; readonly second?: number };
  /** Exponents searched; default [0.05, 4], for a product [-1, 4]: there 0 means no decay along that axis. */
  readonly range?: readonly [number, number];
}

const FALLING: readonly [number, number] = [0.05, 4];
const ANY: readonly [number, number] = [-1, 4];
const BOUNDS = { min: -8, max: 8 };

/**
 * One law over the grid by weighted least squares, [eq:two-axes], profiled over its exponents. Their intervals are those of `fitLimit`: what
 * exceeds the least chi-square, the other exponent refitted, by no more than resamples laid on the fitted law do. An exponent of a sum is resolved
 * if leaving out its terms fits worse beyond chance at level 1 - confidence.
 * @returns the fit, and the law refitted to each resample, for whatever else is computed from it
 * @throws DomainError for fewer than three sizes along an axis whose exponent is fitted, fewer points than parameters + 1, doubled points,
 * or values and errors as `fitLimit` refuses
 */
export function fitTwoAxes(surface: ResampledSurface, law: TwoAxisLaw, options: TwoAxesOptions & { readonly confidence: number }): { readonly fit: TwoAxesFit; readonly refits: readonly TwoAxisCurve[] } {
  const { confidence } = options;
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  checkSurface(surface);
  const problem = problemOf(surface, law, options);
  const best = problem.fit.best(surface.values);
  const [first, second, refits] = exponentIntervals(problem, surface, best, options);
  return { fit: { ...goodnessOf(problem, surface, best), first, second, confidence }, refits };
}

/**
 * The same fits for several laws without intervals: which of them the grid allows is said by their goodness, and nobody chooses.
 * Laws with more parameters than the points allow are refused as by `fitTwoAxes`.
 */
export function compareTwoAxisLaws(surface: ResampledSurface, laws: readonly TwoAxisLaw[], options: TwoAxesOptions = {}): readonly TwoAxisGoodness[] {
  checkSurface(surface);
  return laws.map((law) => {
    const problem = problemOf(surface, law, options);
    return goodnessOf(problem, surface, problem.fit.best(surface.values));
  });
}

interface Problem {
  readonly law: TwoAxisLaw;
  readonly centred: CentredLaw;
  readonly fit: SeparableFit;
  /** Which exponents are fitted. */
  readonly free: readonly [boolean, boolean];
}

interface Best {
  readonly at: readonly number[];
  readonly value: number;
}

function problemOf({ points, standardErrors }: ResampledSurface, law: TwoAxisLaw, { exponents, range }: TwoAxesOptions): Problem {
  const searched = checkRange("range", range ?? (law === "product" ? ANY : FALLING), BOUNDS);
  const has = exponentsOf(law);
  const given = [exponents?.first, exponents?.second];
  const box = given.map((p, axis) => (p === undefined ? searched : held(`exponents.${axis === 0 ? "first" : "second"}`, p))) as unknown as [readonly [number, number], readonly [number, number]];
  const free = [has[0] && given[0] === undefined, has[1] && given[1] === undefined] as const;
  free.forEach((isFree, axis) => {
    const sizes = new Set(points.map((point) => point[axis]!)).size;
    if (isFree) requireInteger(`sizes along the ${axis === 0 ? "first" : "second"} axis`, sizes, { min: 3 }, "Give at least three, or the exponent along it.");
  });
  const parameters = termsOf(law).length + free.filter(Boolean).length;
  requireInteger("points.length", points.length, { min: parameters + 1 }, `Give at least ${parameters + 1} points: the law "${law}" has ${parameters} parameters.`);
  const centred = lawOnPoints(law, points, box);
  return { law, centred, fit: separableFit(centred, standardErrors), free };
}

function held(name: string, p: number): readonly [number, number] {
  requireInRange(name, p, BOUNDS);
  return [p, p];
}

function curveOf({ law, centred, fit }: Problem, values: ArrayLike<number>, at: readonly number[]): TwoAxisCurve {
  return { law, exponents: [at[0]!, at[1]!], amplitudes: centred.uncentred(fit.amplitudesAt(values, at), at) };
}

function goodnessOf(problem: Problem, { points, values }: ResampledSurface, best: Best): TwoAxisGoodness {
  const freedom = points.length - problem.centred.terms - problem.free.filter(Boolean).length;
  return { ...curveOf(problem, values, best.at), chiSquare: best.value, freedom, goodness: chiSquareTail(best.value, freedom) };
}

function exponentIntervals(problem: Problem, surface: ResampledSurface, best: Best, options: TwoAxesOptions & { readonly confidence: number }): readonly [AxisExponent, AxisExponent, readonly TwoAxisCurve[]] {
  const { values, points, resampled } = surface;
  const { fit, free } = problem;
  const curve = curveOf(problem, values, best.at);
  const laid = points.map((point, k) => twoAxisLawAt(curve.law, curve.amplitudes, curve.exponents, point) - values[k]!);
  const excesses = free.map(() => new Float64Array(resampled[0]!.length));
  const moved = new Float64Array(points.length);
  const refits = Array.from(resampled[0]!, (_, b): TwoAxisCurve => {
    for (let k = 0; k < points.length; k++) moved[k] = laid[k]! + resampled[k]![b]!;
    const refit = fit.near(moved, best.at);
    free.forEach((isFree, axis) => {
      if (isFree) excesses[axis]![b] = Math.max(0, fit.near(moved, heldAt(refit.at, axis, best.at[axis]!), axis).value - refit.value);
    });
    return curveOf(problem, moved, refit.at);
  });
  const [first, second] = free.map((isFree, axis): AxisExponent => {
    if (!exponentsOf(problem.law)[axis]) return { kind: "absent" };
    const value = best.at[axis]!;
    if (!isFree) return { kind: "given", value };
    const reason = whyUnresolved(problem, surface, axis, best.value, options);
    if (reason !== undefined) return { kind: "unresolved", reason };
    const accepted = best.value + excessThreshold(excesses[axis]!, options.confidence);
    const accepts = (p: number): boolean => fit.near(values, heldAt(best.at, axis, p), axis).value <= accepted;
    return { kind: "fitted", value, interval: acceptedHull(accepts, value, problem.centred.box[axis]!) };
  }) as unknown as [AxisExponent, AxisExponent];
  return [first, second, refits];
}

function heldAt(at: readonly number[], axis: number, p: number): readonly number[] {
  return at.map((own, i) => (i === axis ? p : own));
}

/** Without its terms along the axis a sum is the other axis alone; a law of one term is nothing. */
function whyUnresolved({ law, centred, free }: Problem, surface: ResampledSurface, axis: number, chiSquare: number, options: TwoAxesOptions & { readonly confidence: number }): string | undefined {
  const isSum = law === "sum" || law === "sum-and-product";
  const rest = isSum ? compareTwoAxisLaws(surface, [axis === 0 ? "second" : "first"], options)[0]!.chiSquare : surface.values.reduce((sum, y, k) => sum + (y / surface.standardErrors[k]!) * (y / surface.standardErrors[k]!), 0);
  const lost = isSum ? centred.terms : 1 + free.filter(Boolean).length;
  const chance = chiSquareTail(Math.max(0, rest - chiSquare), lost);
  if (chance <= 1 - options.confidence) return undefined;
  return `${isSum ? `no part that falls along the ${axis === 0 ? "first" : "second"} axis is seen` : "nothing is seen at any point"} (by chance as often as ${formatNumber(chance, 2)})`;
}

function checkSurface({ points, values, standardErrors, resampled }: ResampledSurface): void {
  requireInteger("points.length", points.length, { min: 2 });
  const seen = new Set<string>();
  points.forEach(([n, h], k) => {
    for (const size of [n, h]) requireInRange(`points[${k}]`, requirePositive(`points[${k}]`, size), { max: Number.MAX_SAFE_INTEGER });
    const name = `${n}, ${h}`;
    if (seen.has(name)) throw new DomainError({ name: `points[${k}]`, value: name, rule: "must not come twice", remedy: "Put the replicas of one point together." });
    seen.add(name);
  });
  checkResampled({ values, standardErrors, resampled }, points.length);
}
