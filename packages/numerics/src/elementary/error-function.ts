/**
 * @file The error function and its complement: tails of the normal law, activations of networks. Rational operations and `exp` only, so that the
 * bits are the same in every engine and may be made again by a backend.
 */
import { erfcCentres, erfcEnds, erfcPieceLength, erfcPieces, erfcPiecesLow, erfcTail, erfQuotient } from "./error-function-coefficients.js";
import { productError } from "./exact-product.js";
import { exp } from "./exp.js";

const SMALL = 0.5;
const TAIL_FROM = 5;
/** Above, erfc is below half the least subnormal number. */
const ERFC_ZERO_FROM = 27.3;
const pair = new Float64Array(2);

/**
 * erf(x) = 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x: odd, between -1 and 1.
 *
 * @param x any number; NaN gives NaN
 * @returns error at most 2 ulp (relative at 0); 1 - erf(x) has no digits from x = 5.9 on: use {@link erfc}
 * @see NIST DLMF 7.2.1
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < SMALL) return x + x * quotient(x * x);
  if (size !== size) return x;
  const value = size < 6 ? 1 - positiveErfc(size) : 1;
  return x < 0 ? -value : value;
}

/**
 * erfc(x) = 1 - erf(x), without cancellation: from 2 at -Infinity to 0 at Infinity. P(Z > z) = erfc(z / sqrt 2)/2 for a
 * standard normal Z.
 *
 * @param x any number; NaN gives NaN
 * @returns error at most 2 ulp where the value is not subnormal; 0 above x = 27.23, where it underflows: use {@link erfcScaled}
 * @see NIST DLMF 7.2.2
 */
export function erfc(x: number): number {
  if (x <= -SMALL) return x > -6 ? 2 - positiveErfc(-x) : 2;
  if (x < SMALL) return smallErfc(x);
  return x < ERFC_ZERO_FROM ? positiveErfc(x) : x > 0 ? 0 : x;
}

/**
 * exp(x^2) erfc(x): tends to 1/(x sqrt(pi)), never underflowing; the reciprocal of Mills' ratio up to scale.
 *
 * @param x any number; NaN gives NaN
 * @returns error at most 3 ulp; Infinity below x = -26.62, where it overflows
 * @see NIST DLMF 7.12.1
 */
export function erfcScaled(x: number): number {
  if (x >= SMALL) {
    scaled(x);
    return pair[0]! + pair[1]!;
  }
  if (x < -27) return Infinity;
  if (!(x < SMALL)) return x;
  const square = x * x;
  const low = productError(x, x, square);
  const value = erfc(x);
  const part = value + value * low;
  if (square < 700) return exp(square) * part;
  const root = exp(0.5 * square);
  return root * part * root;
}

/** 1 - erf(x) for |x| < 1/2; above 1/4 by way of 1/2, whose difference to x is exact. */
function smallErfc(x: number): number {
  const rest = x * quotient(x * x);
  return x < 0.25 ? 1 - (x + rest) : 0.5 - (x - 0.5 + rest);
}

/** erf(x)/x - 1 at x^2 = z. */
function quotient(z: number): number {
  let sum = 0;
  for (let k = erfQuotient.length - 1; k >= 0; k--) sum = sum * z + erfQuotient[k]!;
  return sum;
}

/** erfc(x), 1/2 <= x: exp(-x^2) with the rounding of x^2 and of the product carried along. */
function positiveErfc(x: number): number {
  scaled(x);
  const value = pair[0]!;
  const square = x * x;
  const low = pair[1]! - productError(x, x, square) * value;
  // Below exp(-700) in two factors, of which only the last product leaves the normal range.
  const e = exp(square < 700 ? -square : -0.5 * square);
  const product = e * value;
  const corrected = product + (productError(e, value, product) + e * low);
  return square < 700 ? corrected : corrected * e;
}

/** pair <- exp(x^2) erfc(x) for x >= 1/2, as two parts: the constant term and the rest, which is small against it. */
function scaled(x: number): void {
  if (x >= TAIL_FROM) {
    const sum = horner(erfcTail, 0, erfcTail.length, 1 / (x * x));
    const low = pair[1]!;
    const value = sum / x;
    const back = value * x;
    pair[0] = value;
    pair[1] = x > 1e150 ? 0 : (sum - back - productError(value, x, back) + low) / x;
    return;
  }
  let piece = 0;
  while (x >= erfcEnds[piece + 1]!) piece += 1;
  pair[0] = horner(erfcPieces, piece * erfcPieceLength, (piece + 1) * erfcPieceLength, x - erfcCentres[piece]!);
  pair[1]! += erfcPiecesLow[piece]!;
}

/** Polynomial of the coefficients from ... to - 1; pair[1] <- the error of the last addition. */
function horner(coefficients: Float64Array, from: number, to: number, t: number): number {
  let sum = 0;
  for (let k = to - 1; k > from; k--) sum = sum * t + coefficients[k]!;
  const constant = coefficients[from]!;
  const rest = sum * t;
  const value = constant + rest;
  pair[1] = constant - value + rest;
  return value;
}
