/** @file The attention kernels in their fast form, replica by replica. */
import type { AttentionParameters, AttentionStepParameters } from "../parameters.js";
import { tokenField } from "./field.js";

/** "attention-drift": x (R, n, d) -> v (R, n, d). */
export function attentionDriftKernel(p: AttentionParameters): (x: Float64Array, v: Float64Array) => void {
  const field = tokenField(p);
  const length = p.n * p.d;
  return (x, v) => {
    for (let at = 0; at < x.length; at += length) field(x.subarray(at, at + length), v.subarray(at, at + length));
  };
}

/** "attention-step": `repeat` steps of x (R, n, d) in place. */
export function attentionStepKernel(p: AttentionStepParameters): (x: Float64Array, repeat: number) => void {
  const { n, d, dt, tableau } = p;
  const field = tokenField(p);
  const length = n * d;
  const used = tableau.b.reduce((count, weight, stage) => (weight === 0 ? count : stage + 1), 0);
  const slopes = Array.from({ length: used }, () => new Float64Array(length));
  const point = new Float64Array(length);
  const combine = (x: Float64Array, row: readonly number[]): void => {
    point.set(x);
    for (let stage = 0; stage < Math.min(row.length, used); stage += 1) {
      const weight = dt * row[stage]!;
      if (weight === 0) continue;
      const slope = slopes[stage]!;
      for (let e = 0; e < length; e += 1) point[e]! += weight * slope[e]!;
    }
  };
  const step = (x: Float64Array): void => {
    for (let stage = 0; stage < used; stage += 1) {
      combine(x, tableau.a[stage]!);
      field(point, slopes[stage]!);
    }
    combine(x, tableau.b);
    for (let at = 0; at < length; at += d) {
      let square = 0;
      for (let k = at; k < at + d; k += 1) square += point[k]! * point[k]!;
      const size = Math.sqrt(square);
      for (let k = at; k < at + d; k += 1) x[k] = point[k]! / size;
    }
  };
  return (x, repeat) => {
    for (let at = 0; at < x.length; at += length) {
      const replica = x.subarray(at, at + length);
      for (let count = 0; count < repeat; count += 1) step(replica);
    }
  };
}
