/** @file Profile intervals: what a chi-square accepts, with a threshold that resamples calibrate, [eq:exponent-fit]. */
import { normalQuantile } from "../distributions/normal.js";
import { quantileOfSorted } from "../statistics/studentised-law.js";

/** An end is null where all that was searched on that side is accepted. */
export type Interval = readonly [number | null, number | null];

const GRID = 40;

/**
 * How far chi-square may exceed its least value: the quantile of that excess over resamples laid on the fitted law, and never less
 * than that of chi-square with one degree of freedom.
 * @param excesses (resamples), sorted in place
 */
export function excessThreshold(excesses: Float64Array, confidence: number): number {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  return Math.max(z * z, quantileOfSorted(excesses.sort(), confidence));
}

/** The hull of what is accepted in a range, which holds `value`: a grid, then bisection at both ends. */
export function acceptedHull(accepts: (x: number) => boolean, value: number, [low, high]: readonly [number, number], cells: number = GRID): Interval {
  return hullOnGrid(accepts, value, Array.from({ length: cells + 1 }, (_, i) => low + (i * (high - low)) / cells));
}

/** The same on a grid that is there, ascending. */
export function hullOnGrid(accepts: (x: number) => boolean, value: number, grid: readonly number[]): Interval {
  const inside = grid.filter(accepts);
  const lowest = Math.min(value, ...inside);
  const highest = Math.max(value, ...inside);
  const below = grid.findLast((x) => x < lowest);
  const above = grid.find((x) => x > highest);
  return [below === undefined ? null : edgeBetween(accepts, lowest, below), above === undefined ? null : edgeBetween(accepts, highest, above)];
}

function edgeBetween(accepts: (x: number) => boolean, inside: number, outside: number): number {
  let left = inside;
  let right = outside;
  for (let i = 0; i < 40; i++) {
    const middle = (left + right) / 2;
    if (accepts(middle)) left = middle;
    else right = middle;
  }
  return left;
}

/** Whether the interval holds x; an open end holds all. */
export function holdsWithin([low, high]: Interval, x: number): boolean {
  return (low === null || low <= x) && (high === null || x <= high);
}
