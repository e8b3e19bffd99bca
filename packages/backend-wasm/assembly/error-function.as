/** erf and erfc of @mesoscope/numerics, operation by operation, hence its bits; two numbers at a time. */
import { CENTRES, PIECES, QUOTIENT, TAIL } from "./error-table";
import { exactExp } from "./exponential";

// @ts-ignore: decorator
@inline
const QUOTIENT_LENGTH: i32 = 10;
// @ts-ignore: decorator
@inline
const PIECE_LENGTH: i32 = 16;
// @ts-ignore: decorator
@inline
const TAIL_LENGTH: i32 = 13;
// @ts-ignore: decorator
@inline
const TAIL_FROM: f64 = 5;

// @ts-ignore: decorator
@inline
function c2(value: f64): v128 {
  return f64x2.splat(value);
}

/** a b - product, exactly (Dekker). */
// @ts-ignore: decorator
@inline
function productError(a: v128, b: v128, product: v128): v128 {
  const sa = f64x2.mul(c2(134217729), a);
  const a1 = f64x2.sub(sa, f64x2.sub(sa, a));
  const sb = f64x2.mul(c2(134217729), b);
  const b1 = f64x2.sub(sb, f64x2.sub(sb, b));
  const a2 = f64x2.sub(a, a1);
  const b2 = f64x2.sub(b, b1);
  const first = f64x2.sub(f64x2.mul(a1, b1), product);
  return f64x2.add(f64x2.add(f64x2.add(first, f64x2.mul(a1, b2)), f64x2.mul(a2, b1)), f64x2.mul(a2, b2));
}

/** erf(x)/x - 1 at x^2 = z. */
// @ts-ignore: decorator
@inline
function quotient(z: v128): v128 {
  let sum = v128.load64_splat(QUOTIENT, 8 * (QUOTIENT_LENGTH - 1));
  for (let k = QUOTIENT_LENGTH - 2; k >= 0; k--) sum = f64x2.add(f64x2.mul(sum, z), v128.load64_splat(QUOTIENT + (<usize>k << 3)));
  return sum;
}

/** exp(-x^2) times value + low, 1/2 <= x < 26: with the rounding of x^2 and of the product carried along. */
// @ts-ignore: decorator
@inline
function damped(x: v128, value: v128, rest: v128): v128 {
  const square = f64x2.mul(x, x);
  const low = f64x2.sub(rest, f64x2.mul(productError(x, x, square), value));
  const e = exactExp(f64x2.neg(square));
  const product = f64x2.mul(e, value);
  return f64x2.add(product, f64x2.add(productError(e, value, product), f64x2.mul(e, low)));
}

/** erfc(x) for 1/2 <= x < 5. */
function piecewise(x: v128): v128 {
  // Masks are -1: the number of ends that lie at or below x, with its sign turned.
  let piece = i64x2.add(f64x2.ge(x, c2(0.8)), f64x2.ge(x, c2(1.25)));
  piece = i64x2.add(piece, i64x2.add(f64x2.ge(x, c2(1.8)), f64x2.ge(x, c2(2.5))));
  piece = i64x2.neg(i64x2.add(piece, f64x2.ge(x, c2(3.5))));
  const first = <usize>i64x2.extract_lane(piece, 0);
  const second = <usize>i64x2.extract_lane(piece, 1);
  const a = v128.load(CENTRES + (first << 4));
  const b = v128.load(CENTRES + (second << 4));
  const t = f64x2.sub(x, v128.shuffle<f64>(a, b, 0, 2));
  let from = PIECES + (first << 7) + 8 * (PIECE_LENGTH - 2);
  let other = PIECES + (second << 7) + 8 * (PIECE_LENGTH - 2);
  // Two coefficients a load, from the highest down; the lowest stays for the end.
  let low = v128.load(from);
  let high = v128.load(other);
  let sum = v128.shuffle<f64>(low, high, 1, 3);
  for (let k = PIECE_LENGTH - 2; k > 0; k -= 2) {
    sum = f64x2.add(f64x2.mul(sum, t), v128.shuffle<f64>(low, high, 0, 2));
    from -= 16;
    other -= 16;
    low = v128.load(from);
    high = v128.load(other);
    sum = f64x2.add(f64x2.mul(sum, t), v128.shuffle<f64>(low, high, 1, 3));
  }
  const constant = v128.shuffle<f64>(low, high, 0, 2);
  const rest = f64x2.mul(sum, t);
  const value = f64x2.add(constant, rest);
  const lost = f64x2.add(f64x2.sub(constant, value), rest);
  return damped(x, value, f64x2.add(lost, v128.shuffle<f64>(a, b, 1, 3)));
}

/** erfc(x) for 5 <= x; 0 from 27.3 on. */
function tail(x: f64): f64 {
  if (!(x < 27.3)) return 0;
  const u = 1 / (x * x);
  let sum = load<f64>(TAIL, 8 * (TAIL_LENGTH - 1));
  for (let k = TAIL_LENGTH - 2; k > 0; k--) sum = sum * u + load<f64>(TAIL + (<usize>k << 3));
  const constant = load<f64>(TAIL);
  const rest = sum * u;
  const total = constant + rest;
  const low = constant - total + rest;
  const value = total / x;
  const back = value * x;
  const left = (total - back - f64x2.extract_lane(productError(c2(value), c2(x), c2(back)), 0) + low) / x;
  const square = x * x;
  if (square < 700) return f64x2.extract_lane(damped(c2(x), c2(value), c2(left)), 0);
  const lost = left - f64x2.extract_lane(productError(c2(x), c2(x), c2(square)), 0) * value;
  const e = f64x2.extract_lane(exactExp(c2(-0.5 * square)), 0);
  const product = e * value;
  return (product + (f64x2.extract_lane(productError(c2(e), c2(value), c2(product)), 0) + e * lost)) * e;
}

/** erfc(x) for 1/2 <= x; whatever elsewhere. */
function positiveErfc(x: v128): v128 {
  const near = f64x2.lt(x, c2(TAIL_FROM));
  const inner = piecewise(x);
  if (i64x2.all_true(near)) return inner;
  const outer = f64x2.replace_lane(c2(tail(f64x2.extract_lane(x, 0))), 1, tail(f64x2.extract_lane(x, 1)));
  return v128.bitselect(inner, outer, near);
}

/** erf(x). */
export function erfPair(x: v128): v128 {
  const size = f64x2.abs(x);
  const small = f64x2.lt(size, c2(0.5));
  const inner = f64x2.add(x, f64x2.mul(x, quotient(f64x2.mul(x, x))));
  if (i64x2.all_true(small)) return inner;
  const value = v128.bitselect(f64x2.sub(c2(1), positiveErfc(size)), c2(1), f64x2.lt(size, c2(6)));
  const signed = v128.or(value, v128.and(x, i64x2.splat(i64.MIN_VALUE)));
  return v128.bitselect(v128.bitselect(inner, signed, small), x, f64x2.eq(x, x));
}

/** erfc(x). */
export function erfcPair(x: v128): v128 {
  const size = f64x2.abs(x);
  const small = f64x2.lt(size, c2(0.5));
  const rest = f64x2.mul(x, quotient(f64x2.mul(x, x)));
  const left = f64x2.sub(c2(1), f64x2.add(x, rest));
  const right = f64x2.sub(c2(0.5), f64x2.add(f64x2.sub(x, c2(0.5)), rest));
  const inner = v128.bitselect(left, right, f64x2.lt(x, c2(0.25)));
  if (i64x2.all_true(small)) return inner;
  const positive = positiveErfc(size);
  const negative = v128.bitselect(f64x2.sub(c2(2), positive), c2(2), f64x2.gt(x, c2(-6)));
  const outer = v128.bitselect(negative, positive, f64x2.lt(x, c2(0)));
  return v128.bitselect(v128.bitselect(inner, outer, small), x, f64x2.eq(x, x));
}
