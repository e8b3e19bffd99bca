/** @file Binomial variates of mean 10 and more: transformed rejection with squeeze. */
import { log } from "../elementary/index.js";
import { logBinomialDensity } from "./binomial-density.js";
import type { UniformSource } from "./uniform.js";

/**
 * The constants of one (n, p): W. Hoermann, "The generation of binomial random variates", J. Statist. Comput.
 * Simul. 46 (1993) 101-110, algorithm BTRS.
 */
export interface TransformedRejection {
  readonly n: number;
  readonly p: number;
  /** Proposal: k = floor((2 a / (1/2 - |u|) + b) u + n p + 1/2), u uniform in (-1/2, 1/2). */
  readonly a: number;
  readonly b: number;
  /** n p + 1/2, split into its whole part and the rest so that no digit of the rest is lost at large n. */
  readonly centreWhole: number;
  readonly centreRest: number;
  /** Height of the hat in units of the mode's mass. */
  readonly alpha: number;
  /** Squeeze: inside |u| <= 0.43 every v up to this is accepted unseen. */
  readonly squeeze: number;
  readonly mode: number;
}

const SQUEEZE_DEPTH = 0.07;

/** Constants for n p >= 10, p <= 1/2. */
export function transformedRejection(n: number, p: number): TransformedRejection {
  const mean = n * p;
  const deviation = Math.sqrt(mean * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const centreWhole = Math.floor(mean);
  return {
    n,
    p,
    a: -0.0873 + 0.0248 * b + 0.01 * p,
    b,
    centreWhole,
    centreRest: mean - centreWhole + 0.5,
    alpha: (2.83 + 5.1 / b) * deviation,
    squeeze: 0.92 - 4.2 / b,
    mode: Math.floor((n + 1) * p),
  };
}

/** The proposed k for u in (-1/2, 1/2); may lie outside 0..n. */
export function proposal(t: TransformedRejection, u: number): number {
  return t.centreWhole + Math.floor(((2 * t.a) / (0.5 - Math.abs(u)) + t.b) * u + t.centreRest);
}

/**
 * Probability, at this u, that the proposed k (within 0..n) is accepted, as a ratio of law to hat: k is taken when
 * v <= P(k) / P(mode) * (a / (1/2 - |u|)^2 + b) / alpha. The method is exact where this never exceeds 1, and the
 * squeeze where it is never below `squeeze`; the tests scan both.
 */
export function logAcceptance(t: TransformedRejection, u: number, k: number): number {
  const { n, p, a, b } = t;
  const depth = 0.5 - Math.abs(u);
  const q = 1 - p;
  const ratio = logBinomialDensity(k, n, p, q) - logBinomialDensity(t.mode, n, p, q);
  return ratio + log((a / (depth * depth) + b) / t.alpha);
}

/** Binomial variate for n p >= 10, p <= 1/2; about 1.2 to 1.5 proposals of two uniforms each, whatever n. */
export function binomialByRejection(source: UniformSource, n: number, p: number): number {
  const constants = transformedRejection(n, p);
  for (;;) {
    const u = source.uniformOpen() - 0.5;
    const v = source.uniformOpen();
    const k = proposal(constants, u);
    if (0.5 - Math.abs(u) >= SQUEEZE_DEPTH && v <= constants.squeeze) return k;
    if (k < 0 || k > n) continue;
    if (log(v) <= logAcceptance(constants, u, k)) return k;
  }
}
