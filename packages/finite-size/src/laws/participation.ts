/** @file How many units carry an observable: all alike, or a few for all. */
import { DomainError, log, requireInRange, requireInteger } from "@mesoscope/numerics";
import { inCanonicalOrder } from "../statistics/canonical-order.js";
import { estimateMean, type Estimate } from "../statistics/estimate.js";
import type { Resampling } from "../statistics/summary.js";
import type { StatisticEstimate } from "./cumulants.js";

export interface ParticipationOptions extends Resampling {
  /** Units N of a replica. */
  readonly units: number;
  readonly confidence: number;
  /** How many of the largest units are the tail of Hill's estimator, 2 <= k < N: few have noise, many have bias. */
  readonly tail: number;
}

/** Means over replicas, with w = x^2 the weight of a unit. Plain JSON. */
export interface Participation {
  readonly units: number;
  /** Replicas with a unit that is not zero: only they have a participation. */
  readonly replicas: number;
  /** Replicas whose units are all zero, left out. */
  readonly silent: number;
  /** (sum w)^2 / sum w^2: how many equal units would do, from 1 to N. */
  readonly ratio: StatisticEstimate;
  /** Its share of N; 1/3 for Gaussian units. */
  readonly share: StatisticEstimate;
  /** sum w^2 / (sum w)^2, from 1 / N to 1; its mean is 3 / (N + 2) for independent centred Gaussian units, at every N. */
  readonly inverse: StatisticEstimate;
  /** Gini index of the weights: 0 for equal units, 1 - 1 / N if one has all; 2 / pi for many Gaussian units. */
  readonly gini: StatisticEstimate;
  /** Share of the largest weight. */
  readonly largest: StatisticEstimate;
  /** Exponent a of P(|x| > t) ~ t^-a: the inverse of Hill's estimator, averaged over replicas before it is inverted. */
  readonly tailExponent: StatisticEstimate;
}

const UNDEFINED_TAIL = "The tail holds units that are zero or all equal: it has no exponent.";

/**
 * Measures of inequality among the units of each replica, averaged over replicas with studentised intervals,
 * [eq:participation], [eq:hill]. Neither the order of the units nor that of the replicas changes a bit.
 * Hill's estimator takes the tail for a power law whether it is one or not: of a Gaussian it gives an exponent that grows as the tail shrinks.
 * @param samples (R, N) row-major
 * @throws DomainError for fewer than 2 replicas that are not silent, fewer than 2 units, or a tail that is not between 2 and N - 1
 */
export function participation(samples: Float64Array, options: ParticipationOptions): Participation {
  const { units, tail, confidence } = options;
  requireInteger("units", units, { min: 3 }, "Give at least 3 units.");
  requireInteger("tail", tail, { min: 2, max: units - 1 }, "Give the number of units in the tail, less than all.");
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  const rows = inCanonicalOrder(samples, units);
  const all = Array.from({ length: rows.length / units }, (_, r) => rows.subarray(r * units, (r + 1) * units).map(Math.abs).sort());
  const heard = all.filter((row) => row.at(-1)! > 0);
  if (heard.length < 2) {
    throw new DomainError({ name: "samples", value: heard.length, rule: "must have at least 2 replicas with a unit that is not zero", remedy: "Give more replicas, or an observable that is not zero." });
  }
  const measured = heard.map((row) => measuresOf(row));
  const measures = estimateMean(Float64Array.from(measured.flat()), { ...options, length: MEASURES });
  const of = (entry: number): StatisticEstimate => entryOf(measures, entry);
  return {
    units,
    replicas: heard.length,
    silent: all.length - heard.length,
    ratio: of(0),
    share: of(1),
    inverse: of(2),
    gini: of(3),
    largest: of(4),
    tailExponent: tailExponent(heard, options),
  };
}

const MEASURES = 5;

/** @param row (N) magnitudes, ascending, the last above 0; taken relative to it, so that no power overflows */
function measuresOf(row: Float64Array): readonly number[] {
  const count = row.length;
  const top = row.at(-1)!;
  let sum = 0;
  let squares = 0;
  let ranked = 0;
  row.forEach((x, i) => {
    const weight = (x / top) * (x / top);
    sum += weight;
    squares += weight * weight;
    ranked += (2 * i + 1 - count) * weight;
  });
  const inverse = squares / (sum * sum);
  return [1 / inverse, 1 / (inverse * count), inverse, ranked / (count * sum), 1 / sum];
}

function tailExponent(rows: readonly Float64Array[], options: ParticipationOptions): StatisticEstimate {
  const hill = rows.map((row) => hillEstimate(row, options.tail));
  if (hill.some((gamma) => gamma === undefined)) return { defined: false, reason: UNDEFINED_TAIL };
  const { value, lower, upper } = estimateMean(Float64Array.from(hill as number[]), options);
  if (!(lower[0]! > 0)) return { defined: false, reason: "Zero lies in the interval of Hill's estimator: too few replicas to bound the exponent." };
  return { defined: true, value: 1 / value[0]!, interval: [1 / upper[0]!, 1 / lower[0]!], confidence: options.confidence };
}

/**
 * Hill's estimator of the inverse tail exponent, [eq:hill]: the mean of log(x_(i) / x_(k+1)) over the k largest.
 * @param row (N) magnitudes, ascending
 * @returns undefined where x_(k+1) is zero or as large as the largest
 */
export function hillEstimate(row: Float64Array, tail: number): number | undefined {
  const threshold = row[row.length - 1 - tail]!;
  if (!(threshold > 0 && row.at(-1)! > threshold)) return undefined;
  let sum = 0;
  for (let i = row.length - tail; i < row.length; i++) sum += log(row[i]! / threshold);
  return sum / tail;
}

function entryOf({ value, lower, upper, confidence }: Estimate, entry: number): StatisticEstimate {
  return { defined: true, value: value[entry]!, interval: [lower[entry]!, upper[entry]!], confidence };
}
