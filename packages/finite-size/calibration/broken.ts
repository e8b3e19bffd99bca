/** @file Estimators that are wrong on purpose: the harness must see them. Each spoils what the engine is given, not the engine. */
import type { Multiplicity } from "../src/index.js";

export interface Broken {
  readonly id: string;
  readonly title: string;
  /** What becomes of the replicas of one size, (R, length), before the engine sees them. */
  readonly spoil?: (samples: Float64Array, length: number) => Float64Array;
  readonly multiplicity?: Multiplicity;
}

/** Every replica counted twice, as if it were two: standard errors too small by sqrt 2. */
function doubled(samples: Float64Array): Float64Array {
  const out = new Float64Array(2 * samples.length);
  out.set(samples);
  out.set(samples, samples.length);
  return out;
}

/** Resamples that never draw the largest tenth of the replicas (by their first entry). */
function withoutLargestTenth(samples: Float64Array, length: number): Float64Array {
  const rows = Array.from({ length: samples.length / length }, (_, r) => samples.subarray(r * length, (r + 1) * length));
  rows.sort((a, b) => a[0]! - b[0]!);
  const kept = rows.slice(0, Math.floor(0.9 * rows.length));
  return Float64Array.from(kept.flatMap((row) => [...row]));
}

export const BROKEN: readonly Broken[] = [
  { id: "small-error", title: "standard errors too small by √2 (every replica counted twice)", spoil: doubled },
  { id: "no-largest-tenth", title: "resamples that never draw the largest tenth", spoil: withoutLargestTenth },
  { id: "no-multiplicity", title: "no adjustment over entries and sizes", multiplicity: "none" },
];
