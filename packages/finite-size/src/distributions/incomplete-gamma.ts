/** @file Regularised incomplete gamma functions, and from them the chi-square and the normal law. */
import { exp, log } from "@mesoscope/numerics";
import { logGamma } from "./log-gamma.js";

const EPSILON = 2.220446049250313e-16;
/** Keeps Lentz's ratios away from zero. */
const TINY = 1e-300;
const MAX_TERMS = 100_000;

/** Q(a, x) = Gamma(a, x) / Gamma(a), the upper tail of a gamma variate of shape a > 0, for x >= 0; relative error about 1e-13. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/** P(a, x) = 1 - Q(a, x) without cancellation for small x. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

function density(a: number, x: number): number {
  return exp(a * log(x) - x - logGamma(a));
}

/** P = x^a e^-x / Gamma(a + 1) (1 + x / (a + 1) + x^2 / ((a + 1)(a + 2)) + ...). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < MAX_TERMS && term > sum * EPSILON; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * density(a, x);
}

/** Legendre's continued fraction of Q by the modified Lentz method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < MAX_TERMS; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    const factor = c * d;
    h *= factor;
    if (Math.abs(factor - 1) < EPSILON) break;
  }
  return h * density(a, x);
}

function awayFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
