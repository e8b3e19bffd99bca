import type { Stream } from "@mesoscope/numerics";
import type { ResampledCurve } from "../../src/index.js";

/** Values of a law with Gaussian errors, and resamples as a bootstrap would make them. */
export function noisyCurve(law: readonly number[], standardErrors: readonly number[], stream: Stream, resamples: number, noise = 1): ResampledCurve {
  const values = law.map((y, k) => y + noise * standardErrors[k]! * stream.normal());
  const resampled = values.map((value, k) => Float64Array.from({ length: resamples }, () => value + standardErrors[k]! * stream.normal()));
  return { values, standardErrors, resampled };
}

/** Share of studies in which something was true. */
export function share(studies: number, isTrue: (study: number) => boolean): number {
  let count = 0;
  for (let s = 0; s < studies; s++) if (isTrue(s)) count += 1;
  return count / studies;
}

/** 5 % misses and three standard errors of a share of so many studies. */
export function leastCoverage(studies: number): number {
  return 0.95 - 3 * Math.sqrt((0.05 * 0.95) / studies);
}

/** An interval that holds x; an open end holds all. */
export function holds(interval: readonly [number | null, number | null] | undefined, x: number): boolean {
  return interval !== undefined && (interval[0] ?? -Infinity) <= x && x <= (interval[1] ?? Infinity);
}
