/** @file Cumulants of a law beyond the variance: how far it is from a Gaussian, and on which side. */
import { requireInteger } from "@mesoscope/numerics";
import { intervalOf, type BootstrapOptions } from "../statistics/bootstrap-interval.js";
import { inCanonicalOrder } from "../statistics/canonical-order.js";
import { kStatistics, kStatisticsLeftOut, type KStatistics } from "./k-statistics.js";

/** A number with its interval, or why there is none. Plain JSON. */
export type StatisticEstimate =
  | { readonly defined: true; readonly value: number; readonly interval: readonly [number, number]; readonly confidence: number }
  | { readonly defined: false; readonly reason: string };

export interface Cumulants {
  readonly replicas: number;
  /** k_3, in the third power of the observable's unit. */
  readonly third: StatisticEstimate;
  /** k_4, in the fourth power. */
  readonly fourth: StatisticEstimate;
  /** G_1 = k_3 / k_2^(3/2). */
  readonly skewness: StatisticEstimate;
  /** G_2 = k_4 / k_2^2; 0 for a Gaussian. */
  readonly excessKurtosis: StatisticEstimate;
  /** P(skewness, excess kurtosis this far out on either side | a Gaussian law, whatever its mean and variance), exact; 1 for samples without spread. */
  readonly gaussian: { readonly skewness: number; readonly excessKurtosis: number };
}

/** Largest share of resamples without spread: where more have none, a ratio to the spread has no law worth an interval. */
const MOST_WITHOUT_SPREAD = 0.005;

/**
 * Third and fourth cumulants, skewness and excess kurtosis with bootstrap intervals (BCa by default), [eq:k-statistics].
 * The cumulants are the unbiased k-statistics. The ratios G_1 and G_2 of k-statistics are the ones that SAS, SPSS and spreadsheets print; the plain moment
 * ratios are g_1 = G_1 (R - 2) / sqrt(R (R - 1)) and g_2 = (G_2 (R - 2) (R - 3) / (R - 1) - 6) / (R + 1). Ratios are unbiased for
 * Gaussian samples only.
 *
 * The intervals are honest for light tails only: an interval knows nothing of values that were not drawn. Measured at 95 % with 200 replicas, 400 times:
 * skewness and excess kurtosis are covered in 94 and 96 % for a uniform law, in 88 and 91 % for a Gaussian, in 82 and 72 % for an exponential one. To ask whether a law is Gaussian take `gaussian`, whose level is exact.
 * @param samples (R), R >= 8
 * @throws DomainError for fewer than 8 samples, and as `bootstrapInterval`
 */
export function cumulants(samples: Float64Array, options: BootstrapOptions): Cumulants {
  requireInteger("samples.length", samples.length, { min: 8 }, "Give at least 8 samples: fewer say nothing of a fourth moment.");
  const cumulant = (of: (k: KStatistics) => number): StatisticEstimate => {
    const { value, interval, confidence } = intervalOf(samples, { of: (x) => of(kStatistics(x)), leftOut: (sorted) => Float64Array.from(kStatisticsLeftOut(sorted), of) }, options);
    return { defined: true, value, interval, confidence };
  };
  return {
    replicas: samples.length,
    third: cumulant((k) => k.third),
    fourth: cumulant((k) => k.fourth),
    skewness: ratio(samples, skewnessOf, options),
    excessKurtosis: ratio(samples, kurtosisOf, options),
    gaussian: againstGaussian(inCanonicalOrder(samples, 1), options),
  };
}

const skewnessOf = (k: KStatistics): number => k.third / (k.second * Math.sqrt(k.second));
const kurtosisOf = (k: KStatistics): number => k.fourth / (k.second * k.second);

/** Both ratios are free of mean and variance, so that samples of the standard normal law have their null law: twice the smaller tail. */
function againstGaussian(sorted: Float64Array, { resamples, stream }: BootstrapOptions): Cumulants["gaussian"] {
  if (!hasSpread(sorted)) return { skewness: 1, excessKurtosis: 1 };
  const observed = kStatistics(sorted);
  const drawn = new Float64Array(sorted.length);
  const above = { skewness: 0, excessKurtosis: 0 };
  for (let b = 0; b < resamples; b++) {
    const k = kStatistics(stream.fillNormal(drawn));
    if (skewnessOf(k) >= skewnessOf(observed)) above.skewness += 1;
    if (kurtosisOf(k) >= kurtosisOf(observed)) above.excessKurtosis += 1;
  }
  const twoSided = (large: number): number => Math.min(1, (2 * (1 + Math.min(large, resamples - large))) / (1 + resamples));
  return { skewness: twoSided(above.skewness), excessKurtosis: twoSided(above.excessKurtosis) };
}

/** Of a ratio to a power of the spread, which neither the samples nor their resamples need have. */
function ratio(samples: Float64Array, of: (k: KStatistics) => number, options: BootstrapOptions): StatisticEstimate {
  if (!hasSpread(samples)) return { defined: false, reason: "The samples are all equal: a ratio to their spread is not defined." };
  let without = 0;
  const statistic = (x: Float64Array): number => {
    if (hasSpread(x)) return of(kStatistics(x));
    without += 1;
    return 0;
  };
  const leftOut = (sorted: Float64Array): Float64Array => {
    const last = sorted.length - 1;
    // Ascending, the others have spread if the outermost of them differ; without it there is no ratio: 0, as in a resample.
    return Float64Array.from(kStatisticsLeftOut(sorted), (k, left) => (sorted[left === 0 ? 1 : 0] === sorted[left === last ? last - 1 : last] ? 0 : of(k)));
  };
  const { value, interval, confidence } = intervalOf(samples, { of: statistic, leftOut }, options);
  if (without > MOST_WITHOUT_SPREAD * options.resamples) {
    return { defined: false, reason: `${without} of ${options.resamples} resamples have no spread: too few samples differ from the others.` };
  }
  return { defined: true, value, interval, confidence };
}

function hasSpread(samples: Float64Array): boolean {
  return samples.some((x) => x !== samples[0]);
}
