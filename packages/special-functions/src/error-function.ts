/** @file The error function and its complement as this package gives them: those of @mesoscope/numerics, NaN refused. */
import { erf as plainErf, erfc as plainErfc, erfcScaled as plainErfcScaled, requireInRange } from "@mesoscope/numerics";

/**
 * erf(x) = 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x: odd, between -1 and 1.
 *
 * @param x any number or infinity
 * @returns error at most 2 ulp (relative at 0); 1 - erf(x) has no digits from x = 5.9 on: use {@link erfc}
 * @throws DomainError for NaN
 * @see NIST DLMF 7.2.1
 */
export function erf(x: number): number {
  return plainErf(requireNumber(x));
}

/**
 * erfc(x) = 1 - erf(x), without cancellation: from 2 at -Infinity to 0 at Infinity. P(Z > z) = erfc(z / sqrt 2)/2 for a
 * standard normal Z.
 *
 * @param x any number or infinity
 * @returns error at most 2 ulp where the value is not subnormal; 0 above x = 27.23, where it underflows: use {@link erfcScaled}
 * @throws DomainError for NaN
 * @see NIST DLMF 7.2.2
 */
export function erfc(x: number): number {
  return plainErfc(requireNumber(x));
}

/**
 * exp(x^2) erfc(x): tends to 1/(x sqrt(pi)), never underflowing; the reciprocal of Mills' ratio up to scale.
 *
 * @param x any number or Infinity
 * @returns error at most 3 ulp; Infinity below x = -26.62, where it overflows
 * @throws DomainError for NaN
 * @see NIST DLMF 7.12.1
 */
export function erfcScaled(x: number): number {
  return plainErfcScaled(requireNumber(x));
}

function requireNumber(x: number): number {
  return requireInRange("x", x, {}, "Give a number or an infinity.");
}
