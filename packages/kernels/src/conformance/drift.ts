/** @file How far the drift of a backend is from the compensated one, in units of the bound of docs/accuracy.md. */
import { key } from "@mesoscope/numerics";
import type { Backend } from "../backend.js";
import type { Dtype } from "../dtype.js";
import type { AttentionParameters } from "../parameters.js";
import { compensatedRow } from "./compensated.js";

/** Unit roundings that a dtype makes, and the last place of 1. */
const EPSILON: Readonly<Record<Dtype, number>> = { f64: Number.EPSILON, f32: 2 ** -23 };

/** Where tokens are put. */
export type Placement = "random" | "coincident" | "antipodal" | "cap";

/** Unit rows (n, d) in the precision of the dtype. */
export function tokens(n: number, d: number, placement: Placement, seed: string, dtype: Dtype): Float64Array {
  const stream = key(seed).fold("tokens", n, d, placement).stream();
  const x = new Float64Array(n * d);
  const centre = new Float64Array(d);
  stream.fillNormal(centre);
  for (let i = 0; i < n; i += 1) {
    const row = x.subarray(i * d, (i + 1) * d);
    if (placement === "random") stream.fillNormal(row);
    else for (let k = 0; k < d; k += 1) row[k] = centre[k]! * (placement === "antipodal" && i % 2 === 1 ? -1 : 1) + (placement === "cap" ? 0.01 * stream.normal() : 0);
    const length = Math.sqrt(row.reduce((square, value) => square + value * value, 0));
    for (let k = 0; k < d; k += 1) row[k]! /= length;
  }
  return dtype === "f32" ? x.map(Math.fround) : x;
}

/** The bound in units of eps times the scale of the row: 8 + 2 log2 n + 2 |beta| |q| |k|, and the device's exponential. */
function factor(n: number, beta: number, exponentialUlps: number): number {
  return 8 + 2 * (32 - Math.clz32(n - 1)) + 2 * Math.abs(beta) + exponentialUlps;
}

/** Largest error over its bound, over at most `rows` rows spread over all. The output is poisoned before the call. */
export async function driftRatio(backend: Backend, p: AttentionParameters, x: Float64Array, dtype: Dtype, rows = 12): Promise<number> {
  const shape = [1, p.n, p.d];
  const plan = await backend.prepare("attention-drift", p, dtype);
  const [from, to] = [backend.upload(x, shape, dtype), backend.upload(new Float64Array(x.length).fill(Number.NaN), shape, dtype)];
  backend.submit(plan, [from], [to]);
  const v = await backend.read(to);
  for (const handle of [plan, from, to]) backend.free(handle);
  const bound = EPSILON[dtype] * factor(p.n, p.beta, backend.supports.exponentialUlps);
  let worst = 0;
  for (let i = 0; i < p.n; i += Math.max(1, Math.floor(p.n / rows))) {
    const { value, scale } = compensatedRow(x, p, i);
    value.forEach((expected, k) => {
      const error = Math.abs(v[i * p.d + k]! - expected);
      const ratio = error === 0 ? 0 : error / (bound * scale[k]!);
      worst = Math.max(worst, Number.isNaN(ratio) ? Infinity : ratio);
    });
  }
  return worst;
}
