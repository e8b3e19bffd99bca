/** @file Optimal transport between two samples of equal size on the circle. */
import { DomainError, requireFinite } from "@mesoscope/numerics";

const TURN = 2 * Math.PI;

/**
 * Wasserstein distance W_p, p = 1 or 2, between the empirical laws of two lists of angles of equal length, in radians of
 * arc: 0 <= W_p <= pi.
 *
 * An optimal plan keeps the cyclic order, so that it pairs the sorted angles up to one shift; the cost is convex in the
 * shift (on the lifted line), and its minimum is found by bisection on the sign of its differences: O(n log n).
 * @param a angles, any finite representatives modulo 2 pi, (n)
 * @param b angles, (n)
 * @throws DomainError for lists that are empty, unequal in length or not finite
 * @see Delon, Salomon, Sobolevskii (2010), SIAM J. Appl. Math. 70
 */
export function circleWasserstein(a: ArrayLike<number>, b: ArrayLike<number>, p: 1 | 2): number {
  if (a.length !== b.length || a.length === 0) {
    throw new DomainError({
      name: "b.length",
      value: b.length,
      rule: `must equal a.length = ${a.length} and not be 0`,
      remedy: "Give two samples of the same size.",
    });
  }
  const x = sortedAngles("a", a);
  const y = sortedAngles("b", b);
  let low = -x.length;
  let high = x.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (shiftedCost(x, y, middle, p) <= shiftedCost(x, y, middle + 1, p)) high = middle;
    else low = middle + 1;
  }
  const cost = shiftedCost(x, y, low, p) / x.length;
  return p === 1 ? cost : Math.sqrt(cost);
}

function sortedAngles(name: string, angles: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(angles, (angle, i) => {
    requireFinite(`${name}[${i}]`, angle, "Give finite angles in radians.");
    return angle - TURN * Math.floor(angle / TURN);
  });
  return sorted.sort();
}

/** Sum of |x_i - y_{i + shift}|^p, y continued by whole turns beyond its ends. */
function shiftedCost(x: Float64Array, y: Float64Array, shift: number, p: 1 | 2): number {
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const turns = Math.floor((i + shift) / n);
    const distance = Math.abs(x[i]! - (y[i + shift - turns * n]! + TURN * turns));
    sum += p === 1 ? distance : distance * distance;
  }
  return sum;
}
