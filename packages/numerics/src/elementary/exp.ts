import { FRACTION_BITS, UNIT } from "./fixed-point.js";
import { POWER_BIAS, POWERS_OF_TWO } from "./powers-of-two.js";

const STEPS = 32;

/** 2^(j/32), j = 0 ... 31, as high + low, each the nearest double: together correct to about 2^-106. Entry j is high, entry 32 + j low. */
export const ROOTS: Float64Array = /* @__PURE__ */ roots();

function roots(): Float64Array {
  const table = new Float64Array(2 * STEPS);
  let step = 2n << FRACTION_BITS;
  for (let halvings = 0; halvings < 5; halvings++) step = floorOfRoot(step << FRACTION_BITS);
  let power = 1n << FRACTION_BITS;
  for (let j = 0; j < STEPS; j++) {
    const high = Number(power);
    table[j] = high * UNIT;
    table[STEPS + j] = Number(power - BigInt(high)) * UNIT;
    power = (power * step) >> FRACTION_BITS;
  }
  return table;
}

/** Floor of the square root, by Newton's iteration from above. */
function floorOfRoot(square: bigint): bigint {
  let root = square;
  let next = (square + 1n) >> 1n;
  while (next < root) {
    root = next;
    next = (root + square / root) >> 1n;
  }
  return root;
}

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
  const high = ROOTS[i & 31]!;
  return (high + (ROOTS[STEPS + (i & 31)]! + high * expMinusOneNearZero(stepRemainder(x, n)))) * POWERS_OF_TWO[(i >> 5) + POWER_BIAS]!;
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
  const high = ROOTS[i & 31]!;
  const root = high + (ROOTS[STEPS + (i & 31)]! + high * expMinusOneNearZero(stepRemainder(x, n)));
  const half = i >> 6;
  return root * POWERS_OF_TWO[half + POWER_BIAS]! * POWERS_OF_TWO[(i >> 5) - half + POWER_BIAS]!;
}
