/** @file Least values of functions of a few variables in a box, without derivatives. */

export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
}

export interface SimplexOptions {
  readonly box: readonly (readonly [number, number])[];
  /** First steps along each variable. */
  readonly steps: readonly number[];
  /** It ends when no corner is further from the best than this share of the first steps. */
  readonly tolerance: number;
  readonly evaluations?: number;
}

/**
 * The downhill simplex of J. A. Nelder and R. Mead, Computer J. 7 (1965) 308-313, with every point drawn back into the box. The function may be
 * infinite, and not smooth, away from the start. For at most four variables; the result is never worse than the start.
 */
export function simplexMinimum(of: (x: readonly number[]) => number, start: readonly number[], { box, steps, tolerance, evaluations = 400 }: SimplexOptions): Minimum {
  const count = start.length;
  let left = evaluations;
  const corner = (x: readonly number[]): Corner => {
    left -= 1;
    return { x, value: of(x) };
  };
  const within = (x: number, i: number): number => Math.min(box[i]![1], Math.max(box[i]![0], x));
  const first = corner(start.map(within));
  if (count === 0) return { at: first.x, value: first.value };
  const corners = [first];
  for (let i = 0; i < count; i++) corners.push(corner(first.x.map((x, j) => (j === i ? stepWithin(x, steps[i]!, box[i]!) : x))));

  const centre = new Array<number>(count).fill(0);
  /** The point at `share` of the way from the worst corner through the centre of the others. */
  const towards = (share: number, worst: Corner): Corner => corner(centre.map((c, i) => within(c + share * (c - worst.x[i]!), i)));

  for (;;) {
    corners.sort(byValue);
    const best = corners[0]!;
    const worst = corners[count]!;
    if (left <= 0 || isSmall(corners, steps, tolerance)) return { at: best.x, value: best.value };
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let c = 0; c < count; c++) sum += corners[c]!.x[i]!;
      centre[i] = sum / count;
    }
    const reflected = towards(1, worst);
    if (reflected.value < best.value) {
      const expanded = towards(2, worst);
      corners[count] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners[count - 1]!.value) {
      corners[count] = reflected;
    } else {
      const contracted = towards(reflected.value < worst.value ? 0.5 : -0.5, worst);
      if (contracted.value < Math.min(reflected.value, worst.value)) corners[count] = contracted;
      else for (let c = 1; c <= count; c++) corners[c] = corner(corners[c]!.x.map((x, i) => (x + best.x[i]!) / 2));
    }
  }
}

interface Corner {
  readonly x: readonly number[];
  readonly value: number;
}

function byValue(a: Corner, b: Corner): number {
  // Two infinities are equal, though their difference is no number.
  return a.value === b.value ? 0 : a.value - b.value;
}

function stepWithin(x: number, step: number, [low, high]: readonly [number, number]): number {
  return x + step <= high ? x + step : Math.max(low, x - step);
}

function isSmall(corners: readonly Corner[], steps: readonly number[], tolerance: number): boolean {
  const [best, ...others] = corners;
  for (const { x } of others) for (let i = 0; i < steps.length; i++) if (Math.abs(x[i]! - best!.x[i]!) > tolerance * steps[i]!) return false;
  return true;
}

/** The best points of a regular grid in the box, best first: where a search may begin. */
export function bestOfGrid(of: (x: readonly number[]) => number, box: readonly (readonly [number, number])[], perAxis: number, kept: number): readonly Minimum[] {
  let points: number[][] = [[]];
  for (const [low, high] of box) {
    const values = low === high ? [low] : Array.from({ length: perAxis }, (_, i) => low + ((i + 0.5) * (high - low)) / perAxis);
    points = points.flatMap((point) => values.map((value) => [...point, value]));
  }
  return points
    .map((at): Minimum => ({ at, value: of(at) }))
    .sort((a, b) => (a.value === b.value ? 0 : a.value - b.value))
    .slice(0, kept);
}
