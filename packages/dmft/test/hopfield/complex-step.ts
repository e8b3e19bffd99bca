/**
 * @file One step written out over complex numbers, independent of the sources: for derivatives by a complex step, and in known-wrong
 * variants that the tests must catch.
 */
import type { AttentionNetwork, Role } from "@mesoscope/hopfield-transformer";

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Variants: the true step, and mistakes that were made before. */
export type Variant = "true" | "phase-modulo-P-squared" | "newest-left-out" | "no-position-weight" | "no-factor-one-minus-eps";

const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
const scaled = (a: Complex, s: number): Complex => ({ re: a.re * s, im: a.im * s });
const over = (a: Complex, b: Complex): Complex => scaled(times(a, { re: b.re, im: -b.im }), 1 / (b.re * b.re + b.im * b.im));
const ZERO: Complex = { re: 0, im: 0 };

function exponential({ re, im }: Complex): Complex {
  const size = Math.exp(re);
  return { re: size * Math.cos(im), im: size * Math.sin(im) };
}

/** tanh(x + i y) = (tanh x (1 + tan^2 y) + i tan y sech^2 x)/(1 + tanh^2 x tan^2 y). */
function hyperbolicTangent({ re, im }: Complex): Complex {
  const t = Math.tanh(re);
  const tan = Math.tan(im);
  const e = Math.exp(-2 * Math.abs(re));
  const sech2 = (4 * e) / ((1 + e) * (1 + e));
  const below = 1 + t * t * tan * tan;
  return { re: (t * (1 + tan * tan)) / below, im: (tan * sech2) / below };
}

function word(t: number, bits: number, variant: Variant): number[] {
  const period = variant === "phase-modulo-P-squared" ? bits * bits : 2 ** bits;
  const phase = ((t % period) + period) % period;
  return Array.from({ length: bits }, (_, j) => ((phase >> (bits - 1 - j)) & 1 ? 1 : -1));
}

/** u (C) of the next token from rows u (l, C), newest first. */
export function complexStep(network: AttentionNetwork, window: readonly (readonly Complex[])[], t: number, variant: Variant = "true"): Complex[] {
  const { features: { features: m, classes, weights, xi, zeta, positionalBits: p }, positionalWeight: eps, beta, sharpness } = network;
  const content = variant === "no-factor-one-minus-eps" ? 1 : 1 - eps;
  const overlapsOf = (role: Role, row: readonly Complex[], time: number): Complex[] =>
    Array.from({ length: m }, (_, a) => {
      let sum = ZERO;
      for (let c = 0; c < classes; c++) sum = add(sum, scaled(row[c]!, content * weights[c]! * xi[role][a * classes + c]!));
      const position = word(time, p, variant).reduce((s, bit, j) => s + bit * zeta[role][a * p + j]!, 0);
      return p === 0 ? sum : add(sum, { re: (variant === "no-position-weight" ? 1 / p : eps / p) * position, im: 0 });
    });
  const query = overlapsOf("q", window[0]!, t);
  const seen = window.map((row, d) => ({ row, d })).filter(({ d }) => variant !== "newest-left-out" || d > 0 || window.length === 1);
  const logits = seen.map(({ row, d }) => scaled(overlapsOf("k", row, t - d).reduce((sum, k, b) => add(sum, times(query[b]!, k)), ZERO), sharpness));
  const top = Math.max(...logits.map(({ re }) => re));
  const powers = logits.map((z) => exponential({ re: z.re - top, im: z.im }));
  const total = powers.reduce(add, ZERO);
  const values = seen.map(({ row, d }) => overlapsOf("v", row, t - d));
  const output = Array.from({ length: m }, (_, a) => values.reduce((sum, value, d) => add(sum, times(over(powers[d]!, total), value[a]!)), ZERO));
  return Array.from({ length: classes }, (_, c) => hyperbolicTangent(scaled(output.reduce((sum, one, a) => add(sum, scaled(one, xi.o[a * classes + c]!)), ZERO), beta)));
}

function rowsOf(u: Float64Array, classes: number): Complex[][] {
  return Array.from({ length: u.length / classes }, (_, d) => Array.from(u.subarray(d * classes, (d + 1) * classes), (re) => ({ re, im: 0 })));
}

/** The real step. */
export function writtenOut(network: AttentionNetwork, u: Float64Array, t: number, variant: Variant = "true"): number[] {
  return complexStep(network, rowsOf(u, network.features.classes), t, variant).map(({ re }) => re);
}

/** d u(t+1) / d U by complex steps of 1e-30: no difference is taken, so no digits are lost. (C, l C). */
export function complexStepJacobian(network: AttentionNetwork, u: Float64Array, t: number): Float64Array {
  const classes = network.features.classes;
  const out = new Float64Array(classes * u.length);
  for (let i = 0; i < u.length; i++) {
    const rows = rowsOf(u, classes);
    rows[Math.floor(i / classes)]![i % classes] = { re: u[i]!, im: 1e-30 };
    complexStep(network, rows, t).forEach(({ im }, c) => {
      out[c * u.length + i] = im / 1e-30;
    });
  }
  return out;
}
