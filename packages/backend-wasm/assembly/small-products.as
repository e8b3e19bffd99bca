/**
 * Products so small that copies and calls would take longer than their sums: heads of few tokens mix their values, and their logits are few. As
 * everywhere, a number is one chain over k in ascending order.
 */
import { ADD, headA, headB, headC, heads, pitchA, pitchB, pitchC, TRANSPOSE_A, TRANSPOSE_B, wrapA, wrapB, wrapC } from "./product-places";
import { width } from "./vectors";

/** Sums of at most so many terms are short. */
// @ts-ignore: decorator
@inline
const SHORT: i32 = 8;
/** Rows of C, or columns, that are few. */
// @ts-ignore: decorator
@inline
const FEW: i32 = 8;
// @ts-ignore: decorator
@inline
const FEW_COLUMNS: i32 = 4;

// @ts-ignore: decorator
@inline
const SHORT_SUMS: i32 = 1;
// @ts-ignore: decorator
@inline
const FEW_COLUMNS_OF_TURNED: i32 = 2;
// @ts-ignore: decorator
@inline
const FEW_DOTS: i32 = 3;

/** The form of products (m, k) (k, n) if they are small, 0 if they are not. */
export function smallForm<T>(m: i32, k: i32, n: i32, flags: i32): i32 {
  if (flags & TRANSPOSE_B) return sizeof<T>() == 8 && !(flags & TRANSPOSE_A) && m <= FEW && n <= FEW_COLUMNS ? FEW_DOTS : 0;
  if (k > SHORT) return 0;
  if (m <= FEW && n >= 2 * width<T>()) return SHORT_SUMS;
  return flags & TRANSPOSE_A && n <= FEW_COLUMNS ? FEW_COLUMNS_OF_TURNED : 0;
}

/** C = scale A B (+ old) for `count` matrices of a small form, of which the first is head `head` of its replica. */
export function smallProducts<T>(form: i32, count: i32, head: i32, a: usize, b: usize, old: usize, c: usize, m: i32, k: i32, n: i32, flags: i32, scale: T): void {
  const add = (flags & ADD) != 0;
  const turned = (flags & TRANSPOSE_A) != 0;
  const rowStep = turned ? sizeof<T>() : pitchA;
  const depthStep = turned ? pitchA : sizeof<T>();
  const last = heads - 1;
  const three = form == SHORT_SUMS && m == 3;
  for (let matrix = 0; matrix < count; matrix++) {
    if (three) shortRows<T, i32>(a, rowStep, depthStep, b, pitchB, old, c, pitchC, k, n, add, scale);
    else if (form == SHORT_SUMS) shortSums<T>(a, rowStep, depthStep, b, pitchB, old, c, pitchC, m, k, n, add, scale);
    else if (form == FEW_COLUMNS_OF_TURNED) fewColumns<T>(a, depthStep, b, pitchB, old, c, pitchC, m, k, n, add, scale);
    else fewDots(a, pitchA, b, pitchB, old, c, pitchC, m, k, n, add, <f64>scale);
    if (head < last) {
      head++;
      a += headA;
      b += headB;
      old += headC;
      c += headC;
    } else {
      head = 0;
      a += wrapA;
      b += wrapB;
      old += wrapC;
      c += wrapC;
    }
  }
}

/** C = scale A B (+ old) for `rows` rows: lanes are columns. Rows of A lie `rowStep` bytes apart, its depth `depthStep`. */
function shortSums<T>(a: usize, rowStep: usize, depthStep: usize, b: usize, nextB: usize, old: usize, c: usize, nextC: usize, rows: i32, k: i32, n: i32, add: bool, scale: T): void {
  let i = 0;
  while (i < rows) {
    const left = rows - i;
    const some = left == 4 ? 2 : min(left, 3);
    if (some == 3) shortRows<T, i32>(a, rowStep, depthStep, b, nextB, old, c, nextC, k, n, add, scale);
    else if (some == 2) shortRows<T, i16>(a, rowStep, depthStep, b, nextB, old, c, nextC, k, n, add, scale);
    else shortRows<T, i8>(a, rowStep, depthStep, b, nextB, old, c, nextC, k, n, add, scale);
    i += some;
    a += <usize>some * rowStep;
    old += <usize>some * nextC;
    c += <usize>some * nextC;
  }
}

// @ts-ignore: decorator
@inline
function emit<T>(sum: v128, scale: v128, old: usize, out: usize, add: bool): void {
  const scaled = v128.mul<T>(scale, sum);
  v128.store(out, add ? v128.add<T>(scaled, v128.load(old)) : scaled);
}

/** One row (W = i8), two (i16) or three (i32). */
// @ts-ignore: decorator
@inline
function shortRows<T, W>(a: usize, rowStep: usize, depthStep: usize, b: usize, nextB: usize, old: usize, c: usize, nextC: usize, k: i32, n: i32, add: bool, scale: T): void {
  const two = sizeof<W>() > 1;
  const three = sizeof<W>() > 2;
  const bytes = <usize>n * sizeof<T>();
  const second = nextC;
  const third = 2 * nextC;
  const s = v128.splat<T>(scale);
  const end = <usize>(n & ~(2 * width<T>() - 1)) * sizeof<T>();
  let at: usize = 0;
  for (; at < end; at += 32) {
    let x0 = v128.splat<T>(0), x1 = x0, y0 = x0, y1 = x0, z0 = x0, z1 = x0;
    let p = a;
    let q = b + at;
    for (let l = 0; l < k; l++) {
      const b0 = v128.load(q);
      const b1 = v128.load(q, 16);
      let v = v128.load_splat<T>(p);
      x0 = v128.add<T>(x0, v128.mul<T>(v, b0));
      x1 = v128.add<T>(x1, v128.mul<T>(v, b1));
      if (two) {
        v = v128.load_splat<T>(p + rowStep);
        y0 = v128.add<T>(y0, v128.mul<T>(v, b0));
        y1 = v128.add<T>(y1, v128.mul<T>(v, b1));
      }
      if (three) {
        v = v128.load_splat<T>(p + 2 * rowStep);
        z0 = v128.add<T>(z0, v128.mul<T>(v, b0));
        z1 = v128.add<T>(z1, v128.mul<T>(v, b1));
      }
      p += depthStep;
      q += nextB;
    }
    emit<T>(x0, s, old + at, c + at, add);
    emit<T>(x1, s, old + at + 16, c + at + 16, add);
    if (two) {
      emit<T>(y0, s, old + second + at, c + second + at, add);
      emit<T>(y1, s, old + second + at + 16, c + second + at + 16, add);
    }
    if (three) {
      emit<T>(z0, s, old + third + at, c + third + at, add);
      emit<T>(z1, s, old + third + at + 16, c + third + at + 16, add);
    }
  }
  for (; at < bytes; at += sizeof<T>()) {
    oneNumber<T>(a, depthStep, b + at, nextB, old + at, c + at, k, add, scale);
    if (two) oneNumber<T>(a + rowStep, depthStep, b + at, nextB, old + second + at, c + second + at, k, add, scale);
    if (three) oneNumber<T>(a + 2 * rowStep, depthStep, b + at, nextB, old + third + at, c + third + at, k, add, scale);
  }
}

/** One number of C. */
// @ts-ignore: decorator
@inline
function oneNumber<T>(a: usize, stepA: usize, b: usize, stepB: usize, old: usize, c: usize, k: i32, add: bool, scale: T): void {
  let sum = <T>0;
  for (let l = 0; l < k; l++) {
    sum = <T>(sum + <T>(load<T>(a) * load<T>(b)));
    a += stepA;
    b += stepB;
  }
  const scaled = <T>(scale * sum);
  store<T>(c, <T>(add ? scaled + load<T>(old) : scaled));
}

/** C = scale A B^T (+ old) in doubles, B (n, k), n up to four: lanes are two columns, each a row of B. */
function fewDots(a: usize, nextA: usize, b: usize, nextB: usize, old: usize, c: usize, nextC: usize, rows: i32, k: i32, n: i32, add: bool, scale: f64): void {
  let i = 0;
  while (i < rows) {
    const left = rows - i;
    const some = left == 4 ? 2 : min(left, 3);
    const at = <usize>i * nextC;
    if (n > 2) {
      if (some == 3) dots<i32, i64>(a, nextA, b, nextB, old + at, c + at, nextC, k, n, add, scale);
      else if (some == 2) dots<i16, i64>(a, nextA, b, nextB, old + at, c + at, nextC, k, n, add, scale);
      else dots<i8, i64>(a, nextA, b, nextB, old + at, c + at, nextC, k, n, add, scale);
    } else if (some == 3) dots<i32, i32>(a, nextA, b, nextB, old + at, c + at, nextC, k, n, add, scale);
    else if (some == 2) dots<i16, i32>(a, nextA, b, nextB, old + at, c + at, nextC, k, n, add, scale);
    else dots<i8, i32>(a, nextA, b, nextB, old + at, c + at, nextC, k, n, add, scale);
    i += some;
    a += <usize>some * nextA;
  }
}

/** Rows as in shortRows; one pair of columns (V = i32) or two (V = i64). A column without a partner is its own: that lane is not stored. */
function dots<W, V>(a: usize, nextA: usize, b: usize, nextB: usize, old: usize, c: usize, nextC: usize, k: i32, n: i32, add: bool, scale: f64): void {
  const two = sizeof<W>() > 1;
  const three = sizeof<W>() > 2;
  const four = sizeof<V>() == 8;
  const depth = <usize>k << 3;
  const b1 = n > 1 ? b + nextB : b;
  const b2 = b + 2 * nextB;
  const b3 = n > 3 ? b2 + nextB : b2;
  let x0 = f64x2.splat(0), x1 = x0, y0 = x0, y1 = x0, z0 = x0, z1 = x0;
  for (let l: usize = 0; l < depth; l += 8) {
    const first = v128.load64_lane(b1 + l, v128.load64_zero(b + l), 1);
    const second = four ? v128.load64_lane(b3 + l, v128.load64_zero(b2 + l), 1) : first;
    let v = v128.load64_splat(a + l);
    x0 = f64x2.add(x0, f64x2.mul(v, first));
    if (four) x1 = f64x2.add(x1, f64x2.mul(v, second));
    if (two) {
      v = v128.load64_splat(a + nextA + l);
      y0 = f64x2.add(y0, f64x2.mul(v, first));
      if (four) y1 = f64x2.add(y1, f64x2.mul(v, second));
    }
    if (three) {
      v = v128.load64_splat(a + 2 * nextA + l);
      z0 = f64x2.add(z0, f64x2.mul(v, first));
      if (four) z1 = f64x2.add(z1, f64x2.mul(v, second));
    }
  }
  const s = f64x2.splat(scale);
  pairs(x0, x1, s, old, c, n, add);
  if (two) pairs(y0, y1, s, old + nextC, c + nextC, n, add);
  if (three) pairs(z0, z1, s, old + 2 * nextC, c + 2 * nextC, n, add);
}

/** One row of up to four numbers. */
// @ts-ignore: decorator
@inline
function pairs(first: v128, second: v128, scale: v128, old: usize, c: usize, n: i32, add: bool): void {
  const low = f64x2.mul(scale, first);
  if (n > 1) v128.store(c, add ? f64x2.add(low, v128.load(old)) : low);
  else v128.store64_lane(c, add ? f64x2.add(low, v128.load64_zero(old)) : low, 0);
  if (n < 3) return;
  const high = f64x2.mul(scale, second);
  if (n > 3) v128.store(c, add ? f64x2.add(high, v128.load(old, 16)) : high, 16);
  else v128.store64_lane(c, add ? f64x2.add(high, v128.load64_zero(old, 16)) : high, 0, 16);
}

/** C = scale A^T B (+ old), the depth of A `depthStep` bytes apart: lanes are rows of C. */
function fewColumns<T>(a: usize, depthStep: usize, b: usize, nextB: usize, old: usize, c: usize, nextC: usize, rows: i32, k: i32, n: i32, add: bool, scale: T): void {
  const size = sizeof<T>();
  const bytes = <usize>n * size;
  const s = v128.splat<T>(scale);
  let i = 0;
  for (; i + 2 * width<T>() <= rows; i += 2 * width<T>()) {
    for (let j: usize = 0; j < bytes; j += size) {
      let x0 = v128.splat<T>(0), x1 = x0;
      let p = a;
      let q = b + j;
      for (let l = 0; l < k; l++) {
        const v = v128.load_splat<T>(q);
        x0 = v128.add<T>(x0, v128.mul<T>(v, v128.load(p)));
        x1 = v128.add<T>(x1, v128.mul<T>(v, v128.load(p, 16)));
        p += depthStep;
        q += nextB;
      }
      down<T>(v128.mul<T>(s, x0), old + j, c + j, nextC, add);
      down<T>(v128.mul<T>(s, x1), old + j + <usize>width<T>() * nextC, c + j + <usize>width<T>() * nextC, nextC, add);
    }
    a += 32;
    old += <usize>(2 * width<T>()) * nextC;
    c += <usize>(2 * width<T>()) * nextC;
  }
  for (; i < rows; i++) {
    for (let j: usize = 0; j < bytes; j += size) oneNumber<T>(a, depthStep, b + j, nextB, old + j, c + j, k, add, scale);
    a += size;
    old += nextC;
    c += nextC;
  }
}

/** Lanes one below the other. */
// @ts-ignore: decorator
@inline
function down<T>(lanes: v128, old: usize, c: usize, bytes: usize, add: bool): void {
  below<T>(v128.extract_lane<T>(lanes, 0), old, c, add);
  below<T>(v128.extract_lane<T>(lanes, 1), old + bytes, c + bytes, add);
  if (sizeof<T>() == 8) return;
  below<T>(v128.extract_lane<T>(lanes, 2), old + 2 * bytes, c + 2 * bytes, add);
  below<T>(v128.extract_lane<T>(lanes, 3), old + 3 * bytes, c + 3 * bytes, add);
}

// @ts-ignore: decorator
@inline
function below<T>(value: T, old: usize, c: usize, add: bool): void {
  store<T>(c, <T>(add ? value + load<T>(old) : value));
}
