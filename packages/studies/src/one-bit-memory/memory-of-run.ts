/** @file What one run remembers: autocorrelation and mutual information of an overlap, apart from what the clock of the positions tells anyway. */
import { log } from "@mesoscope/numerics";

/** Groups of equal mass at each phase into which values fall; as many as the orbit of period 28 has values at a phase. */
export const GROUPS = 7;
/** Values of the limit that differ by less are one: an orbit repeats itself up to rounding. */
const SAME = 1e-9;

export interface RunMemory {
  /** Of deviations from the mean at the same phase, one number a lag; undefined where nothing deviates. */
  readonly autocorrelation: Float64Array | undefined;
  /** Mutual information given the phase, nats, less its expected excess in a finite run; one number a lag. */
  readonly information: Float64Array;
}

/**
 * Memory of one run at lags, all multiples of the period of the clock, so that both tokens have the same phase, [eq:overlap-memory].
 * @param x (T) overlaps of successive tokens
 * @param period tokens after which the positions repeat
 */
export function memoryOfRun(x: Float64Array, period: number, lags: readonly number[]): RunMemory {
  const away = deviations(x, period);
  const variance = meanProduct(away, 0);
  const group = groupsOf(x, period);
  return {
    autocorrelation: variance > SAME * SAME ? Float64Array.from(lags, (lag) => meanProduct(away, lag) / variance) : undefined,
    information: Float64Array.from(lags, (lag) => informationAt(group, period, lag)),
  };
}

/** x less its mean over all tokens of the same phase. */
function deviations(x: Float64Array, period: number): Float64Array {
  const sums = new Float64Array(period);
  x.forEach((value, t) => (sums[t % period]! += value));
  return x.map((value, t) => value - sums[t % period]! / Math.ceil((x.length - (t % period)) / period));
}

function meanProduct(x: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = 0; t + lag < x.length; t++) sum += x[t]! * x[t + lag]!;
  return sum / (x.length - lag);
}

/** The group of each value among all of its phase; equal values share one. */
function groupsOf(x: Float64Array, period: number): Int32Array {
  const whole = x.map((value) => Math.round(value / SAME));
  const borders = Array.from({ length: period }, (_, phase) => {
    const sorted = whole.filter((__, t) => t % period === phase).sort();
    return Array.from({ length: GROUPS - 1 }, (__, j) => sorted[Math.floor(((j + 1) * sorted.length) / GROUPS)]!);
  });
  return Int32Array.from(whole, (value, t) => borders[t % period]!.reduce((group, border) => group + Number(value >= border), 0));
}

/** Information between groups a lag apart, the mean over phases, with the correction of Miller and Madow for finite counts. */
function informationAt(group: Int32Array, period: number, lag: number): number {
  let total = 0;
  for (let phase = 0; phase < period; phase++) {
    const counts = new Float64Array(GROUPS * GROUPS);
    let pairs = 0;
    for (let t = phase; t + lag < group.length; t += period) {
      counts[group[t]! * GROUPS + group[t + lag]!]! += 1;
      pairs += 1;
    }
    total += informationOfCounts(counts, pairs) / period;
  }
  return total;
}

function informationOfCounts(counts: Float64Array, pairs: number): number {
  const before = new Float64Array(GROUPS);
  const after = new Float64Array(GROUPS);
  counts.forEach((count, at) => {
    before[Math.floor(at / GROUPS)]! += count;
    after[at % GROUPS]! += count;
  });
  let sum = 0;
  counts.forEach((count, at) => {
    if (count > 0) sum += (count / pairs) * log((count * pairs) / (before[Math.floor(at / GROUPS)]! * after[at % GROUPS]!));
  });
  const filled = (these: Float64Array): number => these.reduce((number, count) => number + Number(count > 0), 0);
  return sum - (filled(counts) - filled(before) - filled(after) + 1) / (2 * pairs);
}
