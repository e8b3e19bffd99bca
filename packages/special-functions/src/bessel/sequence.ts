/** @file Many consecutive orders at one argument. */
import { requireInteger } from "@mesoscope/numerics";
import { besselIScaled } from "./bessel-i.js";
import { requireBesselDomain } from "./domain.js";
import { besselIRatio } from "./ratio.js";

const BLOCK = 32;
const LEAST_NORMAL = 2.2250738585072014e-308;

/**
 * exp(-|x|) I_{nu+k}(x) for k = 0 .. count - 1, [eq:bessel-i].
 *
 * The ratios of neighbours follow by backward recurrence from the last one (stable for I, whose other solution K
 * grows with the order); every block of 32 orders is normalised by its own directly computed first value where
 * nu + k is exact (integers, half-integers), so that rounding does not build up along the sequence.
 *
 * @param nu    first order, 0 <= nu, nu + count <= 1e6
 * @param x     |x| <= 1e150; below 0 only for integer nu
 * @param count number of orders, at least 1
 * @returns array of shape (count); relative error below 1e-14 (other fractions of nu: plus one ulp per order) where not subnormal
 * @throws DomainError outside the domain
 */
export function besselIScaledSequence(nu: number, x: number, count: number): Float64Array {
  requireBesselDomain(nu, x);
  requireInteger("count", count, { min: 1, max: 1e6 }, "Give the number of orders, at least 1.");
  requireBesselDomain(nu + count - 1, x);
  const values = new Float64Array(count);
  fillRatios(values, nu, x);
  for (let k = 0; k < count; k++) {
    const ratio = values[k]!; // I_{nu+k}/I_{nu+k-1}
    const chained = k === 0 ? 0 : values[k - 1]! * ratio;
    values[k] = k % BLOCK === 0 && isFreshBetter(nu, k, chained) ? besselIScaled(nu + k, x) : chained;
  }
  return values;
}

/** Not below the normal range, and not when nu + k rounds: I depends on the order more strongly than the ratio does. */
function isFreshBetter(nu: number, k: number, chained: number): boolean {
  return k === 0 || (Math.abs(chained) > LEAST_NORMAL && nu + k - k === nu);
}

/** out[k] = I_{nu+k}/I_{nu+k-1} for k >= 1. */
function fillRatios(out: Float64Array, nu: number, x: number): void {
  const last = out.length - 1;
  if (last === 0 || x === 0) return;
  out[last] = besselIRatio(nu + last - 1, x);
  for (let k = last - 1; k >= 1; k--) out[k] = x / (2 * (nu + k) + x * out[k + 1]!);
}
