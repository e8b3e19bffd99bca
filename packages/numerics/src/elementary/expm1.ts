import { exp, expMinusOneNearZero, ROOTS, stepRemainder } from "./exp.js";
import { POWER_BIAS, POWERS_OF_TWO } from "./powers-of-two.js";

/**
 * e^x - 1 without cancellation near 0, with the same bits in every engine; error below 1 ulp.
 *
 * Method: a polynomial of degree 11 for |x| < 1/4. Elsewhere, with x reduced as in exp, e^x - 1 =
 * 2^k ((T - 2^-k) + T (e^r - 1)), where T = 2^(j/32) is known to twice the precision and the first difference is made
 * with its rounding error.
 *
 * @param x any number; NaN gives NaN, -0 gives -0
 * @returns Infinity for x > 709.7827..., -1 for x < -37.43
 */
export function expm1(x: number): number {
  if (x > -0.25 && x < 0.25) return nearZero(x);
  if (!(x > -38)) return x !== x ? x : -1;
  // Beyond 2^56 the 1 is far below the last bit.
  if (x > 39) return exp(x);
  const n = Math.floor(x * 46.16624130844683 + 0.5);
  const i = n | 0;
  const k = i >> 5;
  const high = ROOTS[i & 31]!;
  const unit = POWERS_OF_TWO[POWER_BIAS - k]!;
  const difference = high - unit;
  // The rounding error of the difference, by Dekker's fast sum: the larger operand comes first.
  const lost = k < 0 ? high - (difference + unit) : high - difference - unit;
  const low = lost + (ROOTS[32 + (i & 31)]! + high * expMinusOneNearZero(stepRemainder(x, n)));
  return (difference + low) * POWERS_OF_TWO[POWER_BIAS + k]!;
}

function nearZero(x: number): number {
  // Below 2^-54 the answer is x; this also keeps the sign of -0.
  if (x > -5.551115123125783e-17 && x < 5.551115123125783e-17) return x;
  const x2 = x * x;
  return x + x2 * (0.5 + x * (0.16666666666666666 + x * 0.04166666666666323 + x2 * (0.008333333333332287 + x * 0.0013888888893355041 + x2 * (0.00019841269848710032 + x * 2.4801568067585934e-05 + x2 * (2.755729652703785e-06 + x * 2.759110320806792e-07 + x2 * 2.5083408620994557e-08)))));
}
