/**
 * @file Where the harmonic expansion of the kernel exp(beta cos) may be cut, from bounds that are exact sums.
 *
 * Both sums telescope by 2 m I_m/beta = I_{m-1} - I_{m+1} and its half-integer form, so that the bound is no estimate:
 * it is the value of the tail where all its terms have one sign.
 */
import { requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";
import { besselIScaledSequence } from "@mesoscope/special-functions";

const LARGEST_BETA = 1e9;
/** Below this only the first degree is left, whatever the tolerance. */
const TINY_BETA = 1e-300;

/**
 * exp(-|beta|) (I_K + I_{K+1})(beta): bound on what modes m > K add to the numerator of the circle's drift,
 * sup over theta of |sum over m > K of (2m/beta) I_m sin(m theta)|, in units of the largest kernel value exp(|beta|),
 * [eq:circle-truncation].
 *
 * @param beta inverse temperature, |beta| <= 1e9
 * @param K    last mode kept, integer >= 0
 * @throws DomainError outside the domain
 */
export function circleTruncationBound(beta: number, K: number): number {
  requireInteger("K", K, { min: 0, max: 1e6 }, "Give the last mode kept, an integer from 0 to 1e6.");
  const pair = besselIScaledSequence(K, requireBeta(beta), 2);
  return pair[0]! + pair[1]!;
}

/**
 * Least K whose {@link circleTruncationBound} is at most eps: modes 0 .. K give the numerator of the drift to
 * eps exp(|beta|), [eq:circle-truncation]. About sqrt(2 beta ln(1/eps)) for large beta.
 *
 * @param beta inverse temperature, |beta| <= 1e9
 * @param eps  tolerance relative to the largest kernel value, 1e-300 <= eps
 * @throws DomainError outside the domain
 */
export function circleTruncation(beta: number, eps: number): number {
  const b = requireBeta(beta);
  requireTolerance(eps);
  return firstBelow(0, b, (first, second) => first + second, eps);
}

/**
 * Bound on exp(-|beta|) times the sum over m > K of 2 I_m(|beta|), the largest error of the expansion exp(beta cos theta) = I_0 + 2 sum_m I_m cos(m theta) cut after mode K,
 * reached at theta = 0 (beta > 0): 2 I_{K+1}/(1 - I_{K+2}/I_{K+1}), because the ratios of neighbours decrease. Sharp beyond K of about sqrt(beta).
 *
 * @param beta inverse temperature, |beta| <= 1e9
 * @param K    last mode kept, integer >= 0
 * @throws DomainError outside the domain
 */
export function circleKernelTruncationBound(beta: number, K: number): number {
  requireInteger("K", K, { min: 0, max: 1e6 }, "Give the last mode kept, an integer from 0 to 1e6.");
  const pair = besselIScaledSequence(K + 1, requireBeta(beta), 2);
  return geometricTail(pair[0]!, pair[1]!);
}

/**
 * Least K whose {@link circleKernelTruncationBound} is at most eps: modes 0 .. K give exp(beta cos theta) to eps exp(|beta|).
 *
 * @param beta inverse temperature, |beta| <= 1e9
 * @param eps  tolerance relative to the largest kernel value, 1e-300 <= eps
 * @throws DomainError outside the domain
 */
export function circleKernelTruncation(beta: number, eps: number): number {
  const b = requireBeta(beta);
  requireTolerance(eps);
  return firstBelow(1, b, geometricTail, eps);
}

/** 2 (first + second + ...) for positive terms whose ratios do not grow. */
function geometricTail(first: number, second: number): number {
  return first === 0 ? 0 : (2 * first * first) / (first - second);
}

/**
 * exp(-|beta|) times the sum over k > K of (2k + 1) i_k(|beta|) = |beta| (i_K + i_{K+1}), the largest error on S^2 of the
 * expansion of exp(beta t) cut after degree K; i_k = sqrt(pi/(2 beta)) I_{k+1/2}.
 *
 * @param beta inverse temperature, |beta| <= 1e9
 * @param K    last degree kept, integer >= 0
 * @throws DomainError outside the domain
 */
export function sphereTruncationBound(beta: number, K: number): number {
  requireInteger("K", K, { min: 0, max: 1e6 }, "Give the last degree kept, an integer from 0 to 1e6.");
  const b = requireBeta(beta);
  const pair = besselIScaledSequence(K + 0.5, b, 2);
  return Math.sqrt(0.5 * Math.PI * b) * (pair[0]! + pair[1]!);
}

/**
 * Least K whose {@link sphereTruncationBound} is at most eps: degrees 0 .. K give exp(beta <x, y>) on S^2 to
 * eps exp(|beta|).
 *
 * @param beta inverse temperature, |beta| <= 1e9
 * @param eps  tolerance relative to the largest kernel value, 1e-300 <= eps
 * @throws DomainError outside the domain
 */
export function sphereTruncation(beta: number, eps: number): number {
  const b = requireBeta(beta);
  requireTolerance(eps);
  const factor = Math.sqrt(0.5 * Math.PI * b);
  return firstBelow(0.5, b, (first, second) => factor * (first + second), eps);
}

/**
 * Bound on what degrees k > K add to the drift of one pair on S^2, in units of the largest kernel value exp(|beta|), [eq:sphere-drift-truncation]:
 * with |P_k'(t)| sqrt(1 - t^2) <= sqrt(k (k + 1)/2) < (k + 1/2)/sqrt 2 and (2k + 1) i_k/beta = i_{k-1} - i_{k+1},
 *
 *   sup |sum over k > K of (2k + 1) (i_k/beta) P_k'(t) sqrt(1 - t^2)|
 *     <= ((K + 3/2) i_K + (K + 5/2) i_{K+1} + 2 sum over j > K + 1 of i_j) / sqrt 2,   2 sum <= 2 |beta| (i_{K+1} + i_{K+2})/(2K + 5).
 *
 * @param beta inverse temperature, |beta| <= 1e9
 * @param K    last degree kept, integer >= 0
 * @throws DomainError outside the domain
 */
export function sphereDriftTruncationBound(beta: number, K: number): number {
  requireInteger("K", K, { min: 0, max: 1e6 }, "Give the last degree kept, an integer from 0 to 1e6.");
  const b = requireBeta(beta);
  if (b < TINY_BETA) return K === 0 ? 1.5 * Math.SQRT1_2 : 0;
  const [first, second, third] = besselIScaledSequence(K + 0.5, b, 3);
  return driftTail(b, K, first!, second!, third!);
}

/**
 * Least K whose {@link sphereDriftTruncationBound} is at most eps: degrees 1 .. K give the drift of every pair on S^2 to eps exp(|beta|).
 *
 * @param beta inverse temperature, |beta| <= 1e9
 * @param eps  tolerance relative to the largest kernel value, 1e-300 <= eps
 * @throws DomainError outside the domain
 */
export function sphereDriftTruncation(beta: number, eps: number): number {
  const b = requireBeta(beta);
  requireTolerance(eps);
  if (b < TINY_BETA) return eps < 1.5 * Math.SQRT1_2 ? 1 : 0;
  for (let count = 32; ; count *= 2) {
    const values = besselIScaledSequence(0.5, b, count);
    for (let K = 0; K + 2 < count; K++) {
      if (driftTail(b, K, values[K]!, values[K + 1]!, values[K + 2]!) <= eps) return K;
    }
  }
}

/** The bound from I_{K+1/2} and the two that follow. */
function driftTail(b: number, K: number, first: number, second: number, third: number): number {
  const rest = ((2 * b) / (2 * K + 5)) * (second + third);
  return 0.5 * Math.sqrt(Math.PI / b) * ((K + 1.5) * first + (K + 2.5) * second + rest);
}

/** Least K with bound(I_{nu+K}, I_{nu+K+1}) <= eps, both scaled by exp(-b); the bound decreases in K. */
function firstBelow(nu: number, b: number, bound: (first: number, second: number) => number, eps: number): number {
  for (let count = 32; ; count *= 2) {
    const values = besselIScaledSequence(nu, b, count);
    for (let K = 0; K + 1 < count; K++) {
      if (bound(values[K]!, values[K + 1]!) <= eps) return K;
    }
  }
}

function requireBeta(beta: number): number {
  requireInRange("beta", beta, { min: -LARGEST_BETA, max: LARGEST_BETA }, "Give an inverse temperature up to 1e9.");
  return Math.abs(beta);
}

function requireTolerance(eps: number): void {
  requirePositive("eps", eps);
  requireInRange("eps", eps, { min: 1e-300 }, "Give a tolerance of at least 1e-300.");
}
