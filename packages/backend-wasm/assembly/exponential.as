/**
 * Exponentials, a vector at a time. f64: the table and the polynomial of `exp` of @mesoscope/numerics, operation by
 * operation, hence its bits where that is asked for. f32: Cody and Waite's reduction and a polynomial of degree 7 (Cephes `expf`), below 1 ulp.
 */
import { ROOTS } from "./exp-table";

/** e^x for -708 <= x <= 709; elsewhere see weight(). NaN stays NaN. */
// @ts-ignore: decorator
@inline
function exp64(x: v128): v128 {
  const n = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(46.16624130844683)), f64x2.splat(0.5)));
  const i = i32x4.trunc_sat_f64x2_s_zero(n);
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.021660849392446835))), f64x2.mul(n, f64x2.splat(5.145609244655338e-14)));
  const r2 = f64x2.mul(r, r);
  const odd = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, f64x2.splat(0.16666666666526114)));
  const mid = f64x2.add(f64x2.splat(0.04166666666640004), f64x2.mul(r, f64x2.splat(0.008333367982687731)));
  const high6 = f64x2.add(mid, f64x2.mul(r2, f64x2.splat(0.0013888940713034442)));
  const p = f64x2.add(r, f64x2.mul(r2, f64x2.add(odd, f64x2.mul(r2, high6))));
  const j = v128.shl<i32>(v128.and(i, i32x4.splat(31)), 4);
  const a = v128.load(ROOTS + <usize>i32x4.extract_lane(j, 0));
  const b = v128.load(ROOTS + <usize>i32x4.extract_lane(j, 1));
  const high = v128.shuffle<f64>(a, b, 0, 2);
  const low = v128.shuffle<f64>(a, b, 1, 3);
  const root = f64x2.add(high, f64x2.add(low, f64x2.mul(high, p)));
  const k = i32x4.add(i32x4.shr_s(i, 5), i32x4.splat(1023));
  return f64x2.mul(root, i64x2.shl(i64x2.extend_low_i32x4_u(k), 52));
}

/** 1.5 2^52: added to a number it leaves the nearest whole number in the low bits. */
// @ts-ignore: decorator
@inline
const MAGIC64: f64 = 6755399441055744;

/**
 * e^x for -708 <= x <= 709, rounded to the nearest step instead of down: a third faster than exp64, equal to it but where a step is
 * a tie. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
function quick64(x: v128): v128 {
  const t = f64x2.add(f64x2.mul(x, f64x2.splat(46.16624130844683)), f64x2.splat(MAGIC64));
  const n = f64x2.sub(t, f64x2.splat(MAGIC64));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.021660849392446835))), f64x2.mul(n, f64x2.splat(5.145609244655338e-14)));
  const r2 = f64x2.mul(r, r);
  const odd = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, f64x2.splat(0.16666666666526114)));
  const mid = f64x2.add(f64x2.splat(0.04166666666640004), f64x2.mul(r, f64x2.splat(0.008333367982687731)));
  const high6 = f64x2.add(mid, f64x2.mul(r2, f64x2.splat(0.0013888940713034442)));
  const p = f64x2.add(r, f64x2.mul(r2, f64x2.add(odd, f64x2.mul(r2, high6))));
  const j = i64x2.shl(v128.and(t, i64x2.splat(31)), 4);
  const a = v128.load(ROOTS + <usize>i32x4.extract_lane(j, 0));
  const b = v128.load(ROOTS + <usize>i32x4.extract_lane(j, 2));
  const high = v128.shuffle<f64>(a, b, 0, 2);
  const low = v128.shuffle<f64>(a, b, 1, 3);
  const root = f64x2.add(high, f64x2.add(low, f64x2.mul(high, p)));
  return f64x2.mul(root, i64x2.add(i64x2.shl(v128.andnot(t, i64x2.splat(31)), 47), i64x2.splat(1023 << 52)));
}

/** 1.5 2^23, the same for floats. */
// @ts-ignore: decorator
@inline
const MAGIC32: f32 = 12582912;

/** e^x for -87.3 <= x <= 88.3. */
// @ts-ignore: decorator
@inline
function quick32(x: v128): v128 {
  const t = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504088896341)), f32x4.splat(MAGIC32));
  const n = f32x4.sub(t, f32x4.splat(MAGIC32));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  return f32x4.mul(p, i32x4.add(i32x4.shl(t, 23), i32x4.splat(127 << 23)));
}

/** e^x where x is known to be at most 0 and at least -600 (f64), -80 (f32). */
// @ts-ignore: decorator
@inline
export function tameWeight<T>(x: v128): v128 {
  return sizeof<T>() == 8 ? quick64(x) : quick32(x);
}

/** e^x as a weight: 0 where it would not be a normal number, Infinity where it overflows, NaN for NaN. */
// @ts-ignore: decorator
@inline
export function weight<T>(x: v128): v128 {
  if (sizeof<T>() == 8) {
    const inside = v128.andnot(quick64(x), f64x2.lt(x, f64x2.splat(-708)));
    return v128.bitselect(f64x2.splat(Infinity), inside, f64x2.gt(x, f64x2.splat(709.75)));
  }
  const inside = v128.andnot(quick32(x), f32x4.lt(x, f32x4.splat(-87.3)));
  return v128.bitselect(f32x4.splat(Infinity), inside, f32x4.gt(x, f32x4.splat(88.3)));
}

/** Two exponentials with the bits of `exp` of @mesoscope/numerics, whatever the argument. */
export function exactExp(x: v128): v128 {
  const plain = v128.and(f64x2.gt(x, f64x2.splat(-708)), f64x2.lt(x, f64x2.splat(709)));
  if (i64x2.all_true(plain)) return exp64(x);
  return f64x2.replace_lane(f64x2.splat(scalarExp(f64x2.extract_lane(x, 0))), 1, scalarExp(f64x2.extract_lane(x, 1)));
}

function scalarExp(x: f64): f64 {
  if (x > -708 && x < 709) return f64x2.extract_lane(exp64(f64x2.splat(x)), 0);
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (x != x) return x;
  const n = Math.floor(x * 46.16624130844683 + 0.5);
  const i = <i32>n;
  // The same root, whose power of two is left out: 2^k goes in two steps, of which only the last rounds.
  const r = x - n * 0.021660849392446835 - n * 5.145609244655338e-14;
  const r2 = r * r;
  const p = r + r2 * (0.5 + r * 0.16666666666526114 + r2 * (0.04166666666640004 + r * 0.008333367982687731 + r2 * 0.0013888940713034442));
  const entry = ROOTS + (<usize>(i & 31) << 4);
  const high = load<f64>(entry);
  const root = high + (load<f64>(entry, 8) + high * p);
  const half = i >> 6;
  return root * power(half) * power((i >> 5) - half);
}

/** 2^k for -1022 <= k <= 1023. */
// @ts-ignore: decorator
@inline
function power(k: i32): f64 {
  return reinterpret<f64>(<i64>(k + 1023) << 52);
}
