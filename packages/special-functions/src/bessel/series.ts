/**
 * @file The ascending series I_nu(x) = (x/2)^nu / Gamma(nu + 1) * sum over k of (x^2/4)^k / (k! (nu + 1)_k).
 * All terms are positive: no cancellation, at any x. Used where nu and x are below 25 (at most some 45 terms).
 */
import { addPair, logQuotient, scaledExponential, scalePair } from "../double-double.js";
import { gammaOnePlus, leastStirlingArgument, logGammaOnePlusPair } from "../gamma/log-gamma.js";

const pair = new Float64Array(2);
const gammaPair = new Float64Array(2);

/**
 * 0F1(; a + shift; y) - 1 for y >= 0, a + shift > 0: kept apart from 1 so that its logarithm is accurate where it is
 * small. The integer shift is apart because a + 1 rounds, and its error would enter every term alike.
 */
export function hypergeometricRest(a: number, shift: number, y: number): number {
  let term = y / (a + shift);
  let sum = term;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= y / ((k + 1) * (a + (shift + k)));
    sum += term;
  }
  return sum;
}

/** exp(shift) I_nu(x) for x > 0, nu >= 0 below 25. */
export function besselSeries(nu: number, x: number, shift: number): number {
  const sum = 1 + hypergeometricRest(nu, 1, 0.25 * x * x);
  if (nu === 0) return scaledExponential(shift, 0, sum);
  logPower(nu, x);
  addPair(shift, 0, pair);
  if (nu < leastStirlingArgument) return scaledExponential(pair[0]!, pair[1]!, sum / gammaOnePlus(nu));
  logGammaOnePlusPair(nu, gammaPair);
  addPair(-gammaPair[0]!, -gammaPair[1]!, pair);
  return scaledExponential(pair[0]!, pair[1]!, sum);
}

/** pair <- nu log(x/2). Subnormal x is scaled first: the power of two of the logarithm is exact. */
function logPower(nu: number, x: number): void {
  if (x < 1e-290) logQuotient(x * 2 ** 200, 0, 2 ** 201, pair);
  else logQuotient(x, 0, 2, pair);
  scalePair(nu, pair);
}
