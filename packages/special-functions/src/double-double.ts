/**
 * @file Exact rounding errors of sums and products, and a logarithm with some 15 extra bits.
 *
 * Why: I_nu(x) is a moderate number times exp(E) with |E| up to 745, so that an exponent rounded to double precision
 * would cost three digits. E is therefore carried as an unevaluated sum `high + low`.
 */
import { exp } from "@mesoscope/numerics";
import { lnTwoHigh, lnTwoLow } from "./coefficients/logarithm.js";

const SPLITTER = 134217729; // 2^27 + 1
const scratch = new DataView(new ArrayBuffer(8));

/** Error of `sum = fl(a + b)`: a + b = sum + sumError(a, b, sum) exactly (Knuth). */
export function sumError(a: number, b: number, sum: number): number {
  const bVirtual = sum - a;
  return a - (sum - bVirtual) + (b - bVirtual);
}

/** Error of `product = fl(a b)`, exact while no part over- or underflows (Veltkamp, Dekker). */
export function productError(a: number, b: number, product: number): number {
  const aBig = SPLITTER * a;
  const aHigh = aBig - (aBig - a);
  const aLow = a - aHigh;
  const bBig = SPLITTER * b;
  const bHigh = bBig - (bBig - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** Floor of log2 |x| for a normal number, read from the bits: the same in every engine. */
export function binaryExponent(x: number): number {
  scratch.setFloat64(0, x);
  return ((scratch.getUint16(0) >> 4) & 0x7ff) - 1023;
}

/** 2^e for -1022 <= e <= 1023. */
export function powerOfTwo(e: number): number {
  scratch.setUint32(4, 0);
  scratch.setUint32(0, (e + 1023) << 20);
  return scratch.getFloat64(0);
}

/**
 * log((a + aLow)/b) as out[0] + out[1], for positive normal a, b.
 *
 * The quotient is brought into [1/sqrt 2, sqrt 2] by a power of two and taken as 2 artanh(s), s = (a - b)/(a + b).
 * 2s is kept in two parts; the cubic rest, below 3.5e-3, in one: absolute error about 1e-18 (plus 2^-106 of the
 * power of two), so that an order of 1e4 times this logarithm is still good to 1e-14. Relative accuracy for a -> b.
 */
export function logQuotient(a: number, aLow: number, b: number, out: Float64Array): void {
  const aExponent = binaryExponent(a);
  const bExponent = binaryExponent(b);
  const aScale = powerOfTwo(-aExponent);
  const m = a * aScale;
  let c = b * powerOfTwo(-bExponent);
  let e = aExponent - bExponent;
  if (m > 1.4142135 * c) {
    c *= 2;
    e += 1;
  } else if (1.4142135 * m < c) {
    c *= 0.5;
    e -= 1;
  }
  const mLow = aLow * aScale;
  const difference = m - c; // exact: m/c is in [1/2, 2]
  const numerator = difference + mLow;
  const numeratorLow = sumError(difference, mLow, numerator);
  const denominator = m + c;
  const denominatorLow = sumError(m, c, denominator) + mLow;
  const s = numerator / denominator;
  const back = s * denominator;
  const sLow =
    (numerator - back - productError(s, denominator, back) + numeratorLow - s * denominatorLow) / denominator;
  const cubic = artanhRest(s);
  const high = e * lnTwoHigh;
  const sum = high + 2 * s;
  out[0] = sum;
  out[1] = sumError(high, 2 * s, sum) + (2 * (sLow + cubic) + e * lnTwoLow);
}

/** artanh(s) - s for |s| <= 0.1716; the first term left out is s^23/23 < 2e-19 (s - its own size). */
function artanhRest(s: number): number {
  const w = s * s;
  let sum = 1 / 21;
  for (let odd = 19; odd >= 3; odd -= 2) sum = sum * w + 1 / odd;
  return s * w * sum;
}

/** out[0] + out[1] <- factor (out[0] + out[1]), |factor| below 1e150. */
export function scalePair(factor: number, out: Float64Array): void {
  const high = factor * out[0]!;
  out[1] = productError(factor, out[0]!, high) + factor * out[1]!;
  out[0] = high;
}

/** out[0] + out[1] <- out[0] + out[1] + (high + low), the sum kept normalised. */
export function addPair(high: number, low: number, out: Float64Array): void {
  const sum = out[0]! + high;
  const rest = sumError(out[0]!, high, sum) + (out[1]! + low);
  out[0] = sum + rest;
  out[1] = sumError(sum, rest, out[0]);
}

/** factor exp(high + low), with neither overflow nor loss of bits on the way when the product itself is normal. */
export function scaledExponential(high: number, low: number, factor: number): number {
  if (high > -690 && high < 690) {
    const e = exp(high);
    return factor * (e + e * low);
  }
  if (high < -1500) return 0;
  if (high > 1500) return Infinity;
  const root = exp(0.5 * high);
  return root * (1 + low) * factor * root;
}
