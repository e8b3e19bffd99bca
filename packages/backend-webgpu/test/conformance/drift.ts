/** @file How far the drift of a device is from plain double precision, in units of the bound of docs/accuracy.md, rows of any number of tokens. */
import type { AttentionParameters, Backend } from "@mesoscope/kernels";
import { exp, key } from "@mesoscope/numerics";

/** Last place of 1 in f32. */
const EPSILON = 2 ** -23;

/** Where tokens are put. */
export type Placement = "random" | "coincident" | "antipodal" | "cap";

/** Unit rows (n, d), rounded to floats. */
export function tokens(n: number, d: number, placement: Placement, seed: string): Float64Array {
  const stream = key(seed).fold("tokens", n, d, placement).stream();
  const x = new Float64Array(n * d);
  const centre = stream.fillNormal(new Float64Array(d));
  for (let i = 0; i < n; i += 1) {
    const row = x.subarray(i * d, (i + 1) * d);
    if (placement === "random") stream.fillNormal(row);
    else for (let k = 0; k < d; k += 1) row[k] = centre[k]! * (placement === "antipodal" && i % 2 === 1 ? -1 : 1) + (placement === "cap" ? 0.01 * stream.normal() : 0);
    const length = Math.sqrt(row.reduce((square, value) => square + value * value, 0));
    for (let k = 0; k < d; k += 1) row[k] = Math.fround(row[k]! / length);
  }
  return x;
}

/** Row i of the drift in double precision, whose own error is 10^-8 of the bounds here, and the scale s_k + |x_k| sum_l |x_l| s_l of its rounding. */
function driftRow(x: Float64Array, { n, d, beta, flow, causal = false, shift = 0 }: AttentionParameters, i: number): { value: Float64Array; scale: Float64Array } {
  const own = x.subarray(i * d, (i + 1) * d);
  const keys = causal ? i + 1 : n;
  const scores = Float64Array.from({ length: keys }, (_, j) => beta * own.reduce((dot, value, k) => dot + value * x[j * d + k]!, 0));
  const top = flow === "SA" ? scores.reduce((a, b) => Math.max(a, b)) : beta * shift;
  const weights = scores.map((score) => exp(score - top));
  const total = flow === "SA" ? weights.reduce((a, b) => a + b) : keys;
  const sum = (term: (w: number, j: number) => number): number => weights.reduce((partial, w, j) => partial + term(w, j), 0) / total;
  const mean = own.map((mine, k) => sum((w, j) => w * (x[j * d + k]! - mine)));
  const plain = own.map((mine, k) => sum((w, j) => w * (Math.abs(x[j * d + k]!) + Math.abs(mine))));
  const along = own.reduce((dot, value, k) => dot + value * mean[k]!, 0);
  const reach = own.reduce((dot, value, k) => dot + Math.abs(value) * plain[k]!, 0);
  return { value: mean.map((m, k) => m - along * own[k]!), scale: plain.map((s, k) => s + Math.abs(own[k]!) * reach) };
}

/** Largest error over (8 + 2 log2 n + 2 |beta| + ulps) eps times the scale, over some rows. The output is poisoned before the call. */
export async function driftRatio(backend: Backend, p: AttentionParameters, x: Float64Array, rows: number): Promise<number> {
  const shape = [1, p.n, p.d];
  const plan = await backend.prepare("attention-drift", p);
  const [start, end] = [backend.upload(x, shape), backend.upload(new Float64Array(x.length).fill(Number.NaN), shape)];
  backend.submit(plan, [start], [end]);
  const v = await backend.read(end);
  for (const handle of [plan, start, end]) backend.free(handle);
  const bound = EPSILON * (8 + 2 * Math.ceil(Math.log2(p.n)) + 2 * Math.abs(p.beta) + backend.supports.exponentialUlps);
  let worst = 0;
  for (let i = 0; i < p.n; i += Math.max(1, Math.floor(p.n / rows))) {
    const { value, scale } = driftRow(x, p, i);
    value.forEach((expected, k) => {
      const error = Math.abs(v[i * p.d + k]! - expected);
      const ratio = error === 0 ? 0 : error / (bound * scale[k]!);
      worst = Math.max(worst, Number.isNaN(ratio) ? Infinity : ratio);
    });
  }
  return worst;
}
