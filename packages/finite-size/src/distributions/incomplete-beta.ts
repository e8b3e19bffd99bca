/** @file Regularised incomplete beta function: the law behind Student's t and the binomial. */
import { exp, log, log1p } from "@mesoscope/numerics";
import { logGamma } from "./log-gamma.js";

const EPSILON = 2.220446049250313e-16;
const TINY = 1e-300;
const MAX_TERMS = 10_000;

/**
 * I_x(a, b), the distribution function of a beta variate, a, b > 0, 0 <= x <= 1; relative error about 1e-12.
 * The continued fraction converges fast on its own side of the mean, hence I_x(a, b) = 1 - I_(1-x)(b, a).
 * @param y 1 - x, given apart so that it may be exact
 */
export function incompleteBeta(a: number, b: number, x: number, y: number = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const front = exp(a * log(x) + b * (x < 0.5 ? log1p(-x) : log(y)) + logGamma(a + b) - logGamma(a) - logGamma(b));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(a, b, x)) / a : 1 - (front * fraction(b, a, y)) / b;
}

/** The continued fraction of I_x(a, b) by the modified Lentz method (DLMF 8.17.22). */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < EPSILON) break;
  }
  return h;
}

function awayFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
