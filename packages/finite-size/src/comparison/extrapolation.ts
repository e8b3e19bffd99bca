/** @file The limit that the finite systems themselves point to, beside the one that the theory gives. */
import { fitLimit, compareLimit, type LimitComparison, type LimitFit } from "../scaling/limit-fit.js";
import { testOrder, type OrderTest } from "../scaling/order-test.js";
import { checkResampled } from "../scaling/check-curve.js";
import type { ResampledCurve } from "../scaling/exponent.js";
import { richardson, type RichardsonLimit } from "../scaling/richardson.js";
import type { Summary } from "../statistics/summary.js";
import { refusedAs } from "./refused-as.js";

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
/** Predicted powers with which a limit can be extrapolated. */
const POWERS: readonly [number, number] = [0.05, 8];

/**
 * Extrapolates the mean of a scalar over sizes ([eq:limit-fit], [eq:richardson], [eq:observed-order]), where the theory predicts one limit for all of
 * them. Undefined where the prediction moves with the size, for a series, without any error, with errors too far apart for a fit, or below three sizes.
 */
export function extrapolationOf(points: readonly PredictedMean[], toldExponent: number | undefined, confidence: number): Extrapolation | undefined {
  // A theory may say that a deviation stays: that is no order to extrapolate with.
  const predictedExponent = toldExponent !== undefined && toldExponent >= POWERS[0] && toldExponent <= POWERS[1] ? toldExponent : undefined;
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
  if (!canBeFitted(curve, sizes.length)) return undefined;
  const fit = fitLimit(sizes, curve, points.length < 4 ? { confidence, exponent: predictedExponent! } : { confidence });
  const against = compareLimit(fit, { value, numericalError: Math.max(...points.map((point) => point.numericalError)) });
  if (predictedExponent === undefined) return { fit, against };
  return { fit, against, richardson: richardson(sizes, curve, { orders: [predictedExponent], confidence }), order: testOrder(sizes, curve, { order: predictedExponent, resolution: RESOLUTION, confidence }) };
}

/** Errors so far apart that all but a few sizes weigh nothing are no curve: the fit refuses them, a comparison leaves it out. */
function canBeFitted(curve: ResampledCurve, sizes: number): boolean {
  return refusedAs(
    () => false,
    () => checkResampled(curve, sizes) > 0,
  );
}
