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
 * 1.1 ulp, of which half comes from the quotient of the two arguments. Odd in y in its bits.
 *
 * Method: the quotient q of the smaller by the larger coordinate, the nearest node c = j/8,
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
  const left = x < 0 || Object.is(x, -0);
  const steep = ay > ax;
  let q = steep ? ax / ay : ay / ax;
  if (q !== q) q = ay === 0 ? 0 : 1;
  const angle = angleInHalfPlane(q, steep, left);
  return y < 0 || Object.is(y, -0) ? -angle : angle;
}

/**
 * Arc tangent in [-pi/2, pi/2], with the same bits in every engine; error below 1 ulp. Odd in its bits.
 * @param x any number; NaN gives NaN, -0 gives -0
 */
export function atan(x: number): number {
  return atan2(x, 1);
}

/**
 * Arc sine in [-pi/2, pi/2], as the angle of (sqrt(1 - x^2), x); error below 2 ulp.
 * @param x in [-1, 1]; anything else gives NaN, as with Math.asin
 */
export function asin(x: number): number {
  return atan2(x, Math.sqrt((1 - x) * (1 + x)));
}

/**
 * Arc cosine in [0, pi], as the angle of (x, sqrt(1 - x^2)); error below 2 ulp.
 * @param x in [-1, 1]; anything else gives NaN, as with Math.acos
 */
export function acos(x: number): number {
  return atan2(Math.sqrt((1 - x) * (1 + x)), x);
}

/** atan of the slope of smallest quotient q in [0, 1], mirrored at the diagonal if steep and at the y axis if left. */
function angleInHalfPlane(q: number, steep: boolean, left: boolean): number {
  const j = Math.floor(q * 8 + 0.5);
  const node = j * 0.125;
  const t = j === 0 ? q : (q - node) / (1 + node * q);
  const z = t * t;
  const z2 = z * z;
  const tail = NODE_LOW[j]! + t * z * (-0.3333333333333316 + z * 0.19999999999377815 + z2 * (-0.1428571355274455 + z * 0.11110734129154337 + z2 * -0.09002804203505828));
  if (!steep && !left) return NODE_HIGH[j]! + (t + tail);
  const turn = steep ? 1.5707963267948966 : 3.141592653589793;
  const turnLow = steep ? 6.123233995736766e-17 : 1.2246467991473532e-16;
  const forward = steep === left;
  const low = forward ? tail + turnLow + t : turnLow - tail - t;
  return (forward ? turn + NODE_HIGH[j]! : turn - NODE_HIGH[j]!) + low;
}
