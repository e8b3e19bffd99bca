import { DOUBLE, HIGH, WORDS } from "./bits.js";
import { POWER_BIAS, POWERS_OF_TWO } from "./powers-of-two.js";

/** log(1 + j/16), j = 0 ... 16: high is a multiple of 2^-42, high + low is correct to about 2^-95. */
const NODE_HIGH: Float64Array = /* @__PURE__ */ new Float64Array([
  0.0, 0.06062462181648698, 0.11778303565643, 0.17185025692674571,
  0.22314355131425145, 0.2719337154835557, 0.31845373111855224, 0.3629054936893681,
  0.40546510810827385, 0.4462871026285029, 0.4855078157816024, 0.5232481437644765,
  0.5596157879353996, 0.5947071077466717, 0.6286086594222979, 0.6613984822454313,
  0.6931471805598903,
]);

const NODE_LOW: Float64Array = /* @__PURE__ */ new Float64Array([
  0.0, -5.213620639136504e-14, -4.654729747598445e-14, -8.649239607212071e-14,
  -4.169796584527195e-14, 8.604306772808733e-14, -1.7625431312172662e-14, 3.6708569716349383e-16,
  -1.094708713660664e-13, -8.33959316905439e-14, 9.840465278232627e-14, 7.135550660118121e-14,
  2.3119493838005378e-14, 2.1107989157842298e-14, 7.620483823189371e-14, -6.628791790390747e-14,
  5.497923018708371e-14,
]);

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
  return k * 0.6931471805598903 + NODE_HIGH[j]! + (u + (tail + (k * 5.497923018708371e-14 + NODE_LOW[j]! + correction)));
}
