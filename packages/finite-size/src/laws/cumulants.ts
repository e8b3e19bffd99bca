/** @file Cumulants of a law beyond the variance: how far it is from a Gaussian, and on which side. */
import { DomainError, requireInteger } from "@mesoscope/numerics";
import { bootstrapInterval, type BootstrapOptions } from "../statistics/bootstrap-interval.js";
import { inCanonicalOrder } from "../statistics/canonical-order.js";

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

/** Unbiased estimates of the first four cumulants. */
export interface KStatistics {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
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
    const { value, interval, confidence } = bootstrapInterval(samples, (x) => of(kStatistics(x)), options);
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

/**
 * The k-statistics [eq:k-statistics]: symmetric functions of the samples whose means are the cumulants.
 * @param samples (R), R >= 4
 * @throws DomainError for fewer than 4 samples, or numbers so large that a fourth power overflows
 */
export function kStatistics(samples: Float64Array): KStatistics {
  const n = requireInteger("samples.length", samples.length, { min: 4 }, "Give at least 4 samples.");
  let sum = 0;
  for (const x of samples) sum += x;
  const centre = sum / n;
  let rest = 0;
  for (const x of samples) rest += x - centre;
  // The second pass takes the rounding of the first out of the mean, so that a far centre costs no digits.
  const mean = centre + rest / n;
  const [m2, m3, m4] = centralMoments(samples, mean);
  const fourth = (n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2)) / ((n - 1) * (n - 2) * (n - 3));
  if (!Number.isFinite(fourth)) {
    throw new DomainError({ name: "samples", value: fourth, rule: "must be finite and have finite fourth powers", remedy: "Leave diverged replicas out, and scale the observable." });
  }
  return { first: mean, second: (n * m2) / (n - 1), third: (n * n * m3) / ((n - 1) * (n - 2)), fourth };
}

function centralMoments(samples: Float64Array, mean: number): readonly [number, number, number] {
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (const x of samples) {
    const off = x - mean;
    const square = off * off;
    m2 += square;
    m3 += square * off;
    m4 += square * square;
  }
  return [m2 / samples.length, m3 / samples.length, m4 / samples.length];
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
  const { value, interval, confidence } = bootstrapInterval(samples, statistic, options);
  if (without > MOST_WITHOUT_SPREAD * options.resamples) {
    return { defined: false, reason: `${without} of ${options.resamples} resamples have no spread: too few samples differ from the others.` };
  }
  return { defined: true, value, interval, confidence };
}

function hasSpread(samples: Float64Array): boolean {
  return samples.some((x) => x !== samples[0]);
}
