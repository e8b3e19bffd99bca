/**
 * @file The modified Bessel function of the first kind, its scaled form and its logarithm.
 *
 * Two regimes suffice: Debye's expansion when nu^2 + x^2 >= 25^2, the ascending series elsewhere. Both carry the
 * exponent in two parts, so that neither (x/2)^nu nor exp(x) costs digits.
 */
import { log, log1p, requireInRange } from "@mesoscope/numerics";
import { addPair, scaledExponential, sumError } from "../double-double.js";
import { logGamma } from "../gamma/log-gamma.js";
import { debyeExponent, debyeSum, inDebyeRegime } from "./debye.js";
import { besselSign, requireBesselDomain } from "./domain.js";
import { besselSeries, hypergeometricRest } from "./series.js";

const TWO_PI = 2 * Math.PI;
const exponent = new Float64Array(3);

/**
 * Modified Bessel function I_nu(x), [eq:bessel-i].
 *
 * @param nu order, real, 0 <= nu <= 1e6 (measured to 1e4)
 * @param x  argument, |x| <= 1e150; below 0 only for integer orders: I_n(-x) = (-1)^n I_n(x)
 * @returns relative error below 1e-14 where the value is not subnormal (2e-15 to order 256); 0 where it underflows; Infinity where it
 *   overflows, which begins at x = 713.98 for nu = 0: use {@link besselIScaled} or {@link logBesselI} there
 * @throws DomainError outside the domain
 * @see NIST DLMF 10.25.2, 10.41.3
 */
export function besselI(nu: number, x: number): number {
  requireBesselDomain(nu, x);
  return besselSign(nu, x) * magnitude(nu, Math.abs(x), false);
}

/**
 * Scaled modified Bessel function exp(-|x|) I_nu(x): never overflows, between 0 and 1 in magnitude, [eq:bessel-i].
 *
 * Domain, accuracy and errors as for {@link besselI}.
 */
export function besselIScaled(nu: number, x: number): number {
  requireBesselDomain(nu, x);
  return besselSign(nu, x) * magnitude(nu, Math.abs(x), true);
}

/**
 * log I_nu(x) for x >= 0, [eq:bessel-i]: neither over- nor underflows.
 *
 * @returns error below 1e-14 max(1, |log I|); -Infinity for x = 0 < nu
 * @throws DomainError outside 0 <= nu <= 1e6, 0 <= x <= 1e150
 */
export function logBesselI(nu: number, x: number): number {
  requireBesselDomain(nu, x);
  requireInRange("x", x, { min: 0 }, "Give x >= 0: below 0 take the logarithm of |I_n(x)| = I_n(|x|).");
  if (x === 0) return nu === 0 ? 0 : -Infinity;
  if (!inDebyeRegime(nu, x)) {
    const sum = log1p(hypergeometricRest(nu, 1, 0.25 * x * x));
    return nu === 0 ? sum : nu * (log(x) - LN_2) - logGammaOnePlus(nu) + sum;
  }
  const sum = debyeParts(nu, x);
  addPair(x, 0, exponent);
  const rest = log1p(sum - 1) - 0.5 * log(TWO_PI * exponent[2]!);
  const total = exponent[0]! + rest;
  return total + (sumError(exponent[0]!, rest, total) + exponent[1]!);
}

const LN_2 = 0.6931471805599453;

function logGammaOnePlus(nu: number): number {
  return nu < 1 ? logGamma(2 + nu) - log1p(nu) : logGamma(nu) + log(nu);
}

/** Leaves Debye's exponent in `exponent` and returns the sum that goes with it. */
function debyeParts(nu: number, x: number): number {
  debyeExponent(nu, x, exponent);
  return debyeSum(nu, exponent[2]!);
}

function magnitude(nu: number, x: number, scaled: boolean): number {
  if (x === 0) return nu === 0 ? 1 : 0;
  if (!inDebyeRegime(nu, x)) return besselSeries(nu, x, scaled ? -x : 0);
  const sum = debyeParts(nu, x);
  if (!scaled) addPair(x, 0, exponent);
  return scaledExponential(exponent[0]!, exponent[1]!, sum / Math.sqrt(TWO_PI * exponent[2]!));
}
