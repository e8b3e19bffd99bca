/** @file Quantiles by bisection: slow, sure, and called a handful of times per comparison. */

/**
 * x with tail(x) = p, for a function that falls from above p at `low` to below p at `high`.
 * Bisects down to neighbouring doubles or 200 halvings.
 */
export function whereTailIs(tail: (x: number) => number, p: number, low: number, high: number): number {
  let left = low;
  let right = high;
  for (let i = 0; i < 200; i++) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) break;
    if (tail(middle) > p) left = middle;
    else right = middle;
  }
  return left + (right - left) / 2;
}
