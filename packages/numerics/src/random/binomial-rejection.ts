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
  const depth = 0.5 - Math.abs(u);
  return logRatioToMode(t, k) + log((t.a / (depth * depth) + t.b) / t.alpha);
}

/** Up to this distance from the mode P(k) / P(mode) is a short product. */
const NEAR_MODE = 20;

/** P(k) / P(mode) as the product of the ratios P(j) / P(j - 1) = (n - j + 1) / j * p / q between them. */
export function ratioToMode({ n, p, mode }: TransformedRejection, k: number): number {
  let ratio = 1;
  for (let j = Math.min(k, mode) + 1; j <= Math.max(k, mode); j += 1) ratio *= ((n - j + 1) / j) * (p / (1 - p));
  return k < mode ? 1 / ratio : ratio;
}

/**
 * Half the width of a band about -(k - mode)^2 / (2 npq) that holds log P(k) / P(mode) for 20 < |k - mode| < npq / 2 - 1: V. Kachitvichyanukul, B. W. Schmeiser,
 * "Binomial random variate generation", Commun. ACM 31 (1988) 216-222. Narrow unless n is small: outside it no logarithm of the law is needed.
 */
export function bandAboutNormal(distance: number, variance: number): number {
  return (distance / variance) * (((distance / 3 + 0.625) * distance + 1 / 6) / variance + 0.5);
}

/** Whether v, uniform in (0, 1), accepts k: v <= e^{logAcceptance}, decided by the least work that decides it. */
function accepts(t: TransformedRejection, u: number, v: number, k: number): boolean {
  const depth = 0.5 - Math.abs(u);
  const level = (v * t.alpha) / (t.a / (depth * depth) + t.b);
  const distance = Math.abs(k - t.mode);
  if (distance <= NEAR_MODE) return level <= ratioToMode(t, k);
  const logLevel = log(level);
  const variance = t.n * t.p * (1 - t.p);
  // How far above the normal law's ratio; undecided within the band, and where there is none.
  const excess = logLevel + (distance * distance) / (2 * variance);
  const undecided = distance >= 0.5 * variance - 1 || Math.abs(excess) <= bandAboutNormal(distance, variance);
  return undecided ? logLevel <= logRatioToMode(t, k) : excess < 0;
}

function logRatioToMode({ n, p, mode }: TransformedRejection, k: number): number {
  return logBinomialDensity(k, n, p, 1 - p) - logBinomialDensity(mode, n, p, 1 - p);
}

/**
 * Binomial variate for n p >= 10, p <= 1/2; about 1.2 to 1.5 proposals, whatever n. Four of five take one uniform: below the squeeze its place within its
 * rectangle serves as u (Hoermann's algorithm BTRD).
 */
export function binomialByRejection(source: UniformSource, n: number, p: number): number {
  const constants = transformedRejection(n, p);
  const { squeeze } = constants;
  for (;;) {
    let v = source.uniformOpen();
    // (u, v) uniform on the square in three parts: under the squeeze within |u| <= 0.43; under it beyond that; above it.
    let u = v / squeeze - (0.5 - SQUEEZE_DEPTH);
    if (u <= 0.5 - SQUEEZE_DEPTH) return proposal(constants, u);
    if (v < squeeze) {
      const side = u - 0.5;
      u = (side < 0 ? -0.5 : 0.5) - side;
      v = squeeze * source.uniformOpen();
    } else u = source.uniformOpen() - 0.5;
    const k = proposal(constants, u);
    if (k >= 0 && k <= n && accepts(constants, u, v, k)) return k;
  }
}
