import { DOUBLE, HIGH, WORDS } from "./bits.js";
import { FRACTION_BITS, UNIT } from "./fixed-point.js";
import { POWER_BIAS, POWERS_OF_TWO } from "./powers-of-two.js";

const COUNT = 17;

/** log(1 + j/16), j = 0 ... 16. Entry j, high, is a multiple of 2^-42; with entry 17 + j, low, it is correct to about 2^-95. */
export const NODES: Float64Array = /* @__PURE__ */ nodes();

/** log(1 + j/16) = 2 artanh(j/(32 + j)), by its series. */
function nodes(): Float64Array {
  const table = new Float64Array(2 * COUNT);
  const dropped = FRACTION_BITS - 42n;
  for (let j = 0n; j < COUNT; j++) {
    const d = 32n + j;
    let power = ((2n * j) << FRACTION_BITS) / d;
    let sum = 0n;
    for (let odd = 1n; power > 0n; odd += 2n) {
      sum += power / odd;
      power = (power * j * j) / (d * d);
    }
    const high = (sum + (1n << (dropped - 1n))) >> dropped;
    const at = Number(j);
    table[at] = Number(high) * 2 ** -42;
    table[COUNT + at] = Number(sum - (high << dropped)) * UNIT;
  }
  return table;
}

/**
 * Natural logarithm, with the same bits in every engine; error below 0.75 ulp.
 *
 * Method: within 1/4 of 1 the series of 2 atanh (see logOnePlusSmall). Elsewhere x = 2^k m with m in [1, 2), the nearest
 * node F = 1 + j/16, and log x = k ln 2 + log F + 2 atanh((m - F)/(m + F)); the first two terms are exact sums of parts
 * on a grid of 2^-42 plus a correction.
 *
 * @param x any number; log(+-0) = -Infinity, x < 0 and NaN give NaN, as with Math.log
 */
export function log(x: number): number {
  if (x > 0.75 && x < 1.25) return logOnePlusSmall(x - 1);
  if (x >= 2.2250738585072014e-308 && x < Infinity) return logOfNormal(x, 0, 0);
  if (x > 0 && x < Infinity) return logOfNormal(x * 18014398509481984, -54, 0);
  if (x === 0) return -Infinity;
  return x > 0 ? x : NaN;
}

/**
 * log(1 + f) for |f| <= 1/4. With s = f/(2 + f), log(1 + f) = 2 atanh s = 2s + s R(s^2), and 2s = f - s f makes the
 * leading term exact.
 */
export function logOnePlusSmall(f: number): number {
  const s = f / (2 + f);
  const w = s * s;
  const w2 = w * w;
  return f - s * (f - w * (0.6666666666666672 + w * 0.3999999999993723 + w2 * (0.28571428597906295 + w * 0.222222169309277 + w2 * (0.18182382919180198 + w * 0.15351585143769284 + w2 * 0.14327346242000824))));
}

/** shift ln 2 + correction + log x for an ordinary double x > 0 that is not within 1/4 of 1. */
export function logOfNormal(x: number, shift: number, correction: number): number {
  DOUBLE[0] = x;
  const word = WORDS[HIGH]!;
  const exponent = (word >> 20) - 1023;
  const m = x * POWERS_OF_TWO[POWER_BIAS - exponent]!;
  const j = ((word & 0xfffff) + 0x8000) >> 16;
  const node = 1 + 0.0625 * j;
  const u = (2 * (m - node)) / (m + node);
  const w = u * u;
  const tail = u * w * (0.08333333333341889 + w * (0.0124999994930428 + w * 0.002232996827383738));
  const k = exponent + shift;
  return k * 0.6931471805598903 + NODES[j]! + (u + (tail + (k * 5.497923018708371e-14 + NODES[COUNT + j]! + correction)));
}
