/** @file The order at which three sizes approach their limit, and whether it is the one a theory gives. */
import { expm1, log, requireInRange, requirePositive } from "@mesoscope/numerics";
import { formatNumber } from "../format.js";
import { normalQuantile } from "../distributions/normal.js";
import type { ResampledCurve } from "./exponent.js";
import { quantileOfSorted } from "../statistics/studentised-law.js";
import { checkRange, checkResampled, checkSizes } from "./check-curve.js";
import { acceptedHull, type Interval } from "./profile-interval.js";

/** The order seen in the three largest sizes, beside a known one. Plain JSON. */
export interface OrderTest {
  /** Absent where the two differences have opposite signs, or none in the range fits. */
  readonly observed?: number;
  /** An end is null where no order on that side is excluded; both are, if the differences are lost in noise. Absent if none fits. */
  readonly interval?: Interval;
  readonly confidence: number;
  readonly known: number;
  /** Standardised distance of the data from the known order. */
  readonly z: number;
  readonly sizes: readonly [number, number, number];
  readonly outcome: "consistent" | "inconsistent" | "undecided";
  readonly because: string;
}

export interface OrderTestOptions {
  /** The order that is to be tested. */
  readonly order: number;
  /** Orders nearer to it than this are as good as it: 0.4 tells 1 from 1/2 and from 3/2. */
  readonly resolution: number;
  readonly confidence: number;
  /** Orders searched; default [-2, 8]. */
  readonly range?: readonly [number, number];
}

const RANGE: readonly [number, number] = [-2, 8];
const GRID = 400;

/**
 * Order p with (y_1 - y_2) / (y_2 - y_3) = (n_1^-p - n_2^-p) / (n_2^-p - n_3^-p), [eq:observed-order], which for equal ratios r is
 * log((y_1 - y_2) / (y_2 - y_3)) / log r. The interval holds each p at which the combination of the three values that vanishes for that p is
 * within its error (as Fieller's of a ratio): it is right also where the observed order is not defined, and then wide. The critical value comes
 * from resamples, and is never below the normal one.
 *
 * *Inconsistent*: the known order lies outside. *Consistent*: the interval lies within `resolution` of it. Else *undecided*.
 * @param sizes (K) increasing positive, K >= 3; the last three are used
 * @throws DomainError for fewer sizes, an order outside the range, or a curve as `fitLimit` refuses
 */
export function testOrder(sizes: readonly number[], curve: ResampledCurve, options: OrderTestOptions): OrderTest {
  const { order, resolution, confidence } = options;
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  requirePositive("resolution", resolution, "Give how near to the known order is near enough, for example 0.4.");
  checkSizes(sizes, 3, "an order needs two differences");
  checkResampled(curve, sizes.length);
  const range = checkRange("range", options.range ?? RANGE, { min: -12, max: 12 });
  requireInRange("order", order, { min: range[0], max: range[1] }, "Give a range of orders that holds it.");
  const [n1, n2, n3] = sizes.slice(-3) as [number, number, number];
  const ys = curve.values.slice(-3) as unknown as Triple;
  const errors = curve.standardErrors.slice(-3) as unknown as Triple;
  const weightsAt = (p: number): Triple => vanishingWeights(p, log(n2 / n1), log(n3 / n2));
  const zAt = (p: number, values: Triple = ys): number => standardised(weightsAt(p), values, errors);
  const critical = criticalValue(curve, (moved) => zAt(order, moved), confidence);
  const observed = rootOf((p) => combined(weightsAt(p), ys), range);
  const accepts = (p: number): boolean => Math.abs(zAt(p)) <= critical;
  const inside = [...(observed === undefined ? [] : [observed]), order, ...range].find(accepts);
  const interval = inside === undefined ? undefined : acceptedHull(accepts, inside, range, GRID);
  return { ...(observed === undefined ? {} : { observed }), ...(interval === undefined ? {} : { interval }), confidence, known: order, z: zAt(order), sizes: [n1, n2, n3], ...judged(Math.abs(zAt(order)) > critical, interval, order, resolution) };
}

type Triple = readonly [number, number, number];

/** Weights of y_1, y_2, y_3 whose sum vanishes for y_inf + a / n^p; smooth through p = 0, where the law is a logarithm. */
function vanishingWeights(p: number, l12: number, l23: number): Triple {
  const s = p === 0 ? l23 : -expm1(-p * l23) / p;
  const t = p === 0 ? l12 : expm1(p * l12) / p;
  const size = Math.max(s, t);
  return [s / size, -(s / size + t / size), t / size];
}

function combined(w: Triple, y: Triple): number {
  // By differences, so that a common constant does not cancel only to rounding.
  return w[0] * (y[0] - y[1]) - w[2] * (y[1] - y[2]);
}

function standardised(w: Triple, y: Triple, e: Triple): number {
  const unit = Math.max(...e);
  const [a, b, c] = [w[0] * (e[0] / unit), w[1] * (e[1] / unit), w[2] * (e[2] / unit)];
  return combined(w, y) / unit / Math.sqrt(a * a + b * b + c * c);
}

/** The quantile of |z| over resamples, as deviations from their centre; z is linear in the values. */
function criticalValue({ values, resampled }: ResampledCurve, zOf: (moved: Triple) => number, confidence: number): number {
  const from = values.length - 3;
  const sizes = Float64Array.from(resampled[0]!, (_, b) => Math.abs(zOf([0, 1, 2].map((j) => resampled[from + j]![b]! - values[from + j]!) as unknown as Triple))).sort();
  return Math.max(normalQuantile(1 - (1 - confidence) / 2), quantileOfSorted(sizes, confidence));
}

/** Where the combination changes its sign: its ratio of weights grows with p, so at most once. */
function rootOf(of: (p: number) => number, [low, high]: readonly [number, number]): number | undefined {
  const sign = Math.sign(of(low));
  if (sign === 0 || sign === Math.sign(of(high))) return undefined;
  let left = low;
  let right = high;
  for (let i = 0; i < 60; i++) {
    const middle = (left + right) / 2;
    if (Math.sign(of(middle)) === sign) left = middle;
    else right = middle;
  }
  return (left + right) / 2;
}

function judged(excluded: boolean, interval: Interval | undefined, order: number, resolution: number): Pick<OrderTest, "outcome" | "because"> {
  if (interval === undefined) return { outcome: "inconsistent", because: `no order searched fits the three sizes, the known ${order} included` };
  const [low, high] = interval;
  const text = `[${low === null ? "…" : formatNumber(low)}, ${high === null ? "…" : formatNumber(high)}]`;
  if (excluded) return { outcome: "inconsistent", because: `the orders ${text} do not hold the known ${order}` };
  if (low === null && high === null) return { outcome: "undecided", because: "every order searched fits: the differences between the sizes are lost in noise" };
  if (low === null || high === null || low < order - resolution || high > order + resolution) {
    return { outcome: "undecided", because: `the orders ${text} hold the known ${order}, but reach further than ±${resolution} from it` };
  }
  return { outcome: "consistent", because: `the orders ${text} hold the known ${order} and lie within ±${resolution} of it` };
}
