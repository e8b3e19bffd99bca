/**
 * Standard normals with the bits of the streams of @mesoscope/numerics: the quantile of a uniform of 52 bits (Wichura's AS 241). The middle 85 % need a
 * quotient of polynomials only and are done first, all of them; the tails, gathered, need a logarithm and a root.
 */
import { farLog } from "./logarithm";
import { keyWord, philoxBlocks } from "./philox";
import { element } from "./vectors";

/** Draws made at a time, a multiple of 8. */
// @ts-ignore: decorator
@inline
const CHUNK: i32 = 512;
// @ts-ignore: decorator
@inline
const HALF_WIDTH: f64 = 0.425;

// @ts-ignore: decorator
@inline
function c2(value: f64): v128 {
  return f64x2.splat(value);
}

/** Bytes of scratch: uniforms, normals, places of tails, words. */
export function normalsScratch(): i32 {
  return CHUNK * 20 + 64;
}

/** (sum + 1/2) 2^-52 with the upper 26 bits of two words each: open at both ends. */
// @ts-ignore: decorator
@inline
function openUnit(first: v128, second: v128): v128 {
  const whole = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(first), c2(67108864)), f64x2.convert_low_i32x4_u(second));
  return f64x2.mul(f64x2.add(whole, c2(0.5)), c2(2.220446049250313e-16));
}

/** Eight uniforms, in the order of the stream, from four blocks. */
// @ts-ignore: decorator
@inline
function uniforms(words: usize, out: usize): void {
  const a = i32x4.shr_u(v128.load(words), 6);
  const b = i32x4.shr_u(v128.load(words, 16), 6);
  const c = i32x4.shr_u(v128.load(words, 32), 6);
  const d = i32x4.shr_u(v128.load(words, 48), 6);
  let x = openUnit(a, b);
  let y = openUnit(c, d);
  v128.store(out, v128.shuffle<f64>(x, y, 0, 2));
  v128.store(out, v128.shuffle<f64>(x, y, 1, 3), 16);
  x = openUnit(v128.shuffle<i64>(a, a, 1, 1), v128.shuffle<i64>(b, b, 1, 1));
  y = openUnit(v128.shuffle<i64>(c, c, 1, 1), v128.shuffle<i64>(d, d, 1, 1));
  v128.store(out, v128.shuffle<f64>(x, y, 0, 2), 32);
  v128.store(out, v128.shuffle<f64>(x, y, 1, 3), 48);
}

// @ts-ignore: decorator
@inline
function horner(r: v128, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64): v128 {
  let sum = f64x2.add(f64x2.mul(c2(a), r), c2(b));
  sum = f64x2.add(f64x2.mul(sum, r), c2(c));
  sum = f64x2.add(f64x2.mul(sum, r), c2(d));
  sum = f64x2.add(f64x2.mul(sum, r), c2(e));
  sum = f64x2.add(f64x2.mul(sum, r), c2(f));
  sum = f64x2.add(f64x2.mul(sum, r), c2(g));
  return f64x2.add(f64x2.mul(sum, r), c2(h));
}

/** z / (u - 1/2). */
// @ts-ignore: decorator
@inline
function central(r: v128): v128 {
  const over = horner(r, 2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665);
  const under = horner(r, 5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1);
  return f64x2.div(over, under);
}

/** |z| at depth 1.6 + r. */
// @ts-ignore: decorator
@inline
function middle(r: v128): v128 {
  const over = horner(r, 0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835);
  const under = horner(r, 1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038, 2.053191626637759, 1);
  return f64x2.div(over, under);
}

/** |z| at depth 5 + r. */
function far(r: v128): v128 {
  const over = horner(r, 2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103);
  const under = horner(r, 2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1);
  return f64x2.div(over, under);
}

/** z of two uniforms in the tails. */
// @ts-ignore: decorator
@inline
function tails(u: v128): v128 {
  const centred = f64x2.sub(u, c2(0.5));
  const below = f64x2.lt(centred, c2(0));
  const depth = f64x2.sqrt(f64x2.neg(farLog(v128.bitselect(u, f64x2.sub(c2(1), u), below))));
  let magnitude = middle(f64x2.sub(depth, c2(1.6)));
  const near = f64x2.le(depth, c2(5));
  if (!i64x2.all_true(near)) magnitude = v128.bitselect(magnitude, far(f64x2.sub(depth, c2(5))), near);
  return v128.bitselect(f64x2.neg(magnitude), magnitude, below);
}

/** Normals at `z` of `count` uniforms at `u`, both padded to whole vectors; `places` for the indices of the tails. */
function quantiles(u: usize, z: usize, count: i32, places: usize): void {
  let found = 0;
  for (let i = 0; i < count; i += 2) {
    const at = <usize>i << 3;
    const centred = f64x2.sub(v128.load(u + at), c2(0.5));
    v128.store(z + at, f64x2.mul(centred, central(f64x2.sub(c2(HALF_WIDTH * HALF_WIDTH), f64x2.mul(centred, centred)))));
    const outside = f64x2.gt(f64x2.abs(centred), c2(HALF_WIDTH));
    // Written in any case, kept where it is a tail.
    store<i32>(places + (<usize>found << 2), i);
    found -= <i32>i64x2.extract_lane(outside, 0);
    store<i32>(places + (<usize>found << 2), i + 1);
    found -= <i32>i64x2.extract_lane(outside, 1);
  }
  for (let t = 0; t < found; t += 2) {
    const first = <usize>load<i32>(places + (<usize>t << 2)) << 3;
    const second = t + 1 < found ? <usize>load<i32>(places + (<usize>t << 2), 4) << 3 : first;
    const pair = tails(f64x2.replace_lane(v128.load64_splat(u + first), 1, load<f64>(u + second)));
    store<f64>(z + first, f64x2.extract_lane(pair, 0));
    store<f64>(z + second, f64x2.extract_lane(pair, 1));
  }
}

/** Draws `first` + i of the stream of each replica, i < n, for replicas `from` to `to`. */
export function normals<T>(keys: usize, out: usize, from: i32, to: i32, n: i32, first: f64, scratch: usize): void {
  const u = scratch;
  const z = u + 8 * CHUNK;
  const places = z + 8 * CHUNK;
  const words = places + 4 * CHUNK;
  for (let replica = from; replica < to; replica++) {
    const key = element<T>(keys, 4 * replica);
    const key0 = keyWord<T>(key);
    const key1 = keyWord<T>(key + 2 * sizeof<T>());
    let draw = <u64>first;
    let left = n;
    let target = element<T>(out, replica * n);
    while (left > 0) {
      // Four blocks begin at a multiple of eight draws.
      const skip = <i32>(draw & 7);
      const count = min(left, CHUNK - skip);
      const made = (skip + count + 7) & ~7;
      for (let i = 0; i < made; i += 8) {
        philoxBlocks((draw - <u64>skip + <u64>i) >> 1, key0, key1, words);
        uniforms(words, u + (<usize>i << 3));
      }
      quantiles(u, z, made, places);
      for (let i = 0; i < count; i++) store<T>(element<T>(target, i), <T>load<f64>(z + (<usize>(skip + i) << 3)));
      draw += <u64>count;
      left -= count;
      target = element<T>(target, count);
    }
  }
}
