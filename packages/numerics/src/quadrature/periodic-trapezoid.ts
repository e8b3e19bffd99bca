import { requireFinite, requireInteger, requirePositive } from "../errors.js";
import { compensatedSum } from "../sums/index.js";

/**
 * Integral of a periodic f over one period by n equally spaced points, (period/n) sum_j f(start + j period/n): exact for
 * trigonometric polynomials of degree below n (in units of 2 pi/period), and for analytic f the error falls like
 * exp(-n c), c the width of the strip of analyticity times 2 pi/period.
 *
 * @param f      periodic, finite at the points
 * @param start  first point, finite
 * @param period length of the period, > 0
 * @param n      number of points, >= 1
 * @throws DomainError if an argument is out of range or f is not finite at a point
 * @see Trefethen and Weideman (2014), SIAM Rev. 56, 385
 */
export function periodicTrapezoid(f: (x: number) => number, start: number, period: number, n: number): number {
  requireFinite("start", start);
  requirePositive("period", period);
  requireInteger("n", n, { min: 1 });
  const values = new Float64Array(n);
  for (let j = 0; j < n; j++) values[j] = f(start + (j / n) * period);
  return (compensatedSum(values) / n) * period;
}
