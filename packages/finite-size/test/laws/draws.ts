import { readFileSync } from "node:fs";
import { key, type Stream } from "@mesoscope/numerics";

/** Laws with known shape, a variate from a stream. */
export const laws = {
  normal: (s: Stream) => s.normal(),
  exponential: (s: Stream) => s.exponential(),
  uniform: (s: Stream) => s.uniform(),
  cauchy: (s: Stream) => s.normal() / s.normal(),
  /** Modes at -2 and 2, each with standard deviation 1/2. */
  bimodal: (s: Stream) => ((s.bits() & 1) === 1 ? 2 : -2) + 0.5 * s.normal(),
  /** Magnetisation of 16 free spins: multiples of 1/8. */
  spins: (s: Stream) => Array.from({ length: 16 }, () => 2 * (s.bits() & 1) - 1).reduce((a, b) => a + b) / 16,
};

export function draw(law: (s: Stream) => number, count: number, ...name: (string | number)[]): Float64Array {
  const stream = key("laws").fold(...name).stream();
  return Float64Array.from({ length: count }, () => law(stream));
}

export const resampling = (resamples: number, seed: number | string = 1): { resamples: number; stream: Stream } => ({ resamples, stream: key("resample").fold(seed).stream() });

/** How many of `studies` a test at 5 % rejects. */
export function rejections(studies: number, goodness: (study: number) => number): number {
  let count = 0;
  for (let s = 0; s < studies; s++) if (goodness(s) <= 0.05) count += 1;
  return count;
}

/** What so many exact tests at 5 % reject at most, but for one suite in several thousand: 3.7 standard deviations above the mean. */
export const mostAtFivePercent = (studies: number): number => 0.05 * studies + 3.7 * Math.sqrt(studies * 0.05 * 0.95);

export interface LawsTable {
  readonly samples: Record<string, number[]>;
  readonly wasserstein: [string, string, number][];
  readonly moments: [string, number, number, number, number, number][];
  readonly signedRank: [string, number][];
  readonly dip: [string, number][];
}

/** Values by SciPy, and dips by linear programs: scripts/laws.py. */
export const table = JSON.parse(readFileSync(new URL("../fixtures/laws.json", import.meta.url), "utf8")) as LawsTable;
export const tabulated = (name: string): Float64Array => Float64Array.from(table.samples[name]!);
export const shuffled = (x: Float64Array): Float64Array => Float64Array.from([...x].map((v, i) => [(i * 7919) % x.length, v] as const).sort((a, b) => a[0] - b[0]), ([, v]) => v);
