/** @file Optimal transport between two weighted point measures on the circle. */
import { DomainError, requireFinite, requireInRange } from "@mesoscope/numerics";

const TURN = 2 * Math.PI;

/** Masses below this are what rounding leaves of sums of masses; moving them a whole turn costs less than the result is worth. */
const SLIVER = 1e-14;

/**
 * Wasserstein distance W_p, p = 1 or 2, between two measures of mass 1 on the circle, sum_i u_i delta_{a_i} and sum_j v_j delta_{b_j}, in radians of arc: 0 <= W_p <= pi.
 * Weights are divided by their sums.
 *
 * An optimal plan keeps the cyclic order: it pairs the quantiles at s of the one measure with those at s + shift of the other, and the cost is convex and piecewise linear in
 * the shift. Its minimum is found by bisection on the sign of its slope: O((n + m) log) after sorting.
 * @param a angles, any finite representatives modulo 2 pi, (n)
 * @param u weights >= 0 with a positive sum, (n)
 * @param b angles, (m)
 * @param v weights, (m)
 * @returns error of W_p^p below 1e-12 (n + m); masses below 1e-14 are not moved, so that equal measures are at distance 0
 * @throws DomainError for lists that are empty, unequal in length or not finite, or weights without a positive sum
 * @see Delon, Salomon, Sobolevskii (2010), SIAM J. Appl. Math. 70
 */
export function circleWassersteinWeighted(a: ArrayLike<number>, u: ArrayLike<number>, b: ArrayLike<number>, v: ArrayLike<number>, p: 1 | 2): number {
  const x = quantiles("a", a, "u", u);
  const y = quantiles("b", b, "v", v);
  let [low, high] = [-1, 1];
  // The slope is constant between shifts at which two jumps meet; 60 halvings reach the best of those to rounding.
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (slope(x, y, middle, p) < 0) low = middle;
    else high = middle;
  }
  const cost = Math.min(transportCost(x, y, low, p), transportCost(x, y, high, p));
  return p === 1 ? cost : Math.sqrt(cost);
}

/** A measure as its quantile function: `angle[i]` on (`end[i - 1]`, `end[i]`), continued by whole turns. */
interface Quantiles {
  readonly angle: Float64Array;
  readonly end: Float64Array;
}

function quantiles(name: string, angles: ArrayLike<number>, weightName: string, weights: ArrayLike<number>): Quantiles {
  if (angles.length !== weights.length || angles.length === 0) {
    throw new DomainError({ name: `${weightName}.length`, value: weights.length, rule: `must equal ${name}.length = ${angles.length} and not be 0`, remedy: "Give one weight for each angle." });
  }
  const points = Array.from(angles, (angle, i) => {
    requireFinite(`${name}[${i}]`, angle, "Give finite angles in radians.");
    requireInRange(`${weightName}[${i}]`, requireFinite(`${weightName}[${i}]`, weights[i]!), { min: 0 }, "Give weights that are not negative.");
    return { angle: angle - TURN * Math.floor(angle / TURN), weight: weights[i]! };
  }).filter(({ weight }) => weight > 0);
  points.sort((one, other) => one.angle - other.angle);
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0 && total < Infinity)) throw new DomainError({ name: `sum of ${weightName}`, value: total, rule: "must be positive and finite", remedy: "Give a measure with mass." });
  let sum = 0;
  const end = Float64Array.from(points, ({ weight }) => (sum += weight) / total);
  end[end.length - 1] = 1;
  return { angle: Float64Array.from(points, ({ angle }) => angle), end };
}

/** First index whose end lies beyond s in [0, 1). */
function indexAt({ end }: Quantiles, s: number): number {
  let [low, high] = [0, end.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end[middle]! > s) high = middle;
    else low = middle + 1;
  }
  return low;
}

function power(gap: number, p: 1 | 2): number {
  return p === 1 ? Math.abs(gap) : gap * gap;
}

/** Slope of the cost to the right of a shift: at each jump of y, the place s = jump - shift passes from the angle before to the one after. */
function slope(x: Quantiles, y: Quantiles, shift: number, p: 1 | 2): number {
  let sum = 0;
  for (let j = 0; j < y.end.length; j++) {
    const place = y.end[j]! - shift;
    const turns = Math.floor(place);
    // Jumps of y at end + integer, seen from x on [0, 1): the angle of y there lacks as many turns.
    const from = x.angle[indexAt(x, place - turns)]! + TURN * turns;
    const after = j + 1 < y.end.length ? y.angle[j + 1]! : y.angle[0]! + TURN;
    sum += power(from - after, p) - power(from - y.angle[j]!, p);
  }
  return sum;
}

/** Integral over s in [0, 1) of |x(s) - y(s + shift)|^p; pieces thinner than rounding are left out. */
function transportCost(x: Quantiles, y: Quantiles, shift: number, p: 1 | 2): number {
  let turns = Math.floor(shift);
  let j = indexAt(y, shift - turns);
  let i = 0;
  let sum = 0;
  for (let s = 0; i < x.end.length; ) {
    const yEnd = y.end[j]! + turns - shift;
    const next = Math.min(x.end[i]!, yEnd);
    if (next - s > SLIVER) sum += (next - s) * power(x.angle[i]! - y.angle[j]! - TURN * turns, p);
    s = Math.max(s, next);
    const stepX = x.end[i]! <= next;
    if (yEnd <= next) {
      j += 1;
      if (j === y.end.length) [j, turns] = [0, turns + 1];
    }
    if (stepX) i += 1;
  }
  return sum;
}
