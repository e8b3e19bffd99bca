import { productError } from "./exact-product.js";

/** atan(j/8), j = 0 ... 8, as high + low. */
const NODE_HIGH: Float64Array = /* @__PURE__ */ new Float64Array([
  0.0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225,
  0.4636476090008061, 0.5585993153435624, 0.6435011087932844, 0.7188299996216245,
  0.7853981633974483,
]);

const NODE_LOW: Float64Array = /* @__PURE__ */ new Float64Array([
  0.0, -3.1253241424539383e-18, 1.0698755618734451e-17, -2.4623815582638635e-17,
  2.2698777452961687e-17, -5.4556305485916264e-18, 1.5834785051444286e-17, -2.1478388444456983e-17,
  3.061616997868383e-17,
]);

/**
 * Angle of the point (x, y) from the positive x axis, in [-pi, pi], with the same bits in every engine; error below
 * 1 ulp. Odd in y in its bits.
 *
 * Method: the quotient q of the smaller by the larger coordinate with its rounding error, the nearest node c = j/8,
 * atan q = atan c + atan((q - c)/(1 + c q)), and the octant's multiple of pi/2 in two parts.
 *
 * @param y any number
 * @param x any number
 * @returns NaN if either is NaN; signed zeros and infinities as with Math.atan2
 */
export function atan2(y: number, x: number): number {
  if (x !== x || y !== y) return NaN;
  const ay = Math.abs(y);
  const ax = Math.abs(x);
  const steep = ay > ax;
  const small = steep ? ax : ay;
  const large = steep ? ay : ax;
  let q = small / large;
  // Only 0/0 and Infinity/Infinity are undefined: the axis and the diagonal.
  if (q !== q) q = small === 0 ? 0 : 1;
  const left = x < 0 || (x === 0 && 1 / x < 0);
  const angle = angleInHalfPlane(q, quotientRest(small, large, q), steep, left);
  return y < 0 || (y === 0 && 1 / y < 0) ? -angle : angle;
}

/**
 * Arc tangent in [-pi/2, pi/2], with the same bits in every engine; error below 1 ulp. Odd in its bits.
 * @param x any number; NaN gives NaN, -0 gives -0
 */
export function atan(x: number): number {
  const a = Math.abs(x);
  // Below 2^-28 the cubic term is under half an ulp; this also keeps the sign of -0, and NaN is NaN.
  if (!(a >= 3.725290298461914e-9)) return x;
  const angle = a <= 1 ? angleInHalfPlane(a, 0, false, false) : angleInHalfPlane(1 / a, quotientRest(1, a, 1 / a), true, false);
  return x < 0 ? -angle : angle;
}

/**
 * Arc sine in [-pi/2, pi/2], as the angle of the point (sqrt(1 - x^2), x); error below 1.5 ulp. Odd in its bits.
 * @param x in [-1, 1]; anything else gives NaN, as with Math.asin
 */
export function asin(x: number): number {
  return atan2(x, otherLeg(x));
}

/**
 * Arc cosine in [0, pi], as the angle of the point (x, sqrt(1 - x^2)); error below 1.5 ulp.
 * @param x in [-1, 1]; anything else gives NaN, as with Math.acos
 */
export function acos(x: number): number {
  return atan2(otherLeg(x), x);
}

/** sqrt(1 - x^2); the factored form near 1, where 1 - x^2 cancels. */
function otherLeg(x: number): number {
  return Math.sqrt(x > -0.5 && x < 0.5 ? 1 - x * x : (1 - x) * (1 + x));
}

/** atan of q + rest, q in [0, 1] and rest below its last bit, mirrored at the diagonal if steep and at the y axis if left. */
function angleInHalfPlane(q: number, rest: number, steep: boolean, left: boolean): number {
  let high = 0;
  let t = q;
  let tail: number;
  const z0 = q * q;
  if (q < 0.25) {
    const z2 = z0 * z0;
    tail = rest * (1 - z0) + q * z0 * (-0.3333333333333332 + z0 * 0.19999999999991347 + z2 * (-0.14285714283792944 + z0 * 0.11111110901749516 + z2 * (-0.09090896164125904 + z0 * 0.07691824260875761 + z2 * (-0.06655470375700917 + z0 * 0.05724414177200497 + z2 * -0.03998302590005812))));
  } else {
    const j = Math.floor(q * 8 + 0.5);
    const node = j * 0.125;
    high = NODE_HIGH[j]!;
    t = (q - node) / (1 + node * q);
    const z = t * t;
    const z2 = z * z;
    tail = rest / (1 + z0) + NODE_LOW[j]! + t * z * (-0.3333333333333316 + z * 0.19999999999377815 + z2 * (-0.1428571355274455 + z * 0.11110734129154337 + z2 * -0.09002804203505828));
  }
  if (!steep && !left) return high + (t + tail);
  const turn = steep ? 1.5707963267948966 : 3.141592653589793;
  const turnLow = steep ? 6.123233995736766e-17 : 1.2246467991473532e-16;
  return steep === left ? turn + high + (tail + turnLow + t) : turn - high + (turnLow - tail - t);
}

/**
 * (a - q b)/b for q = a/b rounded: what the division lost. Where the exact product could leave the range of doubles the
 * loss is left at 0: there q is so small, or the arguments so extreme, that an error of 1 ulp stays the bound.
 */
function quotientRest(a: number, b: number, q: number): number {
  if (!(b < 1e150 && a > 1e-140 && q > 1e-9)) return 0;
  const product = q * b;
  return (a - product - productError(q, b, product)) / b;
}
