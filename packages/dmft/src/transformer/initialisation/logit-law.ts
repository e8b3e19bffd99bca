/** @file The law of one logit over the heads of an untrained layer, exact at every width. */
import { erfc, exp, log, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";

export interface LogitOfHead {
  /** Width of the head. */
  readonly N: number;
  readonly alphaA: number;
  /** Kernel of the token that asks, H_ss; > 0. */
  readonly query: number;
  /** Kernel of the token that is asked, H_aa; > 0. */
  readonly key: number;
}

export interface LogitLaw {
  /** N^(1 - 2 alphaA) H_ss H_aa, exact at every N. */
  readonly variance: number;
  /** E A^4 / (E A^2)^2 = 3 (1 + 2/N). */
  readonly kurtosis: number;
  /** P(A <= x). */
  readonly cdf: (x: number) => number;
  /** Probability density; at N = 1 it grows without bound as x -> 0, and is asked for at x <> 0. */
  readonly density: (x: number) => number;
  /** The x with P(A <= x) = p, 0 < p < 1, to 1e-12 standard deviations. */
  readonly quantile: (p: number) => number;
}

/** Densities of log r below e^-38 of the largest are left out. */
const FAINT = 38;
const BISECTIONS = 64;

/**
 * Law of A = N^-alphaA q.k with independent q ~ N(0, H_ss) and k ~ N(0, H_aa) [eq:attention-logit-law]: a normal whose standard deviation is itself random, sigma chi_N / sqrt N; normal as N -> inf, at N = 1 a product of
 * two normals. By a trapezoidal rule in log chi, whose error is that of rounding.
 *
 * @throws DomainError for a width that is no positive integer, alphaA outside [1/2, 1], kernels that are not positive
 */
export function logitLaw({ N, alphaA, query, key }: LogitOfHead): LogitLaw {
  requireInteger("N", N, { min: 1 });
  requireInRange("alphaA", alphaA, { min: 0.5, max: 1 }, "Give the exponent of the width in the logits.");
  requirePositive("query", query);
  requirePositive("key", key);
  const variance = query * key * powerOfWidth(N, 1 - 2 * alphaA);
  const sd = Math.sqrt(variance);
  const { scales, weights } = mixture(N);
  const tail = (z: number): number => scales.reduce((sum, r, i) => sum + (weights[i]! * erfc(z / (r * Math.SQRT2))) / 2, 0);
  const cdf = (x: number): number => (x < 0 ? tail(-x / sd) : 1 - tail(x / sd));
  return {
    variance,
    kurtosis: 3 * (1 + 2 / N),
    cdf,
    density: (x) => {
      const z = x / sd;
      return scales.reduce((sum, r, i) => sum + (weights[i]! * exp((-z * z) / (2 * r * r))) / r, 0) / (sd * Math.sqrt(2 * Math.PI));
    },
    quantile: (p) => {
      requireInRange("p", p, { min: Number.MIN_VALUE, max: 1 - Number.EPSILON / 2 }, "Give a probability between 0 and 1.");
      const small = Math.min(p, 1 - p);
      let [low, high] = [0, 1];
      while (tail(high) > small) high *= 2;
      for (let k = 0; k < BISECTIONS; k++) {
        const middle = (low + high) / 2;
        if (tail(middle) > small) low = middle;
        else high = middle;
      }
      return (p < 0.5 ? -sd : sd) * ((low + high) / 2);
    },
  };
}

/** r = chi_N / sqrt N at nodes of a trapezoidal rule in log r, density ~ exp(N (log r - r^2 / 2)). */
function mixture(N: number): { readonly scales: readonly number[]; readonly weights: readonly number[] } {
  const step = Math.min(0.1, 0.4 / Math.sqrt(2 * N));
  const scales: number[] = [];
  const weights: number[] = [];
  for (const direction of [-1, 1]) {
    for (let k = direction < 0 ? 1 : 0; ; k++) {
      const u = direction * k * step;
      const r = exp(u);
      const exponent = N * (u - (r * r - 1) / 2);
      if (exponent < -FAINT) break;
      scales.push(r);
      weights.push(exp(exponent));
    }
  }
  const total = weights.reduce((sum, w) => sum + w, 0);
  return { scales, weights: weights.map((w) => w / total) };
}

/** N^p, exact at p = 0 and p = -1. */
function powerOfWidth(N: number, p: number): number {
  if (p === 0) return 1;
  return p === -1 ? 1 / N : exp(p * log(N));
}
