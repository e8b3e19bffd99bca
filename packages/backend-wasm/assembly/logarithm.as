/** log of @mesoscope/numerics, operation by operation, hence its bits. */
import { NODES } from "./log-table";

// @ts-ignore: decorator
@inline
function c2(value: f64): v128 {
  return f64x2.splat(value);
}

/** log x of two normal numbers x > 0 that are not within 1/4 of 1. */
// @ts-ignore: decorator
@inline
export function farLog(x: v128): v128 {
  const bits = i64x2.shr_u(x, 52);
  const fraction = v128.and(x, i64x2.splat(0x000fffffffffffff));
  const m = v128.or(fraction, i64x2.splat(0x3ff0000000000000));
  const j = i64x2.shr_u(i64x2.add(i64x2.shr_u(fraction, 32), i64x2.splat(0x8000)), 16);
  const first = v128.load(NODES + (<usize>i64x2.extract_lane(j, 0) << 4));
  const second = v128.load(NODES + (<usize>i64x2.extract_lane(j, 1) << 4));
  const node = f64x2.add(c2(1), f64x2.mul(c2(0.0625), f64x2.convert_low_i32x4_s(v128.shuffle<i32>(j, j, 0, 2, 0, 2))));
  const d = f64x2.sub(m, node);
  const u = f64x2.div(f64x2.add(d, d), f64x2.add(m, node));
  const w = f64x2.mul(u, u);
  const poly = f64x2.add(c2(0.08333333333341889), f64x2.mul(w, f64x2.add(c2(0.0124999994930428), f64x2.mul(w, c2(0.002232996827383738)))));
  const tail = f64x2.mul(f64x2.mul(u, w), poly);
  const k = f64x2.convert_low_i32x4_s(i32x4.sub(v128.shuffle<i32>(bits, bits, 0, 2, 0, 2), i32x4.splat(1023)));
  const low = f64x2.add(f64x2.mul(k, c2(5.497923018708371e-14)), v128.shuffle<f64>(first, second, 1, 3));
  const high = f64x2.add(f64x2.mul(k, c2(0.6931471805598903)), v128.shuffle<f64>(first, second, 0, 2));
  return f64x2.add(high, f64x2.add(u, f64x2.add(tail, low)));
}

/** log(1 + f) for |f| <= 1/4. */
function logOnePlusSmall(f: f64): f64 {
  const s = f / (2 + f);
  const w = s * s;
  const w2 = w * w;
  return f - s * (f - w * (0.6666666666666672 + w * 0.3999999999993723 + w2 * (0.28571428597906295 + w * 0.222222169309277 + w2 * (0.18182382919180198 + w * 0.15351585143769284 + w2 * 0.14327346242000824))));
}

/** shift ln 2 + correction + log x for a normal x > 0 that is not within 1/4 of 1. */
function logOfNormal(x: f64, shift: i32, correction: f64): f64 {
  const bits = reinterpret<u64>(x);
  const fraction = bits & 0x000fffffffffffff;
  const m = reinterpret<f64>(fraction | 0x3ff0000000000000);
  const j = <i32>((<u32>(fraction >> 32) + 0x8000) >> 16);
  const node = 1 + 0.0625 * <f64>j;
  const u = (2 * (m - node)) / (m + node);
  const w = u * u;
  const tail = u * w * (0.08333333333341889 + w * (0.0124999994930428 + w * 0.002232996827383738));
  const k = <f64>(<i32>(bits >> 52) - 1023 + shift);
  const entry = NODES + (<usize>j << 4);
  return k * 0.6931471805598903 + load<f64>(entry) + (u + (tail + (k * 5.497923018708371e-14 + load<f64>(entry, 8) + correction)));
}

/** log x of one number. */
export function scalarLog(x: f64): f64 {
  if (x > 0.75 && x < 1.25) return logOnePlusSmall(x - 1);
  if (x >= 2.2250738585072014e-308 && x < Infinity) return logOfNormal(x, 0, 0);
  if (x > 0 && x < Infinity) return logOfNormal(x * 18014398509481984, -54, 0);
  if (x == 0) return -Infinity;
  return x > 0 ? x : NaN;
}

/** log(1 + x) of one number, -1 < x < 1. */
export function scalarLog1p(x: f64): f64 {
  if (x >= -0.25 && x <= 0.25) return x > -5.551115123125783e-17 && x < 5.551115123125783e-17 ? x : logOnePlusSmall(x);
  const u = 1 + x;
  return logOfNormal(u, 0, (x - (u - 1)) / u);
}
