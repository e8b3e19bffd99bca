import { POWER_BIAS, POWERS_OF_TWO } from "./powers-of-two.js";

/** 2^(j/32), j = 0 ... 31, as high + low: together correct to about 2^-106. */
export const ROOT_HIGH: Float64Array = /* @__PURE__ */ new Float64Array([
  1.0, 1.0218971486541166, 1.0442737824274138, 1.0671404006768237,
  1.0905077326652577, 1.1143867425958924, 1.1387886347566916, 1.1637248587775775,
  1.189207115002721, 1.215247359980469, 1.241857812073484, 1.2690509571917332,
  1.2968395546510096, 1.3252366431597413, 1.3542555469368927, 1.383909881963832,
  1.4142135623730951, 1.4451808069770467, 1.4768261459394993, 1.5091644275934228,
  1.5422108254079407, 1.5759808451078865, 1.6104903319492543, 1.645755478153965,
  1.681792830507429, 1.718619298122478, 1.7562521603732995, 1.7947090750031072,
  1.8340080864093424, 1.8741676341103, 1.9152065613971474, 1.9571441241754002,
]);

export const ROOT_LOW: Float64Array = /* @__PURE__ */ new Float64Array([
  0.0, 5.109225028973444e-17, 8.551889705537965e-17, -7.899853966841582e-17,
  -3.046782079812471e-17, 1.0410278456845571e-16, 8.912812676025408e-17, 3.8292048369240935e-17,
  3.982015231465646e-17, -7.712630692681488e-17, 4.658027591836937e-17, 2.667932131342186e-18,
  2.5382502794888315e-17, -2.8587312100388614e-17, 7.70094837980299e-17, -6.770511658794786e-17,
  -9.667293313452913e-17, -3.0237581349939873e-17, -3.483994556892796e-17, -1.016455327754295e-16,
  7.949834809697621e-17, -1.0136916471278304e-17, 2.4707192569797888e-17, -1.0125679913674773e-16,
  8.199010020581497e-17, -1.851380418263111e-17, 2.960140695448873e-17, 1.8227458427912087e-17,
  3.283107224245627e-17, -6.122763413004143e-17, -1.0619946056195963e-16, 8.960767791036668e-17,
]);

/**
 * e^x, with the same bits in every engine; error below 0.53 ulp (1 ulp where the result is subnormal).
 *
 * Method: x = n (ln 2)/32 + r with |r| <= (ln 2)/64, so that e^x = 2^(n >> 5) 2^((n & 31)/32) e^r. The first factor is
 * exact, the second is tabulated to twice the precision, the third is a polynomial of degree 6 (error 1e-19). Tables
 * and polynomial: scripts/coefficients.py. After Tang (1989), ACM Trans. Math. Softw. 15, 144.
 *
 * @param x any number; NaN gives NaN, as with Math.exp
 * @returns Infinity for x > 709.7827..., 0 for x < -745.1332...
 */
export function exp(x: number): number {
  if (!(x > -708 && x < 709)) return expAtTheEnds(x);
  const n = Math.floor(x * 46.16624130844683 + 0.5);
  const i = n | 0;
  const high = ROOT_HIGH[i & 31]!;
  return (high + (ROOT_LOW[i & 31]! + high * expMinusOneNearZero(stepRemainder(x, n)))) * POWERS_OF_TWO[(i >> 5) + POWER_BIAS]!;
}

/** x - n (ln 2)/32. n has at most 16 bits and the leading constant 37: the product and the first difference are exact. */
export function stepRemainder(x: number, n: number): number {
  return x - n * 0.021660849392446835 - n * 5.145609244655338e-14;
}

/** e^r - 1 for |r| <= (ln 2)/64, relative error about 2^-53. */
export function expMinusOneNearZero(r: number): number {
  const r2 = r * r;
  return r + r2 * (0.5 + r * 0.16666666666526114 + r2 * (0.04166666666640004 + r * 0.008333367982687731 + r2 * 0.0013888940713034442));
}

/** Near overflow and underflow 2^k or the result is no ordinary double: scale in two steps of which only the last rounds. */
function expAtTheEnds(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (x !== x) return x;
  const n = Math.floor(x * 46.16624130844683 + 0.5);
  const i = n | 0;
  const high = ROOT_HIGH[i & 31]!;
  const root = high + (ROOT_LOW[i & 31]! + high * expMinusOneNearZero(stepRemainder(x, n)));
  const half = i >> 6;
  return root * POWERS_OF_TWO[half + POWER_BIAS]! * POWERS_OF_TWO[(i >> 5) - half + POWER_BIAS]!;
}
