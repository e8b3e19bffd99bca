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
