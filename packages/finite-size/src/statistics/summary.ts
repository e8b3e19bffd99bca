/** @file What an ensemble says about means and spreads, with the bootstrap that says how far to believe it. */
import { DomainError, exp, log, requireInteger, type Stream } from "@mesoscope/numerics";
import { inCanonicalOrder } from "./canonical-order.js";
import { columnAt } from "./column-at.js";
import { drawRows } from "./draw-rows.js";
import { FEWEST_REPLICAS_FOR_BOOTSTRAP, bootstrapLaw, studentLaw, type StudentisedLaw } from "./studentised-law.js";

/**
 * How many resamples, and the stream that draws them. 2,000 is usual; with only 200 the noise of the resampled quantiles turns a
 * level of 5 % into 5.7 %.
 */
export interface Resampling {
  readonly resamples: number;
  readonly stream: Stream;
}

/** Mean and spread of (replicas, length) samples, entry by entry. */
export interface Summary {
  readonly replicas: number;
  readonly length: number;
  /** Means over replicas, (length). */
  readonly mean: Float64Array;
  /** Standard deviations over replicas, divisor R - 1, (length). */
  readonly sd: Float64Array;
  /** Standard errors of the means, sd / sqrt(R). */
  readonly meanError: Float64Array;
  /** Standard errors of log sd, from the fourth moment: Var(log s) = (kurtosis - (R - 3) / (R - 1)) / (4 R). */
  readonly logSdError: Float64Array;
  /** Law of (mean - truth) / error at an entry. */
  meanLaw(entry: number): StudentisedLaw;
  /** Law of (log sd - truth) / error at an entry. */
  logSdLaw(entry: number): StudentisedLaw;
  /** The number that max_i |mean_i - truth_i| / error_i over the first `entries` entries exceeds with probability 1 - confidence. */
  largestMeanQuantile(confidence: number, entries: number): number;
  /** Means of the resamples, (resamples, length): what exponents are refitted to. */
  readonly resampledMean: Float64Array;
  /** Standard deviations of the resamples, (resamples, length). */
  readonly resampledSd: Float64Array;
  /**
   * What the true standard deviation may be, sd exp(-t error) for the studentised t of every resample, (resamples): its percentiles are the ends of the
   * studentised interval. Plain resamples of a standard deviation lean the other way, and what is refitted to them covers too little.
   */
  pivotalSd(entry: number): Float64Array;
}

/** What stands for an infinite t: a resample without spread that misses the mean. */
const FARTHEST = 1e6;
/**
 * The same for a resample of a spread: where every other resample has none (a rare event), the upper end of the spread is unknown. An error of
 * log sd is at most 1/2, so the end is at most e^50 spreads away: as good as infinite, and a number.
 */
const FARTHEST_SPREAD = 100;

/**
 * Summarises samples by a studentised bootstrap over replicas (rows), [eq:bootstrap]. All entries share their resamples, so that
 * what is said about several entries at once keeps their dependence. The order of the replicas does not change a bit of it.
 * @param samples (R, length) row-major, all finite
 * @throws DomainError for fewer than 2 replicas, no resamples, or samples that are no whole number of rows
 */
export function summarise(samples: Float64Array, length: number, { resamples, stream }: Resampling): Summary {
  const rows = inCanonicalOrder(samples, length);
  const replicas = rows.length / length;
  requireInteger("replicas", replicas, { min: 2 }, "Give at least 2 replicas: one alone has no spread.");
  requireInteger("resamples", resamples, { min: 99 }, "Give at least 99; 2,000 is usual.");
  const { mean, sd } = columnMoments(rows, length);
  const scores = standardised(rows, mean, sd);
  const drawn = drawResamples(scores, length, resamples, stream);
  const logSdError = new Float64Array(length);
  for (let i = 0; i < length; i++) logSdError[i] = sd[i]! > 0 ? logSdErrorOf(fourthMoment(scores, length, i), replicas) : 0;
  const lawOf = (studentised: Float64Array): ((entry: number) => StudentisedLaw) => {
    // Sorted once, whoever asks how often: several theories are tested against one entry.
    const known = new Map<number, StudentisedLaw>();
    return (entry) => {
      const law = known.get(entry) ?? (replicas < FEWEST_REPLICAS_FOR_BOOTSTRAP ? studentLaw(replicas - 1) : bootstrapLaw(columnAt(studentised, length, entry), replicas - 1));
      known.set(entry, law);
      return law;
    };
  };
  for (let b = 0; b < resamples; b++) {
    for (let i = 0; i < length; i++) {
      drawn.mean[b * length + i] = mean[i]! + sd[i]! * drawn.mean[b * length + i]!;
      drawn.sd[b * length + i] = sd[i]! * drawn.sd[b * length + i]!;
    }
  }
  return {
    replicas,
    length,
    mean,
    sd,
    meanError: sd.map((s) => s / Math.sqrt(replicas)),
    logSdError,
    meanLaw: lawOf(drawn.tMean),
    logSdLaw: lawOf(drawn.tLogSd),
    largestMeanQuantile: (confidence, entries) => {
      const told = Array.from({ length: Math.min(entries, length) }, (_, i) => i).filter((i) => sd[i]! > 0);
      if (told.length === 0) return 0;
      // Too few replicas to resample: Student's law for each entry, and Bonferroni's bound over them.
      if (replicas < FEWEST_REPLICAS_FOR_BOOTSTRAP) return studentLaw(replicas - 1).quantile(1 - (1 - confidence) / (2 * told.length));
      return bootstrapLaw(largestOfRows(drawn.tMean, length, told), replicas - 1).quantile(confidence);
    },
    resampledMean: drawn.mean,
    resampledSd: drawn.sd,
    pivotalSd: (entry) => {
      // Below that, t of a resample with few different rows may be anything.
      if (replicas < FEWEST_REPLICAS_FOR_BOOTSTRAP) return columnAt(drawn.sd, length, entry);
      return columnAt(drawn.tLogSd, length, entry).map((t) => sd[entry]! * exp(-t * logSdError[entry]!));
    },
  };
}

/** Means and standard deviations of columns by two passes, in the order of the rows. */
function columnMoments(rows: Float64Array, length: number): { mean: Float64Array; sd: Float64Array } {
  const replicas = rows.length / length;
  const mean = new Float64Array(length);
  const sd = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let at = i; at < rows.length; at += length) sum += rows[at]!;
    const centre = sum / replicas;
    const unit = unitOfSquares(rows, length, i, centre);
    let rest = 0;
    let squares = 0;
    for (let at = i; at < rows.length; at += length) {
      const off = (rows[at]! - centre) * unit;
      rest += off;
      squares += off * off;
    }
    // The mean of equal numbers is that number, whatever their sum rounded to.
    mean[i] = squares > 0 ? centre + rest / unit / replicas : centre;
    sd[i] = Math.sqrt(Math.max(0, squares - (rest * rest) / replicas) / (replicas - 1)) / unit;
    if (!Number.isFinite(sd[i]!)) {
      throw new DomainError({ name: `samples of entry ${i}`, value: sd[i], rule: "must be finite and have a finite variance", remedy: "Leave diverged replicas out, and scale the observable." });
    }
  }
  return { mean, sd };
}

/** 1, or a power of two that keeps the squares of very small deviations from becoming zero. */
function unitOfSquares(rows: Float64Array, length: number, entry: number, centre: number): number {
  let largest = 0;
  for (let at = entry; at < rows.length; at += length) largest = Math.max(largest, Math.abs(rows[at]! - centre));
  return largest === 0 || largest > SMALLEST_SQUARED ? 1 : 2 ** (largest > SMALLEST_SQUARED * SMALLEST_SQUARED ? 500 : 900);
}

/** Below, squares lose digits, and at 1e-162 all of them. */
const SMALLEST_SQUARED = 1e-140;

/** (x - mean) / sd: resampling works on numbers of order one, whatever the unit. 0 where there is no spread. */
function standardised(rows: Float64Array, mean: Float64Array, sd: Float64Array): Float64Array {
  const length = mean.length;
  return rows.map((value, at) => {
    const spread = sd[at % length]!;
    return spread > 0 ? (value - mean[at % length]!) / spread : 0;
  });
}

interface Drawn {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  readonly tMean: Float64Array;
  readonly tLogSd: Float64Array;
}

/** Draws R rows with replacement, B times; moments up to the fourth of each entry, studentised against mean 0 and sd 1. */
function drawResamples(scores: Float64Array, length: number, resamples: number, stream: Stream): Drawn {
  const replicas = scores.length / length;
  const out: Drawn = {
    mean: new Float64Array(resamples * length),
    sd: new Float64Array(resamples * length),
    tMean: new Float64Array(resamples * length),
    tLogSd: new Float64Array(resamples * length),
  };
  const rows = new Uint32Array(replicas);
  const sums = [0, 1, 2, 3].map(() => new Float64Array(length)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let b = 0; b < resamples; b++) {
    for (const sum of sums) sum.fill(0);
    drawRows(stream, replicas, rows);
    if (length === 1) addScalars(sums, scores, rows);
    else for (let draw = 0; draw < replicas; draw++) addRow(sums, scores, rows[draw]! * length, length);
    for (let i = 0; i < length; i++) studentise(out, b * length + i, sums, i, replicas);
  }
  return out;
}

type PowerSums = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** `addRow` over all rows of a scalar, with the sums kept at hand: the same sums in the same order, twice as fast. */
function addScalars(sums: PowerSums, scores: Float64Array, rows: Uint32Array): void {
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  for (const row of rows) {
    const z = scores[row]!;
    const square = z * z;
    s1 += z;
    s2 += square;
    s3 += square * z;
    s4 += square * square;
  }
  [s1, s2, s3, s4].forEach((sum, power) => (sums[power]![0] = sum));
}

function addRow([s1, s2, s3, s4]: PowerSums, scores: Float64Array, from: number, length: number): void {
  for (let i = 0; i < length; i++) {
    const z = scores[from + i]!;
    const square = z * z;
    s1[i]! += z;
    s2[i]! += square;
    s3[i]! += square * z;
    s4[i]! += square * square;
  }
}

function studentise(out: Drawn, at: number, sums: readonly Float64Array[], i: number, replicas: number): void {
  const centre = sums[0]![i]! / replicas;
  const square = sums[1]![i]! / replicas;
  const central = Math.max(0, square - centre * centre);
  const variance = (central * replicas) / (replicas - 1);
  const fourth =
    sums[3]![i]! / replicas - 4 * centre * (sums[2]![i]! / replicas) + 6 * centre * centre * square - 3 * centre * centre * centre * centre;
  out.mean[at] = centre;
  out.sd[at] = Math.sqrt(variance);
  out.tMean[at] = ratio(centre, Math.sqrt(variance / replicas));
  // Rounding leaves about 1e-16 where all draws were the same row.
  if (central < 1e-14) out.tLogSd[at] = -FARTHEST_SPREAD;
  else out.tLogSd[at] = Math.max(-FARTHEST_SPREAD, Math.min(FARTHEST_SPREAD, ratio(0.5 * log(variance), logSdErrorOf(fourth / (central * central), replicas))));
}

function ratio(numerator: number, denominator: number): number {
  if (denominator > 1e-12) return Math.min(FARTHEST, Math.max(-FARTHEST, numerator / denominator));
  return Math.abs(numerator) < 1e-12 ? 0 : Math.sign(numerator) * FARTHEST;
}

function logSdErrorOf(kurtosis: number, replicas: number): number {
  const unit = replicas > 3 ? (replicas - 3) / (replicas - 1) : 0;
  return Math.sqrt(Math.max(0, kurtosis - unit) / (4 * replicas));
}

function fourthMoment(scores: Float64Array, length: number, entry: number): number {
  let second = 0;
  let fourth = 0;
  for (let at = entry; at < scores.length; at += length) {
    const square = scores[at]! * scores[at]!;
    second += square;
    fourth += square * square;
  }
  const replicas = scores.length / length;
  return second > 0 ? fourth / replicas / ((second / replicas) * (second / replicas)) : 0;
}

/** max |t_i| over the entries told, for every resample. */
function largestOfRows(t: Float64Array, length: number, told: readonly number[]): Float64Array {
  const out = new Float64Array(t.length / length);
  for (let b = 0; b < out.length; b++) {
    for (const i of told) out[b] = Math.max(out[b]!, Math.abs(t[b * length + i]!));
  }
  return out;
}
