/** @file y_inf + a / n^p at a given p, where limit and amplitude are linear: the innermost part of `fitLimit`. */
import { exp, log } from "@mesoscope/numerics";
import { goldenMinimum, indexOfLeast, minimumNear } from "./minimum.js";
import { acceptedHull, type Interval } from "./profile-interval.js";

const GRID = 40;
const TOLERANCE = 1e-7;
const REFIT_TOLERANCE = 1e-4;

/** Limit and amplitude at a given exponent; the amplitude belongs to (n / centre)^-p. */
export interface DecaySolution {
  readonly limit: number;
  readonly amplitude: number;
  readonly chiSquare: number;
  /** Standard error of the limit at that exponent: its square may leave the doubles. */
  readonly error: number;
}

/** The fit as a function of values alone, sizes and errors fixed. */
export interface DecayProfile {
  /** The best exponent in the range. */
  best(values: readonly number[]): number;
  /** The best in the valley around `start`, to 1e-4. */
  near(values: readonly number[], start: number): number;
  chiSquareAt(values: readonly number[], p: number): number;
  solutionAt(values: readonly number[], p: number): DecaySolution;
  /** Least chi-square over exponents with the limit held: chi-square(p) + ((limit - limit(p)) / error(p))^2, since it is linear. */
  leastWithLimit(values: readonly number[], limit: number, start: number): number;
  /** (n / centre)^-p. */
  decayAt(n: number, p: number): number;
  /** centre^p: turns an amplitude into that of n^-p. */
  unitOf(p: number): number;
}

/** Nothing is checked here. With equal ends of the range the exponent is that. */
export function decayProfile(sizes: readonly number[], standardErrors: readonly number[], range: readonly [number, number]): DecayProfile {
  const [low, high] = range;
  // Sizes about 1 and errors of at least 1: no power and no weight leaves the doubles.
  const centre = exp(sizes.reduce((sum, n) => sum + log(n), 0) / sizes.length);
  const logs = sizes.map((n) => log(n / centre));
  const unit = Math.min(...standardErrors);
  const weights = standardErrors.map((error) => (unit / error) * (unit / error));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const f = new Float64Array(sizes.length);
  const found = { limit: 0, amplitude: 0, chiSquare: 0, error: 0 };

  const solve = (values: readonly number[], p: number): typeof found => {
    let fMean = 0;
    let yMean = 0;
    for (let k = 0; k < f.length; k++) {
      f[k] = exp(-p * logs[k]!);
      fMean += weights[k]! * f[k]!;
      yMean += weights[k]! * (values[k]! / unit);
    }
    fMean /= total;
    yMean /= total;
    let ff = 0;
    let fy = 0;
    for (let k = 0; k < f.length; k++) {
      const off = f[k]! - fMean;
      ff += weights[k]! * off * off;
      fy += weights[k]! * off * (values[k]! / unit - yMean);
    }
    const slope = ff > 0 ? fy / ff : 0;
    let rest = 0;
    for (let k = 0; k < f.length; k++) {
      const off = values[k]! / unit - yMean - slope * (f[k]! - fMean);
      rest += weights[k]! * off * off;
    }
    found.limit = (yMean - slope * fMean) * unit;
    found.amplitude = slope * unit;
    found.chiSquare = rest;
    found.error = Math.sqrt(1 / total + (ff > 0 ? (fMean * fMean) / ff : 0)) * unit;
    return found;
  };
  const chiSquareAt = (values: readonly number[], p: number): number => solve(values, p).chiSquare;
  const step = (high - low) / GRID;
  const least = (of: (p: number) => number, start: number): number => (low === high ? low : minimumNear(of, start, step, range, REFIT_TOLERANCE));
  const grid = Array.from({ length: GRID + 1 }, (_, i) => low + i * step);
  const withLimit = (values: readonly number[], limit: number) => (p: number): number => {
    const { limit: own, error, chiSquare } = solve(values, p);
    return chiSquare + ((limit - own) / error) * ((limit - own) / error);
  };
  return {
    best: (values) => {
      if (low === high) return low;
      const nearest = grid[indexOfLeast(grid.map((p) => chiSquareAt(values, p)))]!;
      return goldenMinimum((p) => chiSquareAt(values, p), Math.max(low, nearest - step), Math.min(high, nearest + step), TOLERANCE);
    },
    near: (values, start) => least((p) => chiSquareAt(values, p), start),
    chiSquareAt,
    solutionAt: (values, p) => ({ ...solve(values, p) }),
    leastWithLimit: (values, limit, start) => {
      const of = withLimit(values, limit);
      return of(least(of, start));
    },
    decayAt: (n, p) => exp(-p * log(n / centre)),
    unitOf: (p) => exp(p * log(centre)),
  };
}

/**
 * All limits that some exponent brings within `accepted` chi-square: at each p they are limit(p) +- sqrt(accepted - chi-square(p)) error(p),
 * and the hull is where that is extreme. An end reached only at an end of the range of exponents is open.
 */
export function limitHull(profile: DecayProfile, values: readonly number[], best: number, accepted: number, range: readonly [number, number]): Interval {
  const end = (p: number, side: 1 | -1): number => {
    const { limit, error, chiSquare } = profile.solutionAt(values, p);
    return side * limit + Math.sqrt(Math.max(0, accepted - chiSquare)) * error;
  };
  const [low, high] = range;
  if (low === high) return [-end(low, -1), end(low, 1)];
  const [from, to] = acceptedHull((p) => profile.chiSquareAt(values, p) <= accepted, best, range);
  const left = from ?? low;
  const right = to ?? high;
  const step = (right - left) / GRID;
  const extreme = (side: 1 | -1): number | null => {
    const heights = Array.from({ length: GRID + 1 }, (_, i) => -end(left + i * step, side));
    const at = indexOfLeast(heights);
    if ((at === 0 && from === null) || (at === GRID && to === null)) return null;
    const p = goldenMinimum((q) => -end(q, side), left + Math.max(0, at - 1) * step, left + Math.min(GRID, at + 1) * step, TOLERANCE);
    return side * Math.max(-heights[at]!, end(p, side));
  };
  return [extreme(-1), extreme(1)];
}
