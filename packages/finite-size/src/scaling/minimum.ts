/** @file Least values of functions of one variable. */

const GOLDEN = 0.6180339887498949;

/** Index of the least value; the first of equal ones. */
export function indexOfLeast(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value < values[best]! ? i : best), 0);
}

/** Where a function with one minimum in [from, to] has it, by golden sections. */
export function goldenMinimum(of: (x: number) => number, from: number, to: number, tolerance: number): number {
  let left = from;
  let right = to;
  let p = right - GOLDEN * (right - left);
  let q = left + GOLDEN * (right - left);
  let atP = of(p);
  let atQ = of(q);
  while (right - left > tolerance) {
    if (atP <= atQ) {
      right = q;
      q = p;
      atQ = atP;
      p = right - GOLDEN * (right - left);
      atP = of(p);
    } else {
      left = p;
      p = q;
      atP = atQ;
      q = left + GOLDEN * (right - left);
      atQ = of(q);
    }
  }
  return (left + right) / 2;
}

/** The minimum in the valley around `near`: downhill in steps until it rises on both sides, then golden sections. */
export function minimumNear(of: (x: number) => number, near: number, step: number, [low, high]: readonly [number, number], tolerance: number): number {
  const at = (x: number): number => (x < low || x > high ? Infinity : of(x));
  let middle = Math.min(high, Math.max(low, near));
  let height = of(middle);
  for (const direction of [-step, step]) {
    for (let next = at(middle + direction); next < height; next = at(middle + direction)) {
      middle += direction;
      height = next;
    }
  }
  return goldenMinimum(of, Math.max(low, middle - step), Math.min(high, middle + step), tolerance);
}
