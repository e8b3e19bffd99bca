/** @file What a token still says about one many tokens later: autocorrelation and mutual information of an overlap, also at lags beyond the window. */
import { DomainError, log, requireInteger } from "@mesoscope/numerics";
import type { ReplicaSeries } from "./replicas.js";

/** A statistic at each lag, with its standard error by the jackknife over replicas. */
export interface LagStatistic {
  readonly value: Float64Array;
  readonly error: Float64Array;
}

/** Mutual information at each lag, in nats. */
export interface LagInformation extends LagStatistic {
  /** The same estimate between different replicas, at the same times: what bins, finite samples and a common clock make of no memory at all. */
  readonly baseline: Float64Array;
}

/** How the values of an overlap are grouped. */
export interface InformationOptions {
  readonly lags: readonly number[];
  /** Number of groups of about equal mass, or `values`: every value a group of its own, for few bits. */
  readonly bins: number | "values";
}

/** One observable of replicas: (R, T) flat. The kept tokens should follow each other without gaps. */
export function observable({ values, shape: [replicas, times, kinds] }: ReplicaSeries, index: number): Float64Array {
  requireInteger("index", index, { min: 0, max: kinds - 1 });
  return Float64Array.from({ length: replicas * times }, (_, at) => values[at * kinds + index]!);
}

/**
 * Autocorrelation at each lag, [eq:overlap-memory]: E[(x_t - m)(x_{t + lag} - m)] / E[(x_t - m)^2], with the mean m over all replicas and times.
 *
 * @param x (R, T): at least two replicas, or pieces of one run
 * @throws DomainError for fewer than two replicas, a lag outside 0..T - 1, or values that are all equal
 */
export function autocorrelation(x: Float64Array, replicas: number, lags: readonly number[]): LagStatistic {
  const times = requireSeries(x, replicas, lags);
  const mean = x.reduce((sum, one) => sum + one, 0) / x.length;
  const own = Float64Array.from({ length: replicas }, (_, r) => productSum(x, r * times, times, 0, mean) / times);
  if (!(own.reduce((a, b) => a + b, 0) > 0)) throw new DomainError({ name: "variance", value: 0, rule: "must be greater than 0", remedy: "A constant has no autocorrelation: observe something that moves." });
  const each = lags.map((lag) => {
    const shifted = Float64Array.from({ length: replicas }, (_, r) => productSum(x, r * times, times, lag, mean) / (times - lag));
    return jackknife(replicas, (skip) => without(shifted, skip) / without(own, skip));
  });
  return { value: Float64Array.from(each, ({ value }) => value), error: Float64Array.from(each, ({ error }) => error) };
}

/**
 * Mutual information between x_t and x_{t + lag}, [eq:overlap-memory], from the counts of pairs of groups; subtract the baseline.
 *
 * @param x (R, T): at least two replicas
 * @throws DomainError for fewer than two replicas, a lag outside 0..T - 1, or fewer than two bins
 */
export function mutualInformation(x: Float64Array, replicas: number, { lags, bins }: InformationOptions): LagInformation {
  const times = requireSeries(x, replicas, lags);
  const { group, groups } = grouped(x, bins);
  const each = lags.map((lag) => {
    const counts = Array.from({ length: replicas }, (_, r) => pairCounts(group, groups, r * times, r * times + lag, times - lag));
    const all = new Float64Array(groups * groups);
    const crossed = new Float64Array(groups * groups);
    counts.forEach((count, r) => {
      const other = pairCounts(group, groups, r * times, ((r + 1) % replicas) * times + lag, times - lag);
      count.forEach((n, i) => (all[i]! += n));
      other.forEach((n, i) => (crossed[i]! += n));
    });
    const statistic = jackknife(replicas, (skip) => informationOf(skip < 0 ? all : all.map((n, i) => n - counts[skip]![i]!), groups));
    return { ...statistic, baseline: informationOf(crossed, groups) };
  });
  return {
    value: Float64Array.from(each, ({ value }) => value),
    error: Float64Array.from(each, ({ error }) => error),
    baseline: Float64Array.from(each, ({ baseline }) => baseline),
  };
}

/** sum p_ij log(p_ij / (p_i p_j)) of a table (n, n) of counts or probabilities, nats. */
export function informationOf(table: Float64Array, n: number): number {
  const rows = new Float64Array(n);
  const columns = new Float64Array(n);
  let total = 0;
  table.forEach((count, at) => {
    rows[Math.floor(at / n)]! += count;
    columns[at % n]! += count;
    total += count;
  });
  let sum = 0;
  table.forEach((count, at) => {
    if (count > 0) sum += count * log((count / rows[Math.floor(at / n)]!) * (total / columns[at % n]!));
  });
  return sum / total;
}

function productSum(x: Float64Array, from: number, times: number, lag: number, mean: number): number {
  let sum = 0;
  for (let t = 0; t < times - lag; t += 1) sum += (x[from + t]! - mean) * (x[from + t + lag]! - mean);
  return sum;
}

function without(sums: Float64Array, skip: number): number {
  return sums.reduce((total, one, r) => (r === skip ? total : total + one), 0);
}

/** The value with nothing left out (-1), and its standard error from leaving out one replica at a time. */
function jackknife(replicas: number, statistic: (skip: number) => number): { value: number; error: number } {
  const parts = Array.from({ length: replicas }, (_, r) => statistic(r));
  const mean = parts.reduce((a, b) => a + b, 0) / replicas;
  const spread = parts.reduce((sum, part) => sum + (part - mean) * (part - mean), 0);
  return { value: statistic(-1), error: Math.sqrt(((replicas - 1) / replicas) * spread) };
}

function pairCounts(group: Int32Array, groups: number, first: number, second: number, length: number): Float64Array {
  const counts = new Float64Array(groups * groups);
  for (let t = 0; t < length; t += 1) counts[group[first + t]! * groups + group[second + t]!]! += 1;
  return counts;
}

/** The group of every value: equal values are always in the same one. */
function grouped(x: Float64Array, bins: number | "values"): { group: Int32Array; groups: number } {
  const sorted = x.slice().sort();
  const limits = bins === "values" ? [...new Set(sorted)].slice(1) : quantiles(sorted, requireInteger("bins", bins, { min: 2, max: 1000 }));
  const group = Int32Array.from(x, (one) => {
    let [low, high] = [0, limits.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (limits[middle]! <= one) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return { group, groups: limits.length + 1 };
}

function quantiles(sorted: Float64Array, bins: number): number[] {
  return [...new Set(Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / bins)]!))];
}

function requireSeries(x: Float64Array, replicas: number, lags: readonly number[]): number {
  requireInteger("replicas", replicas, { min: 2 }, "Errors come from replicas: give at least two, or cut one run into pieces.");
  const times = requireInteger("x.length / replicas", x.length / replicas, { min: 1 }, "Give every replica the same number of times.");
  lags.forEach((lag, i) => requireInteger(`lags[${i}]`, lag, { min: 0, max: times - 1 }));
  return times;
}
