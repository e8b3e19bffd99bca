import { DOUBLE, HIGH, WORDS } from "./bits.js";
import { POWER_BIAS, POWERS_OF_TWO } from "./powers-of-two.js";

/**
 * @file Reduction of an angle by quarter turns: x = q pi/2 + r + e with |r| <= pi/4, r and e two doubles.
 */

/** Where the reduction leaves r (index 0) and its correction e (index 1). */
export const REMAINDER: Float64Array = /* @__PURE__ */ new Float64Array(2);

/** Up to here n = round(2x/pi) has at most 20 bits and n times a part of 33 bits is exact. */
const DIRECT_LIMIT = 1.6e6;

/**
 * The quadrant q mod 4 of x; leaves r + e = x - q pi/2 in REMAINDER. Any finite x, also near multiples of pi/2: the
 * remainder has a relative error below 2^-70 whatever the size of x.
 *
 * Method: pi/2 in parts of 33, 33 and 53 bits (Cody and Waite) for |x| <= 1.6e6; where that cancels more than 25 bits,
 * and for larger x, an integer product with as many bits of 2/pi as the argument needs (Payne and Hanek).
 */
export function reduceByQuarterTurns(x: number): number {
  if (!(x > -DIRECT_LIMIT && x < DIRECT_LIMIT)) return reduceByIntegers(x);
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  const a = x - n * 1.5707963267341256;
  const b = n * 6.077100506303966e-11;
  const d = a - b;
  // Rounding error of a - b (Knuth: right whichever operand is larger).
  const v = d - a;
  const lost = a - (d - v) - (b + v);
  const low = lost - n * 2.0222662487959506e-21;
  const r = d + low;
  if (r < 2.98023223876953125e-8 && r > -2.98023223876953125e-8) return reduceByIntegers(x);
  REMAINDER[0] = r;
  REMAINDER[1] = d - r + low;
  return n & 3;
}

/** floor(2^1216 2/pi): enough for the largest double, 971 bits of shift, with 200 bits to spare. */
const TWO_OVER_PI =
  0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babn;

/** floor(2^128 pi/2). */
const HALF_PI = 0x1921fb54442d18469898cc51701b839a2n;

const FRACTION_BITS = 200n;

/**
 * The same by whole numbers, exact but for the last of 200 fractional bits; about a microsecond. |x| = m 2^e with whole
 * m: bits of 2/pi worth 4 or more after the shift by e give whole turns and are dropped, those below 2^-200 too.
 */
function reduceByIntegers(x: number): number {
  DOUBLE[0] = x;
  const high = WORDS[HIGH]!;
  const biased = (high >>> 20) & 0x7ff;
  const mantissa = (BigInt((high & 0xfffff) | 0x100000) << 32n) + BigInt(WORDS[1 - HIGH]! >>> 0);
  const window = BigInt.asUintN(202, TWO_OVER_PI >> BigInt(1216 + 1075 - 200 - biased));
  const quarters = BigInt.asUintN(202, mantissa * window);
  const quadrant = (quarters + (1n << (FRACTION_BITS - 1n))) >> FRACTION_BITS;
  const scaled = (quarters - (quadrant << FRACTION_BITS)) * HALF_PI;
  const leading = Number(scaled);
  const unit = POWERS_OF_TWO[POWER_BIAS - 328]!;
  const sign = x < 0 ? -1 : 1;
  REMAINDER[0] = sign * leading * unit;
  REMAINDER[1] = sign * Number(scaled - BigInt(leading)) * unit;
  return (sign * Number(quadrant)) & 3;
}
