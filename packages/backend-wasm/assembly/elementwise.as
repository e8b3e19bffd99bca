/** Functions of many numbers, with the bits of @mesoscope/numerics in f64; f32 is the double, rounded. */
import { exactExp } from "./exponential";

// @ts-ignore: decorator
@inline
function c2(value: f64): v128 {
  return f64x2.splat(value);
}

/** tanh of @mesoscope/numerics, operation by operation: a polynomial below 7/8, 1 - 2 / (e^(2a) + 1) beyond. */
export function tanhPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const near = f64x2.lt(a, c2(0.875));
  let y = x;
  if (v128.any_true(near)) {
    const z = f64x2.mul(x, x);
    const z2 = f64x2.mul(z, z);
    let q = f64x2.add(f64x2.add(c2(-4.356700539547628e-6), f64x2.mul(z, c2(9.839574040934518e-7))), f64x2.mul(z2, c2(-1.150570913150132e-7)));
    q = f64x2.add(f64x2.add(c2(-3.788076642895127e-5), f64x2.mul(z, c2(1.3932347160056422e-5))), f64x2.mul(z2, q));
    q = f64x2.add(f64x2.add(c2(-0.00023884229665790802), f64x2.mul(z, c2(9.61823129500302e-5))), f64x2.mul(z2, q));
    q = f64x2.add(f64x2.add(c2(-0.001455816716590558), f64x2.mul(z, c2(0.0005899442193983075))), f64x2.mul(z2, q));
    q = f64x2.add(f64x2.add(c2(-0.008863235248590024), f64x2.mul(z, c2(0.003592125352795503))), f64x2.mul(z2, q));
    q = f64x2.add(f64x2.add(c2(-0.05396825396746823), f64x2.mul(z, c2(0.02186948851690623))), f64x2.mul(z2, q));
    q = f64x2.add(f64x2.add(c2(-0.3333333333333332), f64x2.mul(z, c2(0.13333333333331707))), f64x2.mul(z2, q));
    y = f64x2.add(x, f64x2.mul(f64x2.mul(x, z), q));
    // Tiny numbers are their own tanh; this also keeps the sign of -0.
    y = v128.bitselect(x, y, f64x2.lt(a, c2(3.725290298461914e-9)));
    if (i64x2.all_true(near)) return y;
  }
  // From 20 on the answer is 1 to the last bit.
  const e = exactExp(f64x2.pmin(f64x2.mul(c2(2), a), c2(40)));
  const below = f64x2.sub(c2(1), f64x2.div(c2(2), f64x2.add(e, c2(1))));
  const far = v128.bitselect(below, c2(1), f64x2.lt(a, c2(20)));
  const signed = v128.or(far, v128.and(x, i64x2.splat(i64.MIN_VALUE)));
  return v128.bitselect(v128.bitselect(y, signed, near), x, f64x2.eq(x, x));
}

/** y_i = e^x_i, or tanh x_i, for numbers `from` to `to`. */
export function elementwise<T>(x: usize, y: usize, from: i32, to: i32, isTanh: bool): void {
  for (let i = from; i < to; i += 2) {
    const two = i + 1 < to;
    const source = x + <usize>i * sizeof<T>();
    const target = y + <usize>i * sizeof<T>();
    const first = <f64>load<T>(source);
    const pair = f64x2.replace_lane(f64x2.splat(first), 1, two ? <f64>load<T>(source, sizeof<T>()) : first);
    const value = isTanh ? tanhPair(pair) : exactExp(pair);
    store<T>(target, <T>f64x2.extract_lane(value, 0));
    if (two) store<T>(target, <T>f64x2.extract_lane(value, 1), sizeof<T>());
  }
}
