/**
 * @file The Bessel function without its power: Gamma(nu + 1) (2/x)^nu I_nu(x) = 0F1(; nu + 1; x^2/4), which is 1 at
 * x = 0 for every order. Funk-Hecke coefficients and zonal kernels are written in it.
 */
import { exp, log, log1p, requireInRange } from "@mesoscope/numerics";
import { addPair, logQuotient, scalePair, sumError } from "../double-double.js";
import { leastStirlingArgument, logGamma, logGammaOnePlusPair } from "../gamma/log-gamma.js";
import { debyeExponent, debyeSum, inDebyeRegime } from "./debye.js";
import { LARGEST_ARGUMENT, LARGEST_ORDER } from "./domain.js";
import { hypergeometricRest } from "./series.js";

const SHORT_SERIES = 8; // x^2/4 up to this many times nu + 1: fewer than 80 terms
const exponent = new Float64Array(3);
const pair = new Float64Array(2);

/**
 * log(Gamma(nu + 1) (2/x)^nu I_nu(x)) = log 0F1(; nu + 1; x^2/4), [eq:bessel-i]: even in x, 0 at x = 0.
 *
 * @param nu order, 0 <= nu <= 1e6
 * @param x  |x| <= 1e150
 * @returns relative error below 1e-14 (also for x -> 0, where the value tends to x^2/(4 nu + 4))
 * @throws DomainError outside the domain
 * @see NIST DLMF 10.39.9
 */
export function logReducedBesselI(nu: number, x: number): number {
  requireInRange("nu", nu, { min: 0, max: LARGEST_ORDER }, "Give an order from 0 to 1e6.");
  requireInRange("x", x, { min: -LARGEST_ARGUMENT, max: LARGEST_ARGUMENT }, "Give a finite argument.");
  const y = 0.25 * x * x;
  if (!inDebyeRegime(nu, x) || y <= SHORT_SERIES * (nu + 1)) return log1p(hypergeometricRest(nu, 1, y));
  return fromDebye(nu, Math.abs(x));
}

/** Debye's expansion, the three large logarithms added in two parts before they are rounded. */
function fromDebye(nu: number, x: number): number {
  debyeExponent(nu, x, exponent);
  addPair(x, 0, exponent);
  if (nu >= leastStirlingArgument) {
    logGammaOnePlusPair(nu, pair);
    addPair(pair[0]!, pair[1]!, exponent);
  } else {
    addPair(logGamma(nu + 1), 0, exponent);
  }
  logQuotient(x, 0, 2, pair);
  scalePair(-nu, pair);
  addPair(pair[0]!, pair[1]!, exponent);
  const rest = log1p(debyeSum(nu, exponent[2]!) - 1) - 0.5 * log(2 * Math.PI * exponent[2]!);
  const total = exponent[0]! + rest;
  return total + (sumError(exponent[0]!, rest, total) + exponent[1]!);
}

/**
 * Confluent hypergeometric limit function 0F1(; b; y) for y >= 0, b > 0: 1 at y = 0, increasing.
 *
 * @returns error some ulp times the condition number, which is about max(1, sqrt y); Infinity where it overflows
 *   (sqrt y above some 350): use {@link logHypergeometric0F1} there
 * @throws DomainError unless 0 < b <= 1e6, 0 <= y <= 1e299
 * @see NIST DLMF 16.2.1, 10.39.9
 */
export function hypergeometric0F1(b: number, y: number): number {
  requireLimitDomain(b, y);
  if (isShort(b, y)) return 1 + hypergeometricRest(b, 0, y);
  return exp(logHypergeometric0F1(b, y));
}

/** log 0F1(; b; y): as {@link hypergeometric0F1}, never overflowing; relative error below 1e-14. */
export function logHypergeometric0F1(b: number, y: number): number {
  requireLimitDomain(b, y);
  if (isShort(b, y)) return log1p(hypergeometricRest(b, 0, y));
  const x = 2 * Math.sqrt(y);
  if (b >= 1) return fromDebye(b - 1, x);
  // One contiguous relation up, all terms positive: F(b) = F(b + 1) + y/(b (b + 1)) F(b + 2).
  const first = fromDebye(b, x);
  const second = fromDebye(b + 1, x) + log(y / (b * (b + 1)));
  return second > first ? second + log1p(exp(first - second)) : first + log1p(exp(second - first));
}

function isShort(b: number, y: number): boolean {
  return y <= SHORT_SERIES * b || !inDebyeRegime(Math.max(0, b - 1), 2 * Math.sqrt(y));
}

function requireLimitDomain(b: number, y: number): void {
  requireInRange("b", b, { min: 1e-300, max: LARGEST_ORDER }, "Give a parameter greater than 0, at most 1e6.");
  requireInRange("y", y, { min: 0, max: 1e299 }, "Give y >= 0; negative y belongs to the Bessel functions J.");
}
