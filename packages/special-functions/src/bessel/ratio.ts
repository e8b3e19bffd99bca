/** @file Ratios of neighbouring orders: I_{nu+1}/I_nu, the quantity growth rates and mean lengths are made of. */
import { addPair, scaledExponential } from "../double-double.js";
import { debyeExponent, debyeSum } from "./debye.js";
import { requireBesselDomain } from "./domain.js";

const MOST_STEPS = 60; // beyond, Debye's expansion twice is cheaper
const lower = new Float64Array(3);
const upper = new Float64Array(3);

/**
 * I_{nu+1}(x)/I_nu(x), [eq:bessel-i]: in (0, 1) for x > 0, increasing in x, decreasing in nu, odd in x for integer nu.
 *
 * Gauss's continued fraction r_nu = x/(2(nu + 1) + x r_{nu+1}), run backwards from an order at which Amos's bound
 * for r is good enough. Each step back contracts the error by r^2, so that starting at order M leaves
 * (I_M/I_nu)^2 ~ exp(-(M^2 - nu^2)/x); M = sqrt(nu^2 + 40 x) + 10 is enough. Where that means many steps, x >= 60 and
 * the quotient of two Debye expansions is taken, exponents subtracted before the exponential.
 *
 * @param nu order, 0 <= nu <= 1e6
 * @param x  |x| <= 1e150; below 0 only for integer orders
 * @returns relative error below 1e-15 to order 256, below 2e-14 to order 1e4
 * @throws DomainError outside the domain
 * @see Amos (1974), Math. Comp. 28, 239-251; NIST DLMF 10.33.1, 10.41.3
 */
export function besselIRatio(nu: number, x: number): number {
  requireBesselDomain(nu, x);
  return x < 0 ? -positiveRatio(nu, -x) : positiveRatio(nu, x);
}

function positiveRatio(nu: number, x: number): number {
  if (x === 0) return 0;
  const steps = Math.ceil(Math.sqrt(nu * nu + 40 * x) - nu) + 10;
  if (steps > MOST_STEPS) return debyeRatio(nu, x);
  let ratio = amosLowerBound(nu + steps, x);
  for (let j = steps; j >= 1; j--) ratio = x / (2 * (nu + j) + x * ratio);
  return ratio;
}

/** x/(nu + 1/2 + sqrt((nu + 3/2)^2 + x^2)) < I_{nu+1}/I_nu: Amos, eq. (9). */
function amosLowerBound(nu: number, x: number): number {
  const a = nu + 1.5;
  return x / (nu + 0.5 + Math.sqrt(a * a + x * x));
}

function debyeRatio(nu: number, x: number): number {
  debyeExponent(nu, x, lower);
  debyeExponent(nu + 1, x, upper);
  const quotient = debyeSum(nu + 1, upper[2]!) / debyeSum(nu, lower[2]!);
  addPair(-lower[0]!, -lower[1]!, upper);
  return scaledExponential(upper[0]!, upper[1]!, quotient * Math.sqrt(lower[2]! / upper[2]!));
}
