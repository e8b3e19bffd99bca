/**
 * @file Gauss rules of symmetric weights from the three-term recurrence of their monic polynomials,
 * p_{k+1} = x p_k - g_k p_{k-1}: first the eigenvalues of the Jacobi matrix, then one Newton step and the weights with the
 * recurrence in two parts (some 32 digits), since in plain doubles its n roundings would cost the weights two to three digits.
 */
import { leadingHalf, productError } from "../elementary/exact-product.js";
import { tridiagonalQl } from "../linear-algebra/tridiagonal-ql.js";

/** g_1 ... g_{n-1} at their index as high + low; index 0 is not used. */
export interface Recurrence {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** Both values times 2^exponent are p_{n-1} and p_n at the point. */
export interface MonicPair {
  before: number;
  value: number;
  exponent: number;
}

const BIG = 2 ** 300;
const SMALL = 2 ** -300;

/** p_{n-1}(x) and p_n(x), n >= 1, every rounding error carried along. `before` is rounded once; `value` is small against its terms at a node, and still right. */
export function monicPair(g: Recurrence, x: number, out: MonicPair): void {
  const n = g.high.length;
  const xHigh = leadingHalf(x);
  const xLow = x - xHigh;
  let before = 1;
  let beforeLow = 0;
  let value = x;
  let valueLow = 0;
  let exponent = 0;
  for (let k = 1; k < n; k++) {
    const gHigh = g.high[k]!;
    const risen = x * value;
    const half = leadingHalf(value);
    const rest = value - half;
    const risenLow = xHigh * half - risen + xHigh * rest + xLow * half + xLow * rest + x * valueLow;
    const taken = gHigh * before;
    const takenLow = productError(gHigh, before, taken) + (gHigh * beforeLow + g.low[k]! * before);
    const top = risen - taken;
    const shadow = top - risen;
    const topLow = risen - (top - shadow) - (taken + shadow) + (risenLow - takenLow);
    before = value;
    beforeLow = valueLow;
    value = top + topLow;
    valueLow = topLow - (value - top);
    const size = Math.max(Math.abs(value), Math.abs(before));
    if (size < BIG && size > SMALL) continue;
    const factor = size < BIG ? BIG : SMALL;
    exponent += size < BIG ? -300 : 300;
    before *= factor;
    beforeLow *= factor;
    value *= factor;
    valueLow *= factor;
  }
  out.before = before + beforeLow;
  out.value = value + valueLow;
  out.exponent = exponent;
}

/** Product g_1 ... g_{n-1} = fraction 2^exponent, the squared norm of p_{n-1} over the mass of the weight. */
export function normProduct(g: Recurrence): { fraction: number; exponent: number } {
  let fraction = 1;
  let low = 0;
  let exponent = 0;
  for (let k = 1; k < g.high.length; k++) {
    const next = fraction * g.high[k]!;
    low = productError(fraction, g.high[k]!, next) + (low * g.high[k]! + fraction * g.low[k]!);
    fraction = next;
    if (fraction < BIG && fraction > SMALL) continue;
    const factor = fraction < BIG ? BIG : SMALL;
    exponent += fraction < BIG ? -300 : 300;
    fraction *= factor;
    low *= factor;
  }
  return { fraction: fraction + low, exponent };
}

/** The n nodes, ascending and symmetric, to some 1e-15 of the largest: eigenvalues of the Jacobi matrix. */
export function roughNodes(g: Recurrence): Float64Array {
  const n = g.high.length;
  const offDiagonal = new Float64Array(n);
  for (let k = 1; k < n; k++) offDiagonal[k - 1] = Math.sqrt(g.high[k]!);
  const nodes = new Float64Array(n);
  tridiagonalQl(nodes, offDiagonal);
  return nodes.sort();
}

/** x 2^exponent for x near 1 and an exponent of any size, rounded once more at most (0 or Infinity beyond the doubles). */
export function timesPowerOfTwo(x: number, exponent: number): number {
  let value = x;
  let left = exponent;
  for (; left <= -300; left += 300) value *= SMALL;
  for (; left >= 300; left -= 300) value *= BIG;
  return value * 2 ** left;
}
