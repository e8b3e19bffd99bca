import { logOfNormal, logOnePlusSmall } from "./log.js";

/**
 * log(1 + x) without cancellation near 0, with the same bits in every engine; error below 1 ulp.
 *
 * Method: as in log within 1/4 of 0; elsewhere log of the rounded sum u = 1 + x, corrected by the rounding error of
 * that sum divided by u.
 *
 * @param x any number; log1p(-1) = -Infinity, x < -1 and NaN give NaN, -0 gives -0
 */
export function log1p(x: number): number {
  if (x >= -0.25 && x <= 0.25) {
    // Below 2^-54 the answer is x; this also keeps the sign of -0.
    return x > -5.551115123125783e-17 && x < 5.551115123125783e-17 ? x : logOnePlusSmall(x);
  }
  if (!(x > -1 && x < Infinity)) {
    if (x === -1) return -Infinity;
    return x > 0 ? x : NaN;
  }
  const u = 1 + x;
  const lost = x > 1 ? 1 - (u - x) : x - (u - 1);
  return logOfNormal(u, 0, lost / u);
}
