/** @file Hartigan's dip: how far a sample is from the nearest law with one mode. */
import { requireInteger } from "@mesoscope/numerics";

/** The nearest unimodal law is convex up to `mode[0]`, concave from `mode[1]` on. */
export interface Dip {
  readonly value: number;
  readonly mode: readonly [number, number];
}

/**
 * The dip, [eq:dip]: min over unimodal distribution functions U of sup |F_R - U|, in [0, 1/4]. For R different samples it is at least
 * 1 / (2 R). Equal samples are an atom, which only the mode of U may be.
 *
 * The modal interval starts as the whole range and shrinks to the points of contact of the greatest convex minorant of F_R(x-) and the
 * least concave majorant of F_R(x) where these are farthest apart, until they are closer than F_R is to them outside. Each
 * round takes a time linear in its interval, and the intervals shrink fast.
 * Source: J. A. Hartigan, P. M. Hartigan, Ann. Statist. 13 (1985) 70-84; P. M. Hartigan, Appl. Statist. 34 (1985) 320-325.
 * @param sorted (R) ascending, finite
 * @throws DomainError for no samples
 */
export function dip(sorted: Float64Array): Dip {
  requireInteger("sorted.length", sorted.length, { min: 1 }, "Give at least one sample.");
  const law = atoms(sorted);
  let low = 0;
  let high = law.at.length - 1;
  // Twice the dip, in samples.
  let distance = 0;
  for (;;) {
    const minorant = convexMinorant(law, low, high);
    const majorant = concaveMajorant(law, low, high);
    const gap = widestGap(law, minorant, majorant);
    if (gap.width <= distance) break;
    distance = Math.max(distance, aboveMinorant(law, minorant, gap.low), belowMajorant(law, majorant, gap.high));
    if (gap.low === low && gap.high === high) break;
    low = gap.low;
    high = gap.high;
  }
  return { value: distance / (2 * sorted.length), mode: [law.at[low]!, law.at[high]!] };
}

/** Different values, with how many samples lie below each and how many up to each. */
interface Atoms {
  readonly at: readonly number[];
  readonly below: readonly number[];
  readonly upTo: readonly number[];
}

function atoms(sorted: Float64Array): Atoms {
  const at: number[] = [];
  const below: number[] = [];
  const upTo: number[] = [];
  sorted.forEach((x, i) => {
    if (i === 0 || x > at.at(-1)!) {
      at.push(x);
      below.push(i);
      upTo.push(i + 1);
    } else {
      upTo[upTo.length - 1] = i + 1;
    }
  });
  return { at, below, upTo };
}

/** Indices of the corners of the greatest convex function below F(x-) on the atoms low .. high. */
function convexMinorant({ at, below }: Atoms, low: number, high: number): number[] {
  return hull(at, below, low, high, 1);
}

/** Indices of the corners of the least concave function above F(x). */
function concaveMajorant({ at, upTo }: Atoms, low: number, high: number): number[] {
  return hull(at, upTo, low, high, -1);
}

function hull(x: readonly number[], y: readonly number[], low: number, high: number, side: 1 | -1): number[] {
  const corners: number[] = [];
  for (let i = low; i <= high; i++) {
    while (corners.length > 1) {
      const [a, b] = [corners.at(-2)!, corners.at(-1)!];
      const turn = (y[b]! - y[a]!) * (x[i]! - x[b]!) - (y[i]! - y[b]!) * (x[b]! - x[a]!);
      if (side * turn < 0) break;
      corners.pop();
    }
    corners.push(i);
  }
  return corners;
}

/** Where majorant and minorant are farthest apart, and the corners of either around it: low of the minorant, high of the majorant. */
function widestGap(law: Atoms, minorant: readonly number[], majorant: readonly number[]): { width: number; low: number; high: number } {
  let widest = { width: -1, low: minorant[0]!, high: majorant.at(-1)! };
  let g = 0;
  let l = 0;
  while (g < minorant.length && l < majorant.length) {
    const i = minorant[g]!;
    const j = majorant[l]!;
    const here = Math.min(i, j);
    const upper = i >= j ? law.upTo[j]! : chord(law.at, law.upTo, majorant[l - 1]!, j, here);
    const lower = i <= j ? law.below[i]! : chord(law.at, law.below, minorant[g - 1]!, i, here);
    // A corner of the minorant is followed by the next one of the majorant; a corner of the majorant is preceded by one of the minorant.
    if (upper - lower > widest.width) widest = { width: upper - lower, low: i <= j ? i : minorant[g - 1]!, high: j };
    if (i === here) g += 1;
    if (j === here) l += 1;
  }
  return widest;
}

/** On the line through points a and b, at point i between them. */
function chord(x: readonly number[], y: readonly number[], a: number, b: number, i: number): number {
  return y[a]! + ((y[b]! - y[a]!) * (x[i]! - x[a]!)) / (x[b]! - x[a]!);
}

/** max of F(x) - minorant over the atoms before `end`. */
function aboveMinorant(law: Atoms, corners: readonly number[], end: number): number {
  let largest = 0;
  for (let c = 0; c + 1 < corners.length && corners[c]! < end; c++) {
    const [a, b] = [corners[c]!, corners[c + 1]!];
    for (let i = a; i < b; i++) largest = Math.max(largest, law.upTo[i]! - chord(law.at, law.below, a, b, i));
  }
  return largest;
}

/** max of majorant - F(x-) over the atoms after `start`. */
function belowMajorant(law: Atoms, corners: readonly number[], start: number): number {
  let largest = 0;
  for (let c = corners.length - 1; c > 0 && corners[c]! > start; c--) {
    const [a, b] = [corners[c - 1]!, corners[c]!];
    for (let i = b; i > a; i--) largest = Math.max(largest, chord(law.at, law.upTo, a, b, i) - law.below[i]!);
  }
  return largest;
}
