/** @file Laws of a bias or a variance over two sizes N and H. */
import { exp, log } from "@mesoscope/numerics";
import type { SeparableLaw } from "./separable-fit.js";

/**
 * - `sum`: a / N^p + b / H^q; `sum-and-product`: the same + c / (N^p H^q);
 * - `product`: a / (N^p H^q);
 * - `first`: a / N^p alone; `second`: b / H^q alone.
 */
export type TwoAxisLaw = "sum" | "sum-and-product" | "product" | "first" | "second";

export const TWO_AXIS_LAWS: readonly TwoAxisLaw[] = ["sum", "sum-and-product", "product", "first", "second"];

/** A point of the grid: sizes along the first and the second axis. */
export type GridPoint = readonly [number, number];

/** Whether a term of the law falls along the first and along the second axis, term by term: a, b, c. */
const TERMS: Readonly<Record<TwoAxisLaw, readonly (readonly [boolean, boolean])[]>> = {
  sum: [[true, false], [false, true]],
  "sum-and-product": [[true, false], [false, true], [true, true]],
  product: [[true, true]],
  first: [[true, false]],
  second: [[false, true]],
};

export function termsOf(law: TwoAxisLaw): readonly (readonly [boolean, boolean])[] {
  return TERMS[law];
}

/** Which exponents a law has: of the first axis, of the second. */
export function exponentsOf(law: TwoAxisLaw): readonly [boolean, boolean] {
  return [TERMS[law].some(([first]) => first), TERMS[law].some(([, second]) => second)];
}

/** A law on given points, in units of the centre of each axis. */
export interface CentredLaw extends SeparableLaw {
  /** Amplitudes of N^-p H^-q from those of (N / centre)^-p (H / centre)^-q. */
  uncentred(amplitudes: readonly number[], exponents: readonly number[]): readonly number[];
}

/** @param box ranges of p and q; an exponent that the law has not is held at 0 whatever its range */
export function lawOnPoints(law: TwoAxisLaw, points: readonly GridPoint[], box: readonly [readonly [number, number], readonly [number, number]]): CentredLaw {
  const terms = TERMS[law];
  const has = exponentsOf(law);
  const axes = [0, 1].map((axis) => sizesAlong(points, axis));
  const powers = axes.map(({ logs }) => new Float64Array(logs.length));
  const slopes = axes.map(({ logs, index }) => Float64Array.from(index, (i) => logs[i]!));
  return {
    terms: terms.length,
    points: points.length,
    slope: (term, exponent) => (terms[term]![exponent] === true ? slopes[exponent] : undefined),
    box: box.map((range, axis) => (has[axis]! ? range : ([0, 0] as const))),
    fill: (exponents, into) => {
      axes.forEach(({ logs }, axis) => {
        for (let i = 0; i < logs.length; i++) powers[axis]![i] = exp(-exponents[axis]! * logs[i]!);
      });
      const [first, second] = powers as [Float64Array, Float64Array];
      for (let j = 0; j < terms.length; j++) {
        const [inFirst, inSecond] = terms[j]!;
        for (let k = 0; k < points.length; k++) {
          into[j * points.length + k] = (inFirst ? first[axes[0]!.index[k]!]! : 1) * (inSecond ? second[axes[1]!.index[k]!]! : 1);
        }
      }
    },
    uncentred: (amplitudes, exponents) =>
      amplitudes.map((a, j) => a * exp((terms[j]![0] ? exponents[0]! * axes[0]!.centre : 0) + (terms[j]![1] ? exponents[1]! * axes[1]!.centre : 0))),
  };
}

/** Distinct sizes of an axis as logarithms about their mean, and which of them each point has. */
function sizesAlong(points: readonly GridPoint[], axis: number): { readonly logs: readonly number[]; readonly index: Uint16Array; readonly centre: number } {
  const distinct = [...new Set(points.map((point) => point[axis]!))].sort((a, b) => a - b);
  const centre = distinct.reduce((sum, n) => sum + log(n), 0) / distinct.length;
  return { logs: distinct.map((n) => log(n) - centre), index: Uint16Array.from(points, (point) => distinct.indexOf(point[axis]!)), centre };
}

/** The law at a point, with amplitudes of N^-p H^-q. */
export function twoAxisLawAt(law: TwoAxisLaw, amplitudes: readonly number[], [p, q]: readonly [number, number], [n, h]: GridPoint): number {
  return TERMS[law].reduce((sum, [first, second], j) => sum + amplitudes[j]! * exp(-(first ? p * log(n) : 0) - (second ? q * log(h) : 0)), 0);
}
