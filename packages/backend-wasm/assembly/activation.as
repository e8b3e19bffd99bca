/** Activations and their derivatives. In f64 the bits are those of the reference; f32 is the double, rounded. */
import { tanhPair } from "./elementwise";
import { erfcPair, erfPair } from "./error-function";
import { exactExp } from "./exponential";
import { element, width } from "./vectors";

// @ts-ignore: decorator
@inline
const RELU: i32 = 0;
// @ts-ignore: decorator
@inline
const ERF: i32 = 1;
// @ts-ignore: decorator
@inline
const GELU: i32 = 2;

/** 1 / sqrt 2. */
// @ts-ignore: decorator
@inline
const HALF_ROOT: f64 = 0.7071067811865476;
/** 1 / sqrt(2 pi). */
// @ts-ignore: decorator
@inline
const PEAK: f64 = 0.3989422804014327;
/** Beyond this the normal tail is 0. */
// @ts-ignore: decorator
@inline
const FAR: f64 = 1e4;

// @ts-ignore: decorator
@inline
function c2(value: f64): v128 {
  return f64x2.splat(value);
}

/** e^(-x^2 / 2) / sqrt(2 pi). */
// @ts-ignore: decorator
@inline
function density(x: v128): v128 {
  return f64x2.mul(c2(PEAK), exactExp(f64x2.mul(c2(-0.5), f64x2.mul(x, x))));
}

/** Phi(x) = erfc(-x / sqrt 2) / 2. */
// @ts-ignore: decorator
@inline
function distribution(x: v128): v128 {
  return f64x2.mul(c2(0.5), erfcPair(f64x2.mul(f64x2.neg(x), c2(HALF_ROOT))));
}

function value(x: v128, name: i32): v128 {
  if (name == ERF) return erfPair(f64x2.mul(x, c2(HALF_ROOT)));
  if (name == GELU) return f64x2.mul(f64x2.max(x, c2(-FAR)), distribution(x));
  return tanhPair(x);
}

function slope(x: v128, name: i32): v128 {
  if (name == ERF) return f64x2.mul(c2(2), density(x));
  if (name == GELU) return f64x2.add(distribution(x), f64x2.mul(f64x2.min(f64x2.max(x, c2(-FAR)), c2(FAR)), density(x)));
  const y = tanhPair(x);
  return f64x2.mul(f64x2.sub(c2(1), y), f64x2.add(c2(1), y));
}

/** Two numbers, or one twice. */
// @ts-ignore: decorator
@inline
function pairAt<T>(x: usize, two: bool): v128 {
  if (sizeof<T>() == 8) return two ? v128.load(x) : v128.load64_splat(x);
  return two ? f64x2.promote_low_f32x4(v128.load64_zero(x)) : c2(<f64>load<f32>(x));
}

// @ts-ignore: decorator
@inline
function storePair<T>(to: usize, pair: v128, two: bool): void {
  store<T>(to, <T>f64x2.extract_lane(pair, 0));
  if (two) store<T>(to, <T>f64x2.extract_lane(pair, 1), sizeof<T>());
}

/** relu, or g relu', in the dtype itself: 0 where x <= 0, NaN where it is no number. */
function ramp<T>(x: usize, g: usize, y: usize, from: i32, to: i32): void {
  const zero = v128.splat<T>(0);
  const one = v128.splat<T>(1);
  let i = from;
  for (; i + width<T>() <= to; i += width<T>()) {
    const here = v128.load(element<T>(x, i));
    const slope = v128.and(v128.gt<T>(here, zero), g ? one : here);
    const result = v128.bitselect(slope, here, v128.eq<T>(here, here));
    v128.store(element<T>(y, i), g ? v128.mul<T>(v128.load(element<T>(g, i)), result) : result);
  }
  for (; i < to; i++) {
    const here = load<T>(element<T>(x, i));
    const result = here > 0 ? (g ? <T>1 : here) : here <= 0 ? <T>0 : here;
    store<T>(element<T>(y, i), g ? <T>(load<T>(element<T>(g, i)) * result) : result);
  }
}

/** y_i = phi(x_i), or dx_i = g_i phi'(x_i) where g is given, for numbers `from` to `to`. */
export function activation<T>(x: usize, g: usize, y: usize, from: i32, to: i32, name: i32): void {
  if (name == RELU) {
    ramp<T>(x, g, y, from, to);
    return;
  }
  for (let i = from; i < to; i += 2) {
    const two = i + 1 < to;
    const here = pairAt<T>(element<T>(x, i), two);
    const result = g ? f64x2.mul(pairAt<T>(element<T>(g, i), two), slope(here, name)) : value(here, name);
    storePair<T>(element<T>(y, i), result, two);
  }
}
