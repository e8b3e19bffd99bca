/**
 * @file Digamma and trigamma on the positive axis: the mean and the variance of the logarithm of a gamma variate,
 * from which the laws of departure times take theirs.
 */
import { log, requireInRange } from "@mesoscope/numerics";
import {
  bernoulli,
  digammaAtRoot,
  digammaRoot,
  digammaRootLow,
  eulerGamma,
} from "../coefficients/gamma.js";
import { logGammaAtTwo } from "./series-at-two.js";

const FROM = 12; // here the asymptotic tails below leave out less than 1e-18
const REMEDY = "Give a finite number of at least 1e-150.";

/**
 * psi(x) = Gamma'(x)/Gamma(x), x > 0. Error at most 4 ulp, relative also at the positive root 1.4616...
 *
 * Taylor series about the root and about 2, exact shifts in between, log x - 1/(2x) - sum B_2j/(2j x^2j) from 12 on.
 * @throws DomainError outside [1e-150, Number.MAX_VALUE]
 * @see NIST DLMF 5.5.2, 5.7.6, 5.11.2
 */
export function digamma(x: number): number {
  requireInRange("x", x, { min: 1e-150, max: Number.MAX_VALUE }, REMEDY);
  if (x >= FROM) {
    const w = 1 / (x * x);
    let tail = 0;
    for (let j = bernoulli.length; j >= 1; j--) tail = tail * w + bernoulli[j - 1]! / (2 * j);
    return log(x) - 0.5 / x - tail * w;
  }
  if (x > 1.2 && x < 1.75) return digammaNearRoot(x - digammaRoot - digammaRootLow);
  if (x < 0.5) return digammaNearTwo(x) - 1 / (1 + x) - 1 / x;
  if (x < 1.5) return digammaNearTwo(x - 1) - 1 / x;
  let low = x;
  let shifts = 0;
  while (low > 2.5) {
    low -= 1;
    shifts += 1 / low;
  }
  return digammaNearTwo(low - 2) + shifts;
}

/**
 * psi'(x), x > 0: positive, error at most 4 ulp. Recurrence psi'(x) = psi'(x + 1) + 1/x^2 up to 12, then
 * 1/x + 1/(2x^2) + sum B_2j / x^(2j+1).
 * @throws DomainError outside [1e-150, Number.MAX_VALUE]
 * @see NIST DLMF 5.15.5, 5.15.8
 */
export function trigamma(x: number): number {
  requireInRange("x", x, { min: 1e-150, max: Number.MAX_VALUE }, REMEDY);
  const steps = x < FROM ? Math.ceil(FROM - x) : 0;
  const y = x + steps;
  const u = 1 / y;
  const w = u * u;
  let sum = 0;
  for (let j = bernoulli.length - 1; j >= 0; j--) sum = sum * w + bernoulli[j]!;
  sum = u + (0.5 * w + sum * w * u);
  for (let j = steps - 1; j >= 0; j--) sum += 1 / ((x + j) * (x + j));
  return sum;
}

/** psi(2 + t), |t| <= 1/2: the derivative of the series of log Gamma about 2. */
function digammaNearTwo(t: number): number {
  let sum = 0;
  for (let k = logGammaAtTwo.length; k >= 2; k--) sum = (sum + k * logGammaAtTwo[k - 1]!) * t;
  return sum + (1 - eulerGamma);
}

/** psi(root + h), |h| <= 0.3. */
function digammaNearRoot(h: number): number {
  let sum = 0;
  for (let k = digammaAtRoot.length - 1; k >= 0; k--) sum = sum * h + digammaAtRoot[k]!;
  return sum * h;
}
