/** @file What every fit of this folder asks of its data, so that no refit can end in a number that is not finite. */
import { DomainError, requireFinite, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";

/** Values with errors, and the same values on resampled replicas: a curve over sizes, or points of a grid. */
export interface Resampled {
  readonly values: readonly number[];
  readonly standardErrors: readonly number[];
  readonly resampled: readonly Float64Array[];
}

/** Beyond this, powers of sizes leave the doubles. */
const LARGEST_SIZE = Number.MAX_SAFE_INTEGER;
/** A value so many errors from zero has no digit left for a fit. */
const MOST_ERRORS = 1e100;
/** Weights are squares of errors: further apart than this, the small ones are rounding beside the large ones. */
const LARGEST_RATIO = 1e7;

/**
 * @param least the fewest sizes with which the fit says something
 * @throws DomainError for too few sizes, or sizes that are not increasing positive numbers
 */
export function checkSizes(sizes: readonly number[], least: number, why: string): void {
  requireInteger("sizes.length", sizes.length, { min: least }, `Give at least ${least} sizes: ${why}.`);
  sizes.forEach((n, k) => {
    requirePositive(`sizes[${k}]`, n);
    requireInRange(`sizes[${k}]`, n, { max: LARGEST_SIZE }, "Give sizes that an integer can hold.");
    if (k > 0 && n <= sizes[k - 1]!) throw new DomainError({ name: `sizes[${k}]`, value: n, rule: `must be greater than ${sizes[k - 1]!}`, remedy: "Sort the sizes and drop the double ones." });
  });
}

/**
 * @param points how many values there must be
 * @returns the number of resamples
 * @throws DomainError for wrong lengths, numbers that are not finite, errors that are not positive or further apart than 1e7, or
 * fewer than 99 resamples
 */
export function checkResampled({ values, standardErrors, resampled }: Resampled, points: number): number {
  for (const [name, numbers] of Object.entries({ values, standardErrors, resampled })) {
    if (numbers.length !== points) throw new DomainError({ name: `${name}.length`, value: numbers.length, rule: `must be ${points}, one for each point`, remedy: "Give a value, an error and resamples for each." });
  }
  const largest = Math.max(...standardErrors);
  standardErrors.forEach((error, k) => {
    requirePositive(`standardErrors[${k}]`, error, "Leave out what has no error: it has no weight to give.");
    if (error * LARGEST_RATIO < largest) {
      throw new DomainError({ name: `standardErrors[${k}]`, value: error, rule: `must not be 1e7 times smaller than another, ${largest}`, remedy: "Leave out the points that weigh nothing." });
    }
  });
  values.forEach((value, k) => {
    requireFinite(`values[${k}]`, value);
    if (Math.abs(value) > MOST_ERRORS * standardErrors[k]!) throw new DomainError({ name: `values[${k}]`, value, rule: "must be within 1e100 of its errors", remedy: "Check the error: it is none." });
  });
  const resamples = resampled[0]?.length ?? 0;
  requireInteger("resamples", resamples, { min: 99 }, "Give at least 99; 2,000 is usual.");
  resampled.forEach((draws, k) => {
    if (draws.length !== resamples) throw new DomainError({ name: `resampled[${k}].length`, value: draws.length, rule: `must be ${resamples} as at the other points`, remedy: "Draw as many everywhere." });
    draws.forEach((value, b) => {
      if (!(Math.abs(value - values[k]!) <= MOST_ERRORS * standardErrors[k]!)) throw new DomainError({ name: `resampled[${k}][${b}]`, value, rule: "must be finite and near its value", remedy: "Resample completed replicas only." });
    });
  });
  return resamples;
}

/** The range itself. @throws DomainError unless least < greatest, both within `bounds` */
export function checkRange(name: string, [least, greatest]: readonly [number, number], bounds: { readonly min: number; readonly max: number }): readonly [number, number] {
  requireInRange(`${name}[0]`, least, bounds);
  requireInRange(`${name}[1]`, greatest, bounds);
  if (!(least < greatest)) throw new DomainError({ name, value: least, rule: `must begin below its end ${greatest}`, remedy: "Give [least, greatest]." });
  return [least, greatest];
}
