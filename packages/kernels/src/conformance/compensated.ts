/**
 * @file The drift with twice the precision where it matters: scalar products and exponents as unevaluated sums of two doubles, sums
 * compensated. Independent of every kernel: it shares with them the exponential function only (0.53 ulp).
 */
import { exp } from "@mesoscope/numerics";
import type { AttentionParameters } from "../parameters.js";

/** One row of the drift, and the scale that its rounding is measured by. */
export interface Row {
  readonly value: Float64Array;
  /** s_k + |x_k| sum_l |x_l| s_l with s_k = sum_j |w_j| (|x_jk| + |x_ik|) / normaliser: what an error of the weights does to v_k. */
  readonly scale: Float64Array;
}

const SPLITTER = 2 ** 27 + 1;

/** The rounding error of a * b (Dekker). */
function productError(a: number, b: number, product: number): number {
  const [s, t] = [SPLITTER * a, SPLITTER * b];
  const [a1, b1] = [s - (s - a), t - (t - b)];
  const [a2, b2] = [a - a1, b - b1];
  return a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
}

/** A running sum with what its roundings lost (Neumaier). */
function sum(): { add: (value: number) => void; high: () => number; low: () => number; total: () => number } {
  let high = 0;
  let low = 0;
  return {
    add: (value) => {
      const next = high + value;
      low += Math.abs(high) >= Math.abs(value) ? high - next + value : value - next + high;
      high = next;
    },
    high: () => high,
    low: () => low,
    total: () => high + low,
  };
}

/** beta (<x_i, x_j> - shift) as high + low. */
function score(x: Float64Array, i: number, j: number, d: number, beta: number, shift: number): [number, number] {
  const dot = sum();
  dot.add(-shift);
  for (let k = 0; k < d; k += 1) {
    const [a, b] = [x[i * d + k]!, x[j * d + k]!];
    dot.add(a * b);
    dot.add(productError(a, b, a * b));
  }
  const high = beta * dot.total();
  return [high, productError(beta, dot.total(), high) + beta * (dot.high() - dot.total() + dot.low())];
}

/** Row i of replica 0. */
export function compensatedRow(x: Float64Array, p: AttentionParameters, i: number): Row {
  const { n, d, beta, flow, causal = false, shift = 0 } = p;
  const keys = causal ? i + 1 : n;
  const scores = Array.from({ length: keys }, (_, j) => score(x, i, j, d, beta, shift));
  const top = flow === "SA" ? scores.reduce((largest, [high]) => Math.max(largest, high), -Infinity) : 0;
  const weights = scores.map(([high, low]) => {
    const argument = high - top;
    return exp(argument) * (1 + (high - argument - top + low));
  });
  const normaliser = sum();
  for (const w of weights) normaliser.add(flow === "SA" ? w : 1);
  const mean = new Float64Array(d);
  const plain = new Float64Array(d);
  for (let k = 0; k < d; k += 1) {
    const total = sum();
    weights.forEach((w, j) => {
      const term = w * (x[j * d + k]! - x[i * d + k]!);
      total.add(term);
      total.add(productError(w, x[j * d + k]! - x[i * d + k]!, term));
      plain[k]! += w * (Math.abs(x[j * d + k]!) + Math.abs(x[i * d + k]!));
    });
    mean[k] = total.total() / normaliser.total();
    plain[k]! /= normaliser.total();
  }
  const along = sum();
  let reach = 0;
  for (let k = 0; k < d; k += 1) {
    const a = x[i * d + k]!;
    along.add(a * mean[k]!);
    along.add(productError(a, mean[k]!, a * mean[k]!));
    reach += Math.abs(a) * plain[k]!;
  }
  return {
    value: mean.map((m, k) => m - along.total() * x[i * d + k]!),
    scale: plain.map((s, k) => s + Math.abs(x[i * d + k]!) * reach),
  };
}
