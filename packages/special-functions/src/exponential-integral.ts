/**
 * @file The exponential integrals Ei and E1 on the positive axis, and their scaled forms: the times of equiangular
 * tokens and of merging clusters are differences of them.
 */
import { exp, log, log1p, requireInRange } from "@mesoscope/numerics";
import { eulerGamma } from "./coefficients/gamma.js";
import { eiQuotient, eiRoot, eiRootLow } from "./coefficients/exponential-integral.js";

const ASYMPTOTIC_FROM = 40; // where the least term of sum k!/x^k is exp(-40)

/**
 * Ei(x) = principal value of the integral of e^t/t from -infinity to x, x > 0.
 *
 * @returns relative error below 1e-14, also beside the zero at 0.3725...; Infinity above x = 716.3, where it overflows:
 *   use {@link eiScaled}
 * @throws DomainError unless 0 < x <= Number.MAX_VALUE
 * @see NIST DLMF 6.2.5, 6.6.1, 6.12.2
 */
export function ei(x: number): number {
  requirePositiveArgument(x);
  if (x <= 3) return eiBesideRoot(x);
  if (x < ASYMPTOTIC_FROM) return eiSeries(x);
  const root = exp(0.5 * x); // exp(x) alone overflows before Ei does
  return root * (asymptoticSum(x) / x) * root;
}

/** exp(-x) Ei(x): tends to 1/x; as {@link ei}, never overflowing. */
export function eiScaled(x: number): number {
  requirePositiveArgument(x);
  if (x <= 3) return exp(-x) * eiBesideRoot(x);
  return x < ASYMPTOTIC_FROM ? exp(-x) * eiSeries(x) : asymptoticSum(x) / x;
}

/**
 * E1(x) = integral of e^{-t}/t from x to infinity, x > 0: positive, decreasing.
 *
 * @returns relative error below 2e-15; 0 above x = 738, where it underflows: use {@link e1Scaled}
 * @throws DomainError unless 0 < x <= Number.MAX_VALUE
 * @see NIST DLMF 6.2.1, 6.6.2, 6.9.1
 */
export function e1(x: number): number {
  requirePositiveArgument(x);
  return x < 1 ? e1Series(x) : exp(-x) * e1Fraction(x);
}

/** exp(x) E1(x): between 1/(x + 1) and 1/x; as {@link e1}, never underflowing. */
export function e1Scaled(x: number): number {
  requirePositiveArgument(x);
  return x < 1 ? exp(x) * e1Series(x) : e1Fraction(x);
}

/**
 * log(x/root) + (x - root) q(x), q > 0: both parts have the sign of x - root, so that nothing cancels; x <= 3.
 */
function eiBesideRoot(x: number): number {
  const h = x - eiRoot - eiRootLow;
  let q = 0;
  for (let j = eiQuotient.length - 1; j >= 0; j--) q = q * x + eiQuotient[j]!;
  return (x < 0.2 ? log(x) - log(eiRoot) : log1p(h / eiRoot)) + h * q;
}

/** gamma + log x + sum of x^k/(k k!), all parts positive for x > 1. */
function eiSeries(x: number): number {
  let power = x;
  let sum = x;
  for (let k = 2; power > 1e-17 * k * sum; k++) {
    power *= x / k;
    sum += power / k;
  }
  return eulerGamma + log(x) + sum;
}

/** Sum of k!/x^k up to its least term. */
function asymptoticSum(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < x && term > 1e-18; k++) {
    term *= k / x;
    sum += term;
  }
  return sum;
}

/** -gamma - log x - sum of (-x)^k/(k k!), x < 1: the alternating part loses at most two bits. */
function e1Series(x: number): number {
  let power = 1;
  let sum = 0;
  for (let k = 1; k <= 20; k++) {
    power *= -x / k;
    sum -= power / k;
  }
  return sum - eulerGamma - log(x);
}

/** 1/(x + 1 - 1/(x + 3 - 4/(x + 5 - ...))), backwards; the tail cut off is of order exp(-4 sqrt(n x)). */
function e1Fraction(x: number): number {
  const n = Math.ceil(100 / x) + 8;
  let tail = x + 2 * n + 1;
  for (let k = n; k >= 1; k--) tail = x + (2 * k - 1) - (k * k) / tail;
  return 1 / tail;
}

function requirePositiveArgument(x: number): void {
  requireInRange("x", x, { min: Number.MIN_VALUE, max: Number.MAX_VALUE }, "Give a finite number greater than 0.");
}
