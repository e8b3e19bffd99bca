/** @file Replicas are exchangeable: statistics see them in one order, so that no bit depends on how they came. */
import { DomainError } from "@mesoscope/numerics";

/**
 * A copy of (R, length) samples with the rows sorted, by their first entry, then their second, and so on.
 * @throws DomainError if the samples are no whole number of rows, or one is not a finite number
 */
export function inCanonicalOrder(samples: Float64Array, length: number): Float64Array {
  if (!(length >= 1 && samples.length % length === 0)) {
    throw new DomainError({ name: "samples", value: samples.length, rule: `must be a whole number of rows of ${length}`, remedy: "Give (replicas, length) row-major." });
  }
  const bad = samples.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new DomainError({ name: `samples[${bad}]`, value: samples[bad], rule: "must be finite", remedy: "Leave diverged replicas out: they are counted, never averaged." });
  }
  if (length === 1) return samples.slice().sort();
  const rows = Array.from({ length: samples.length / length }, (_, r) => samples.subarray(r * length, (r + 1) * length));
  rows.sort(compareRows);
  const out = new Float64Array(samples.length);
  rows.forEach((row, r) => {
    out.set(row, r * length);
  });
  return out;
}

function compareRows(a: Float64Array, b: Float64Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
