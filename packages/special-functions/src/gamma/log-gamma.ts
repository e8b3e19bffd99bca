/**
 * @file Gamma and its logarithm on the positive axis.
 *
 * Three regimes: Taylor series of log Gamma about 2 on [3/2, 5/2]; exact shifts x -> x - 1 down to it (the arguments
 * stay exact, so that only the product of the shifts rounds); Stirling's series from 12 on, with the logarithm in two
 * parts because (x - 1/2) log x and x nearly cancel.
 */
import { log, log1p, requireInRange } from "@mesoscope/numerics";
import { halfLogTwoPi, halfLogTwoPiLow, stirling } from "../coefficients/gamma.js";
import { addPair, logQuotient, productError, scaledExponential, scalePair } from "../double-double.js";
import { logGammaAtTwo } from "./series-at-two.js";

/** From here on Stirling's series with the committed terms leaves out less than 1e-19. */
export const leastStirlingArgument = 12;

const pair = new Float64Array(2);

/**
 * log Gamma(x), x > 0. Error at most 4 ulp, also near the zeros at 1 and 2 (relative to the distance from the zero).
 *
 * @returns Infinity above about 2.55e305, where it overflows
 * @throws DomainError unless 0 < x <= Number.MAX_VALUE
 * @see NIST DLMF 5.7.3, 5.11.1
 */
export function logGamma(x: number): number {
  requireInRange("x", x, { min: Number.MIN_VALUE, max: Number.MAX_VALUE }, "Give a finite number greater than 0.");
  if (x < 0.5) return besideTwo(x) - log(x) - log1p(x);
  if (x < 1.5) return besideTwo(x - 1) - log1p(x - 1);
  if (x <= 2.5) return besideTwo(x - 2);
  if (x < leastStirlingArgument) {
    let product = 1;
    let low = x;
    while (low > 2.5) {
      low -= 1;
      product *= low;
    }
    return log(product) + besideTwo(low - 2);
  }
  if (x > 1e17) return x * (log(x) - 1) - 0.5 * log(x);
  stirlingPair(-0.5, x, pair);
  return pair[0]!;
}

/**
 * Gamma(x), x > 0, error at most 4 ulp.
 *
 * @returns Infinity above 171.62, where it overflows (use {@link logGamma}) and below 5.6e-309
 * @throws DomainError unless 0 < x <= Number.MAX_VALUE
 */
export function gamma(x: number): number {
  requireInRange("x", x, { min: Number.MIN_VALUE, max: Number.MAX_VALUE }, "Give a finite number greater than 0.");
  if (x < leastStirlingArgument) return x < 1.5 ? gammaOnePlus(x) / x : gammaOnePlus(x - 1);
  stirlingPair(-0.5, x, pair);
  return scaledExponential(pair[0]!, pair[1]!, 1);
}

/** Gamma(1 + x) for 0 <= x below 12, without forming 1 + x (which rounds). */
export function gammaOnePlus(x: number): number {
  if (x < 0.5) return scaledExponential(besideTwo(x), 0, 1) / (1 + x);
  let low = x;
  let product = 1;
  let productLow = 0;
  while (low > 1.5) {
    const next = product * low;
    productLow = productLow * low + productError(product, low, next);
    product = next;
    low -= 1;
  }
  return scaledExponential(besideTwo(low - 1), 0, product + productLow);
}

/** log Gamma(1 + x) as out[0] + out[1] for x >= 12, absolute error some 1e-17 (1 + x 1e-2). */
export function logGammaOnePlusPair(x: number, out: Float64Array): void {
  stirlingPair(0.5, x, out);
}

/** log Gamma(x) as out[0] + out[1] for x >= 12, absolute error some 1e-17 (1 + x 1e-2). */
export function logGammaPair(x: number, out: Float64Array): void {
  stirlingPair(-0.5, x, out);
}

/**
 * (x + half) log x - x + log(2 pi)/2 + sum of B_2j / (2j (2j-1) x^(2j-1)): log Gamma(x) for half = -1/2, log Gamma(1 + x)
 * for half = 1/2. x + 1/2 is not formed: it rounds, and log x would multiply the error.
 */
function stirlingPair(half: 0.5 | -0.5, x: number, out: Float64Array): void {
  logQuotient(x, 0, 1, out);
  const high = half * out[0]!;
  const low = half * out[1]!;
  scalePair(x, out);
  addPair(high, low, out);
  addPair(-x, 0, out);
  const w = 1 / (x * x);
  let tail = 0;
  for (let j = stirling.length - 1; j >= 0; j--) tail = tail * w + stirling[j]!;
  addPair(halfLogTwoPi, halfLogTwoPiLow + tail / x, out);
}

/** log Gamma(2 + t), |t| <= 1/2. */
function besideTwo(t: number): number {
  let sum = 0;
  for (let k = logGammaAtTwo.length - 1; k >= 0; k--) sum = sum * t + logGammaAtTwo[k]!;
  return sum * t;
}
