/** Products of three to six rows of doubles: a network reads few tokens of few inputs. */
import { turn64 } from "./product-panels";

/**
 * Three to six rows against a B that is transposed, or small enough for its columns to be read from the cache: B, much the larger, is read as it
 * lies, and the rows of A are turned instead. Lanes are rows, two a vector: two vectors (W = i32), which meet four columns at a time, or three (W = i64),
 * which meet two: with more, sums would leave the registers. Numbers of a column of B lie `across` elements apart, its columns `along`.
 */
export function fewRows<W>(a: usize, rows: i32, b: usize, across: i32, along: i32, old: usize, c: usize, k: i32, n: i32, add: bool, scale: f64, turned: usize): void {
  const three = sizeof<W>() == 8;
  const step: usize = three ? 48 : 32;
  const bytes = <usize>n << 3;
  const depth = <usize>k << 3;
  const next = <usize>across << 3;
  const column = <usize>along << 3;
  for (let r = 0; r < rows; r += 2) {
    const out = turned + (<usize>r << 3);
    const from = a + <usize>r * depth;
    // A row without a partner is its own: that lane is not stored.
    turn64(from, r + 1 < rows ? depth : 0, k, out, step);
  }
  const end = turned + <usize>k * step;
  let j = 0;
  if (!three) {
    for (; j + 4 <= n; j += 4) {
      fourColumns(turned, end, b, next, column, rows, old, c, bytes, add, scale);
      b += 4 * column;
      old += 32;
      c += 32;
    }
  }
  for (; j < n; j += 2) {
    pairOfColumns<W>(turned, end, b, next, j + 1 < n ? column : 0, rows, old, c, bytes, add, scale);
    b += 2 * column;
    old += 16;
    c += 16;
  }
}

/** Three or four rows. */
// @ts-ignore: decorator
@inline
function fourColumns(p: usize, end: usize, x: usize, next: usize, column: usize, rows: i32, old: usize, c: usize, bytes: usize, add: bool, scale: f64): void {
  let y = x + column;
  let z = y + column;
  let w = z + column;
  let x0 = f64x2.splat(0), x1 = x0, y0 = x0, y1 = x0, z0 = x0, z1 = x0, w0 = x0, w1 = x0;
  while (p < end) {
    const a0 = v128.load(p);
    const a1 = v128.load(p, 16);
    let v = v128.load64_splat(x);
    x0 = f64x2.add(x0, f64x2.mul(v, a0));
    x1 = f64x2.add(x1, f64x2.mul(v, a1));
    v = v128.load64_splat(y);
    y0 = f64x2.add(y0, f64x2.mul(v, a0));
    y1 = f64x2.add(y1, f64x2.mul(v, a1));
    v = v128.load64_splat(z);
    z0 = f64x2.add(z0, f64x2.mul(v, a0));
    z1 = f64x2.add(z1, f64x2.mul(v, a1));
    v = v128.load64_splat(w);
    w0 = f64x2.add(w0, f64x2.mul(v, a0));
    w1 = f64x2.add(w1, f64x2.mul(v, a1));
    p += 32;
    x += next;
    y += next;
    z += next;
    w += next;
  }
  const s = f64x2.splat(scale);
  const second = 2 * bytes;
  twoColumns(x0, y0, 2, true, s, old, c, bytes, add);
  twoColumns(z0, w0, 2, true, s, old + 16, c + 16, bytes, add);
  twoColumns(x1, y1, rows - 2, true, s, old + second, c + second, bytes, add);
  twoColumns(z1, w1, rows - 2, true, s, old + second + 16, c + second + 16, bytes, add);
}

/** Two columns, or one (`column` = 0). */
// @ts-ignore: decorator
@inline
function pairOfColumns<W>(p: usize, end: usize, x: usize, next: usize, column: usize, rows: i32, old: usize, c: usize, bytes: usize, add: bool, scale: f64): void {
  const three = sizeof<W>() == 8;
  const both = column > 0;
  let y = x + column;
  let x0 = f64x2.splat(0), x1 = x0, x2 = x0, y0 = x0, y1 = x0, y2 = x0;
  while (p < end) {
    const a0 = v128.load(p);
    const a1 = v128.load(p, 16);
    const a2 = three ? v128.load(p, 32) : a1;
    let v = v128.load64_splat(x);
    x0 = f64x2.add(x0, f64x2.mul(v, a0));
    x1 = f64x2.add(x1, f64x2.mul(v, a1));
    if (three) x2 = f64x2.add(x2, f64x2.mul(v, a2));
    v = v128.load64_splat(y);
    y0 = f64x2.add(y0, f64x2.mul(v, a0));
    y1 = f64x2.add(y1, f64x2.mul(v, a1));
    if (three) y2 = f64x2.add(y2, f64x2.mul(v, a2));
    p += three ? 48 : 32;
    x += next;
    y += next;
  }
  const s = f64x2.splat(scale);
  twoColumns(x0, y0, 2, both, s, old, c, bytes, add);
  twoColumns(x1, y1, rows - 2, both, s, old + 2 * bytes, c + 2 * bytes, bytes, add);
  if (three) twoColumns(x2, y2, rows - 4, both, s, old + 4 * bytes, c + 4 * bytes, bytes, add);
}

/** Two columns of one or two rows, given as columns. */
// @ts-ignore: decorator
@inline
function twoColumns(x: v128, y: v128, rows: i32, both: bool, scale: v128, old: usize, c: usize, bytes: usize, add: bool): void {
  const first = f64x2.mul(scale, v128.shuffle<f64>(x, y, 0, 2));
  const second = f64x2.mul(scale, v128.shuffle<f64>(x, y, 1, 3));
  if (both) {
    v128.store(c, add ? f64x2.add(first, v128.load(old)) : first);
    if (rows > 1) v128.store(c + bytes, add ? f64x2.add(second, v128.load(old + bytes)) : second);
  } else {
    store<f64>(c, f64x2.extract_lane(add ? f64x2.add(first, v128.load64_zero(old)) : first, 0));
    if (rows > 1) store<f64>(c + bytes, f64x2.extract_lane(add ? f64x2.add(second, v128.load64_zero(old + bytes)) : second, 0));
  }
}
