/** @file The limit that the finite systems themselves point to, beside the one that the theory gives. */
import { fitLimit, compareLimit, type LimitComparison, type LimitFit } from "../scaling/limit-fit.js";
import { testOrder, type OrderTest } from "../scaling/order-test.js";
import { richardson, type RichardsonLimit } from "../scaling/richardson.js";
import type { Summary } from "../statistics/summary.js";

/** Plain JSON. */
export interface Extrapolation {
  /** y_inf + a / n^p fitted to the means, with p free, or given where there are too few sizes. */
  readonly fit: LimitFit;
  /** The fitted limit against the predicted one. */
  readonly against: LimitComparison;
  /** Where the theory predicts p: the two largest sizes extrapolated with it, and whether three sizes agree with it. */
  readonly richardson?: RichardsonLimit;
  readonly order?: OrderTest;
}

/** The mean of a scalar at one size, with its prediction. */
export interface PredictedMean {
  readonly n: number;
  readonly summary: Summary;
  readonly predicted: number;
  readonly numericalError: number;
}

/** Orders nearer to the predicted one than this are as good as it: halves are told apart. */
const RESOLUTION = 0.4;

/**
 * Extrapolates the mean of a scalar over sizes ([eq:limit-fit], [eq:richardson], [eq:observed-order]), where the theory predicts one limit for all of
 * them. Undefined where the prediction moves with the size, for a series, without any error, or below three sizes.
 */
export function extrapolationOf(points: readonly PredictedMean[], predictedExponent: number | undefined, confidence: number): Extrapolation | undefined {
  const [first] = points;
  if (first === undefined || points.length < 3 || first.summary.length !== 1) return undefined;
  const value = first.predicted;
  if (points.some(({ predicted }) => predicted !== value)) return undefined;
  if (points.some(({ summary }) => !(summary.meanError[0]! > 0))) return undefined;
  if (points.length < 4 && predictedExponent === undefined) return undefined;
  const sizes = points.map(({ n }) => n);
  const curve = {
    values: points.map(({ summary }) => summary.mean[0]!),
    standardErrors: points.map(({ summary }) => summary.meanError[0]!),
    resampled: points.map(({ summary }) => summary.resampledMean),
  };
  const fit = fitLimit(sizes, curve, points.length < 4 ? { confidence, exponent: predictedExponent! } : { confidence });
  const against = compareLimit(fit, { value, numericalError: Math.max(...points.map((point) => point.numericalError)) });
  if (predictedExponent === undefined) return { fit, against };
  return { fit, against, richardson: richardson(sizes, curve, { orders: [predictedExponent], confidence }), order: testOrder(sizes, curve, { order: predictedExponent, resolution: RESOLUTION, confidence }) };
}
