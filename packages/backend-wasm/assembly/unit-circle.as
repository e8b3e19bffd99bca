/** Points e^{i theta} of many angles, two at a time, and their turn by small angles without a new sine. */

/** Angles that are very large or very near a multiple of pi/2: @mesoscope/numerics reduces them in whole numbers. Writes cosine and sine. */
// @ts-ignore: decorator
@external("env", "hardAngle")
declare function hardAngle(theta: f64, cosine: usize, sine: usize): void;

/** Particles are padded to a multiple of this, with the number 0 in place of a point. */
// @ts-ignore: decorator
@inline
export const GROUP: i32 = 4;

// @ts-ignore: decorator
@inline
export function grouped(n: i32): i32 {
  return (n + GROUP - 1) & ~(GROUP - 1);
}

// @ts-ignore: decorator
@inline
function c2(value: f64): v128 {
  return f64x2.splat(value);
}

/** sin(r + e), as in @mesoscope/numerics. */
// @ts-ignore: decorator
@inline
function sinOfRemainder(r: v128, e: v128, z: v128, z2: v128): v128 {
  const inner = f64x2.add(f64x2.add(c2(-0.00019841269829807737), f64x2.mul(z, c2(2.755731369190013e-6))), f64x2.mul(z2, f64x2.add(c2(-2.5050758113115238e-8), f64x2.mul(z, c2(1.5896795552810856e-10)))));
  const q = f64x2.add(f64x2.add(c2(-0.16666666666666632), f64x2.mul(z, c2(0.008333333333322413))), f64x2.mul(z2, inner));
  return f64x2.add(r, f64x2.add(f64x2.mul(f64x2.mul(r, z), q), f64x2.mul(e, f64x2.sub(c2(1), f64x2.mul(c2(0.5), z)))));
}

/** cos(r + e), as in @mesoscope/numerics. */
// @ts-ignore: decorator
@inline
function cosOfRemainder(r: v128, e: v128, z: v128, z2: v128): v128 {
  const half = f64x2.mul(c2(0.5), z);
  const leading = f64x2.sub(c2(1), half);
  const inner = f64x2.add(f64x2.add(c2(2.4801587289482242e-5), f64x2.mul(z, c2(-2.755731435234916e-7))), f64x2.mul(z2, f64x2.add(c2(2.0875723275319916e-9), f64x2.mul(z, c2(-1.1359647902961221e-11)))));
  const q = f64x2.add(f64x2.add(c2(0.0416666666666666), f64x2.mul(z, c2(-0.0013888888888874125))), f64x2.mul(z2, inner));
  return f64x2.add(leading, f64x2.add(f64x2.sub(f64x2.sub(c2(1), leading), half), f64x2.sub(f64x2.mul(z2, q), f64x2.mul(r, e))));
}

/** cosine[i], sine[i] of theta[i], theta[i + 1]. */
// @ts-ignore: decorator
@inline
function pointPair(x: v128, cosine: usize, sine: usize): void {
  const n = f64x2.floor(f64x2.add(f64x2.mul(x, c2(0.6366197723675814)), c2(0.5)));
  const a = f64x2.sub(x, f64x2.mul(n, c2(1.5707963267341256)));
  const b = f64x2.mul(n, c2(6.077100506303966e-11));
  const d = f64x2.sub(a, b);
  const v = f64x2.sub(d, a);
  const lost = f64x2.sub(f64x2.sub(a, f64x2.sub(d, v)), f64x2.add(b, v));
  const low = f64x2.sub(lost, f64x2.mul(n, c2(2.0222662487959506e-21)));
  const r = f64x2.add(d, low);
  const e = f64x2.add(f64x2.sub(d, r), low);
  const size = f64x2.abs(r);
  // As in @mesoscope/numerics: a remainder that cancelled too much, or an angle whose quarter turns are too many.
  const easy = v128.and(f64x2.lt(f64x2.abs(x), c2(1.6e6)), v128.or(f64x2.ge(size, c2(2.98023223876953125e-8)), f64x2.eq(n, c2(0))));
  if (!i64x2.all_true(easy)) {
    hardAngle(f64x2.extract_lane(x, 0), cosine, sine);
    hardAngle(f64x2.extract_lane(x, 1), cosine + 8, sine + 8);
    return;
  }
  const z = f64x2.mul(r, r);
  const z2 = f64x2.mul(z, z);
  const s = sinOfRemainder(r, e, z, z2);
  const c = cosOfRemainder(r, e, z, z2);
  const quadrant = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n));
  const odd = i64x2.shr_s(i64x2.shl(quadrant, 63), 63);
  const sineSign = i64x2.shl(v128.and(quadrant, i64x2.splat(2)), 62);
  const cosineSign = i64x2.shl(v128.and(i64x2.add(quadrant, i64x2.splat(1)), i64x2.splat(2)), 62);
  v128.store(sine, v128.xor(v128.bitselect(c, s, odd), sineSign));
  v128.store(cosine, v128.xor(v128.bitselect(s, c, odd), cosineSign));
}

/** The padding holds the number 0, which adds nothing to any power above the zeroth. */
function blankPoints(n: i32, end: i32, cosine: usize, sine: usize): void {
  if (end < n) return;
  for (let i = n; i < grouped(n); i++) {
    store<f64>(cosine + (<usize>i << 3), 0);
    store<f64>(sine + (<usize>i << 3), 0);
  }
}

/** Points from `begin`, an even number, to before `end`; theta is padded like them. */
export function unitCircle(theta: usize, n: i32, begin: i32, end: i32, cosine: usize, sine: usize): void {
  for (let i = begin; i < end; i += 2) {
    const at = <usize>i << 3;
    pointPair(v128.load(theta + at), cosine + at, sine + at);
  }
  blankPoints(n, end, cosine, sine);
}

/**
 * The points at theta + delta from the points at theta: two short polynomials and one complex product where |delta| < 1/4
 * (next terms below 3e-18), fresh sines elsewhere.
 */
export function turn(c0: usize, s0: usize, delta: usize, theta: usize, n: i32, begin: i32, end: i32, cosine: usize, sine: usize): void {
  for (let i = begin; i < end; i += 2) {
    const at = <usize>i << 3;
    const x = v128.load(delta + at);
    if (!i64x2.all_true(f64x2.lt(f64x2.abs(x), c2(0.25)))) {
      pointPair(f64x2.add(v128.load(theta + at), x), cosine + at, sine + at);
      continue;
    }
    const y = f64x2.mul(x, x);
    let p = f64x2.sub(c2(1.0 / 362880.0), f64x2.mul(y, c2(1.0 / 39916800.0)));
    p = f64x2.add(c2(-1.0 / 5040.0), f64x2.mul(y, p));
    p = f64x2.add(c2(1.0 / 120.0), f64x2.mul(y, p));
    p = f64x2.add(c2(-1.0 / 6.0), f64x2.mul(y, p));
    const s = f64x2.add(x, f64x2.mul(f64x2.mul(x, y), p));
    let q = f64x2.sub(c2(1.0 / 3628800.0), f64x2.mul(y, c2(1.0 / 479001600.0)));
    q = f64x2.sub(c2(1.0 / 40320.0), f64x2.mul(y, q));
    q = f64x2.sub(c2(1.0 / 720.0), f64x2.mul(y, q));
    q = f64x2.sub(c2(1.0 / 24.0), f64x2.mul(y, q));
    // 1 - cos x, kept apart from 1 so that no bit of a tiny turn is lost.
    const v = f64x2.mul(y, f64x2.sub(c2(0.5), f64x2.mul(y, q)));
    const c = v128.load(c0 + at);
    const z = v128.load(s0 + at);
    v128.store(cosine + at, f64x2.sub(c, f64x2.add(f64x2.mul(c, v), f64x2.mul(z, s))));
    v128.store(sine + at, f64x2.sub(z, f64x2.sub(f64x2.mul(z, v), f64x2.mul(c, s))));
  }
  blankPoints(n, end, cosine, sine);
}
