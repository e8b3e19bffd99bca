import { reduceByQuarterTurns, REMAINDER } from "./quarter-turns.js";

const QUARTER_PI = 0.7853981633974483;

/**
 * Sine of x radians, with the same bits in every engine; error below 0.85 ulp for every finite x, however large.
 * Odd in its bits: sin(-x) = -sin(x).
 *
 * @param x any number; +-Infinity and NaN give NaN, -0 gives -0
 */
export function sin(x: number): number {
  if (x >= -QUARTER_PI && x <= QUARTER_PI) return sinOfRemainder(x, 0);
  if (x - x !== 0) return NaN;
  const quadrant = reduceByQuarterTurns(x);
  const r = REMAINDER[0]!;
  const e = REMAINDER[1]!;
  const value = (quadrant & 1) === 0 ? sinOfRemainder(r, e) : cosOfRemainder(r, e);
  return quadrant < 2 ? value : -value;
}

/**
 * Cosine of x radians, with the same bits in every engine; error below 0.85 ulp for every finite x, however large.
 *
 * @param x any number; +-Infinity and NaN give NaN
 */
export function cos(x: number): number {
  if (x >= -QUARTER_PI && x <= QUARTER_PI) return cosOfRemainder(x, 0);
  if (x - x !== 0) return NaN;
  const quadrant = reduceByQuarterTurns(x);
  const r = REMAINDER[0]!;
  const e = REMAINDER[1]!;
  const value = (quadrant & 1) === 0 ? cosOfRemainder(r, e) : sinOfRemainder(r, e);
  return ((quadrant + 1) & 2) === 0 ? value : -value;
}

/**
 * Sine and cosine together, from one reduction: the same bits as sin(x) and cos(x).
 *
 * @param x   any number; +-Infinity and NaN give NaN twice
 * @param out receives sin x at index 0 and cos x at index 1
 * @returns out
 */
export function sinCos(x: number, out: Float64Array): Float64Array {
  let quadrant = 0;
  let r = x;
  let e = 0;
  if (!(x >= -QUARTER_PI && x <= QUARTER_PI)) {
    if (x - x !== 0) {
      out[0] = NaN;
      out[1] = NaN;
      return out;
    }
    quadrant = reduceByQuarterTurns(x);
    r = REMAINDER[0]!;
    e = REMAINDER[1]!;
  }
  const s = sinOfRemainder(r, e);
  const c = cosOfRemainder(r, e);
  const odd = (quadrant & 1) !== 0;
  const first = odd ? c : s;
  const second = odd ? s : c;
  out[0] = quadrant < 2 ? first : -first;
  out[1] = ((quadrant + 1) & 2) === 0 ? second : -second;
  return out;
}

/** sin(r + e) for |r| <= pi/4 and tiny e: r + (r^3 q(r^2) + e cos r). */
function sinOfRemainder(r: number, e: number): number {
  // Below 2^-27 the cubic term is under half an ulp; this also keeps the sign of -0.
  if (r < 7.450580596923828e-9 && r > -7.450580596923828e-9) return e === 0 ? r : r + e;
  const z = r * r;
  const z2 = z * z;
  return r + (r * z * (-0.16666666666666632 + z * 0.008333333333322413 + z2 * (-0.00019841269829807737 + z * 2.755731369190013e-06 + z2 * (-2.5050758113115238e-08 + z * 1.5896795552810856e-10))) + e * (1 - 0.5 * z));
}

/** cos(r + e) for |r| <= pi/4 and tiny e: 1 - z/2 with its rounding error, then z^2 q(z) - r e, where z = r^2. */
function cosOfRemainder(r: number, e: number): number {
  const z = r * r;
  const z2 = z * z;
  const half = 0.5 * z;
  const leading = 1 - half;
  return leading + (1 - leading - half + (z2 * (0.0416666666666666 + z * -0.0013888888888874125 + z2 * (2.4801587289482242e-05 + z * -2.755731435234916e-07 + z2 * (2.0875723275319916e-09 + z * -1.1359647902961221e-11))) - r * e));
}
