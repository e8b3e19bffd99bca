/** @file Richardson extrapolation: the limit from the largest sizes, where the order of the approach is known. */
import { DomainError, exp, log, requireInRange, requireInteger } from "@mesoscope/numerics";
import { normalQuantile } from "../distributions/normal.js";
import type { ResampledCurve } from "./exponent.js";
import { quantileOfSorted } from "../statistics/studentised-law.js";
import { checkResampled, checkSizes } from "./check-curve.js";

/** An extrapolated limit. Plain JSON. */
export interface RichardsonLimit {
  readonly limit: number;
  readonly interval: readonly [number, number];
  readonly confidence: number;
  readonly standardError: number;
  /** The sizes it rests on, one more than there are orders. */
  readonly sizes: readonly number[];
  /** limit = sum of weights times values; they add to 1. */
  readonly weights: readonly number[];
  /** Sum of |weights|: how many times a common error of the values may grow. */
  readonly amplification: number;
  /** The same from each earlier run of neighbouring sizes, the one above last: if they drift beyond their errors, the orders are not all there are. */
  readonly sequence: readonly { readonly sizes: readonly number[]; readonly limit: number; readonly standardError: number }[];
}

export interface RichardsonOptions {
  /** Orders of the terms to remove, ascending: [p] for y + a / n^p, [1, 2] for y + a / n + b / n^2. */
  readonly orders: readonly number[];
  readonly confidence: number;
}

/**
 * (r^p y_2 - y_1) / (r^p - 1), r = n_2 / n_1, [eq:richardson]; with m orders the combination of the m + 1 largest sizes that keeps a constant
 * and removes every n^-p_j, on any increasing sizes. The interval is made of the quantiles of the resamples, on each side at least that of
 * a normal law.
 * @param sizes (K) increasing positive, K > number of orders
 * @throws DomainError for fewer sizes, orders that do not increase in [0.01, 12], or a curve as `fitLimit` refuses
 */
export function richardson(sizes: readonly number[], curve: ResampledCurve, { orders, confidence }: RichardsonOptions): RichardsonLimit {
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  requireInteger("orders.length", orders.length, { min: 1 }, "Give at least one order.");
  orders.forEach((order, j) => {
    requireInRange(`orders[${j}]`, order, { min: 0.01, max: 12 });
    if (j > 0 && order <= orders[j - 1]!) throw new DomainError({ name: `orders[${j}]`, value: order, rule: `must be greater than ${orders[j - 1]!}`, remedy: "Sort the orders." });
  });
  checkSizes(sizes, orders.length + 1, "one more than there are orders");
  const resamples = checkResampled(curve, sizes.length);
  const runs = Array.from({ length: sizes.length - orders.length }, (_, from) => runAt(sizes, curve, orders, from));
  const last = runs.at(-1)!;
  const from = sizes.length - last.weights.length;
  const moved = Float64Array.from({ length: resamples }, (_, b) => last.weights.reduce((sum, w, j) => sum + w * (curve.resampled[from + j]![b]! - curve.values[from + j]!), 0)).sort();
  const half = (1 - confidence) / 2;
  const normal = normalQuantile(1 - half) * last.standardError;
  return {
    ...last,
    interval: [last.limit + Math.min(-normal, quantileOfSorted(moved, half)), last.limit + Math.max(normal, quantileOfSorted(moved, 1 - half))],
    confidence,
    amplification: last.weights.reduce((sum, w) => sum + Math.abs(w), 0),
    sequence: runs.map(({ sizes: used, limit, standardError }) => ({ sizes: used, limit, standardError })),
  };
}

function runAt(sizes: readonly number[], { values, standardErrors }: ResampledCurve, orders: readonly number[], from: number): Pick<RichardsonLimit, "sizes" | "weights" | "limit" | "standardError"> {
  const used = sizes.slice(from, from + orders.length + 1);
  const weights = removingWeights(used, orders);
  return {
    sizes: used,
    weights,
    limit: weights.reduce((sum, w, j) => sum + w * values[from + j]!, 0),
    standardError: Math.sqrt(weights.reduce((sum, w, j) => sum + w * standardErrors[from + j]! * (w * standardErrors[from + j]!), 0)),
  };
}

/**
 * Weights w with sum w = 1 and sum w n^-p = 0 for each order, by elimination with pivots.
 * @throws DomainError where sizes are so near to each other that nothing is removed
 */
function removingWeights(sizes: readonly number[], orders: readonly number[]): readonly number[] {
  const m = sizes.length;
  const largest = log(sizes.at(-1)!);
  // Each row in units of its term at the largest size, and again of its largest entry: no power overflows, pivots compare.
  const rows = [0, ...orders].map((p, i) => {
    const greatest = exp(p * (largest - log(sizes[0]!)));
    return [...sizes.map((n) => exp(p * (largest - log(n))) / greatest), i === 0 ? 1 : 0];
  });
  for (let c = 0; c < m; c++) {
    const pivot = rows.reduce((best, row, i) => (i >= c && Math.abs(row[c]!) > Math.abs(rows[best]![c]!) ? i : best), c);
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    const top = rows[c]!;
    if (!(Math.abs(top[c]!) > 1e-12)) throw new DomainError({ name: "sizes", value: sizes, rule: "must be far enough apart to tell the orders", remedy: "Give sizes with a larger ratio, or fewer orders." });
    for (let i = c + 1; i < m; i++) {
      const factor = rows[i]![c]! / top[c]!;
      for (let j = c; j <= m; j++) rows[i]![j] = rows[i]![j]! - factor * top[j]!;
    }
  }
  const weights = new Array<number>(m).fill(0);
  for (let i = m - 1; i >= 0; i--) {
    let sum = rows[i]![m]!;
    for (let j = i + 1; j < m; j++) sum -= rows[i]![j]! * weights[j]!;
    weights[i] = sum / rows[i]![i]!;
  }
  return weights;
}
