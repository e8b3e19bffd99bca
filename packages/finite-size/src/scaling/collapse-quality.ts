/** @file How well several curves lie on one: the chi-square per point of each curve about the line through its neighbours on the others. */

/** Curves over one abscissa, put end to end; x ascends within each. */
export interface QualityMeter {
  /**
   * The quality, near 1 if the curves are one within their errors; Infinity where too few points lie between points of another curve.
   * @param x, y, error (points)
   */
  measure(x: Float64Array, y: Float64Array, error: Float64Array): number;
  /** Points that had neighbours in the last measurement. */
  terms(): number;
}

/** Below this share of points with neighbours the curves only touch, and to pull them apart would look like a collapse. */
const LEAST_SHARE = 0.25;

/**
 * S = (1 / T) sum (y - Y)^2 / (dy^2 + dY^2) over the T points that lie between two points of some other curve, Y and dY^2 from the weighted
 * line through those neighbours, [eq:collapse-quality]: J. Houdayer, A. K. Hartmann, Phys. Rev. B 70 (2004) 014418, after N. Kawashima, N. Ito, J.
 * Phys. Soc. Japan 62 (1993) 435. The buffers are made once: a collapse measures some 10^5 times.
 * @param lengths points of each curve
 */
export function qualityMeter(lengths: readonly number[]): QualityMeter {
  const starts = lengths.reduce<number[]>((sum, length) => [...sum, sum.at(-1)! + length], [0]);
  const points = starts.at(-1)!;
  // Sums over neighbours, with abscissae counted from the point: weights, x, x^2, y, x y.
  const k = new Float64Array(points);
  const kx = new Float64Array(points);
  const kxx = new Float64Array(points);
  const ky = new Float64Array(points);
  const kxy = new Float64Array(points);
  let terms = 0;

  const addNeighbours = (own: number, other: number, x: Float64Array, y: Float64Array, error: Float64Array): void => {
    const end = starts[other + 1]!;
    let right = starts[other]!;
    for (let at = starts[own]!; at < starts[own + 1]!; at++) {
      const here = x[at]!;
      while (right < end && x[right]! < here) right += 1;
      if (right === end) return;
      if (right === starts[other]! && x[right]! > here) continue;
      // A point on a neighbour's abscissa lies between that one and either of those beside it.
      const left = right === starts[other]! ? right : right - 1;
      const last = left === right ? right + 1 : right;
      if (last === end) return;
      for (let near = left; near <= last; near++) {
        const w = 1 / (error[near]! * error[near]!);
        const off = x[near]! - here;
        k[at]! += w;
        kx[at]! += w * off;
        kxx[at]! += w * off * off;
        ky[at]! += w * y[near]!;
        kxy[at]! += w * off * y[near]!;
      }
    }
  };

  const measure = (x: Float64Array, y: Float64Array, error: Float64Array): number => {
    for (const sums of [k, kx, kxx, ky, kxy]) sums.fill(0);
    for (let own = 0; own < lengths.length; own++) for (let other = 0; other < lengths.length; other++) if (own !== other) addNeighbours(own, other, x, y, error);
    let sum = 0;
    terms = 0;
    let alone = false;
    for (let own = 0; own < lengths.length; own++) {
      const before = terms;
      for (let at = starts[own]!; at < starts[own + 1]!; at++) {
        const determinant = k[at]! * kxx[at]! - kx[at]! * kx[at]!;
        if (!(determinant > 0)) continue;
        const line = (kxx[at]! * ky[at]! - kx[at]! * kxy[at]!) / determinant;
        const variance = kxx[at]! / determinant;
        const square = error[at]! * error[at]!;
        const off = y[at]! - line;
        sum += (off * off) / (square + variance);
        terms += 1;
      }
      if (terms === before) alone = true;
    }
    return alone || terms < LEAST_SHARE * points ? Infinity : sum / terms;
  };
  return { measure, terms: () => terms };
}
