/**
 * Strips of pairs of tokens: some rows of one tile against the columns of another (layout.as). Every pair is visited once: i < j.
 *
 * The order of every sum depends on n alone: lanes first, then blocks of four rows, then tiles, then blocks of tiles (pairs.as).
 */
import { tameWeight, weight } from "./exponential";
import { at, lanes, PAD, TILE } from "./layout";

/** Rows whose weights are made at once: with a tile's columns they leave room in the first-level cache. A multiple of four; no bit depends on it. */
// @ts-ignore: decorator
@inline
export const STRIP: i32 = 16;

/** Where a strip does not lie on the diagonal. */
// @ts-ignore: decorator
@inline
export const OFF: i32 = -64;

/** Components of a scalar product summed before the total is touched. */
// @ts-ignore: decorator
@inline
const BLOCK: i32 = 8;

/** First column that a block of rows needs: in a tile on the diagonal those before it are of pairs already seen. `first` is the strip's first row there, OFF elsewhere. */
// @ts-ignore: decorator
@inline
function firstColumn(first: i32, row: i32): i32 {
  return max(0, (first + row) & ~(PAD - 1));
}

/** s[i][j] = <x_i, y_j> for `rows` rows from xi and `columns` columns from yj, whose components lie `si` and `sj` apart. */
export function products<T>(xi: usize, si: i32, yj: usize, sj: i32, d: i32, rows: i32, columns: i32, first: i32, s: usize): void {
  for (let k = 0; k < d; k += BLOCK) {
    const more = min(BLOCK, d - k);
    for (let i = 0; i < rows; i += 4) {
      for (let j = firstColumn(first, i); j < columns; j += 2 * lanes<T>()) {
        productBlock<T>(at<T>(xi, k * si + i), si, at<T>(yj, k * sj + j), sj, more, k > 0, at<T>(s, i * TILE + j));
      }
    }
  }
}

/** Four rows and two vectors of columns, over `depth` components; added to what is there when `add`. */
// @ts-ignore: decorator
@inline
function productBlock<T>(xi: usize, si: i32, xj: usize, sj: i32, depth: i32, add: bool, s: usize): void {
  const stepI = <usize>si * sizeof<T>();
  const stepJ = <usize>sj * sizeof<T>();
  const row = <usize>TILE * sizeof<T>();
  let a0 = v128.splat<T>(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  for (let k = 0; k < depth; k++) {
    const y0 = v128.load(xj);
    const y1 = v128.load(xj, 16);
    let z = v128.load_splat<T>(xi);
    a0 = v128.add<T>(a0, v128.mul<T>(z, y0));
    a1 = v128.add<T>(a1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(xi, sizeof<T>());
    b0 = v128.add<T>(b0, v128.mul<T>(z, y0));
    b1 = v128.add<T>(b1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(xi, 2 * sizeof<T>());
    c0 = v128.add<T>(c0, v128.mul<T>(z, y0));
    c1 = v128.add<T>(c1, v128.mul<T>(z, y1));
    z = v128.load_splat<T>(xi, 3 * sizeof<T>());
    d0 = v128.add<T>(d0, v128.mul<T>(z, y0));
    d1 = v128.add<T>(d1, v128.mul<T>(z, y1));
    xi += stepI;
    xj += stepJ;
  }
  if (add) {
    a0 = v128.add<T>(v128.load(s), a0);
    a1 = v128.add<T>(v128.load(s, 16), a1);
    b0 = v128.add<T>(v128.load(s + row), b0);
    b1 = v128.add<T>(v128.load(s + row, 16), b1);
    c0 = v128.add<T>(v128.load(s + 2 * row), c0);
    c1 = v128.add<T>(v128.load(s + 2 * row, 16), c1);
    d0 = v128.add<T>(v128.load(s + 3 * row), d0);
    d1 = v128.add<T>(v128.load(s + 3 * row, 16), d1);
  }
  v128.store(s, a0);
  v128.store(s, a1, 16);
  v128.store(s + row, b0);
  v128.store(s + row, b1, 16);
  v128.store(s + 2 * row, c0);
  v128.store(s + 2 * row, c1, 16);
  v128.store(s + 3 * row, d0);
  v128.store(s + 3 * row, d1, 16);
}

/** w[i][j] = exp(beta (s[i][j] - shift)); `tame` where the exponents of all pairs are known to be small. */
export function sharedWeights<T>(s: usize, rows: i32, columns: i32, first: i32, beta: T, shift: T, tame: bool): void {
  const b = v128.splat<T>(beta);
  const c = v128.splat<T>(shift);
  for (let i = 0; i < rows; i++) {
    let w = at<T>(s, i * TILE + firstColumn(first, i & ~3));
    const end = at<T>(s, i * TILE + columns);
    if (tame) for (; w < end; w += 16) v128.store(w, tameWeight<T>(v128.mul<T>(b, v128.sub<T>(v128.load(w), c))));
    else for (; w < end; w += 16) v128.store(w, weight<T>(v128.mul<T>(b, v128.sub<T>(v128.load(w), c))));
  }
}

/** w[i][j] = exp(beta s[i][j] - top_i), or with the top of the column when `byColumn`. */
export function toppedWeights<T>(s: usize, rows: i32, columns: i32, first: i32, beta: T, top: usize, byColumn: bool, w: usize): void {
  const b = v128.splat<T>(beta);
  for (let i = 0; i < rows; i++) {
    for (let j = firstColumn(first, i & ~3); j < columns; j += lanes<T>()) {
      const here = i * TILE + j;
      const t = byColumn ? v128.load(at<T>(top, j)) : v128.load_splat<T>(at<T>(top, i));
      v128.store(at<T>(w, here), weight<T>(v128.sub<T>(v128.mul<T>(b, v128.load(at<T>(s, here))), t)));
    }
  }
}

/** Sets to `value` what belongs to no pair: on the diagonal j <= i, and columns from `real` on, which are padding. */
export function blank<T>(w: usize, rows: i32, columns: i32, real: i32, first: i32, value: T): void {
  if (first == OFF && real >= columns) return;
  for (let i = 0; i < rows; i++) {
    if (first != OFF) for (let j = firstColumn(first, i & ~3); j <= first + i; j++) store<T>(at<T>(w, i * TILE + j), value);
    for (let j = real; j < columns; j++) store<T>(at<T>(w, i * TILE + j), value);
  }
}

/** The sums of the lanes of four vectors as the elements of vectors (two of f64, one of f32), added to y. */
// @ts-ignore: decorator
@inline
export function addLaneSums<T>(a: v128, b: v128, c: v128, d: v128, y: usize): void {
  if (sizeof<T>() == 8) {
    const ab = f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
    const cd = f64x2.add(v128.shuffle<f64>(c, d, 0, 2), v128.shuffle<f64>(c, d, 1, 3));
    v128.store(y, f64x2.add(v128.load(y), ab));
    v128.store(y, f64x2.add(v128.load(y, 16), cd), 16);
  } else {
    const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
    const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
    const sum = f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
    v128.store(y, f32x4.add(v128.load(y), sum));
  }
}

/** Which of the two tokens of a pair is moved. */
// @ts-ignore: decorator
@inline
export const ROWS: i32 = 1;
// @ts-ignore: decorator
@inline
export const COLUMNS: i32 = 2;

/** sum_i += w_ij (rows), sum_j += w_ij (columns). */
export function addWeights<T>(w: usize, rows: i32, columns: i32, first: i32, sides: i32, si: usize, sj: usize): void {
  const row = <usize>TILE * sizeof<T>();
  for (let i = 0; i < rows; i += 4) {
    const begin = firstColumn(first, i);
    let a = v128.splat<T>(0), b = a, c = a, d = a;
    let from = at<T>(w, i * TILE + begin);
    for (let j = begin; j < columns; j += lanes<T>()) {
      const w0 = v128.load(from);
      const w1 = v128.load(from + row);
      const w2 = v128.load(from + 2 * row);
      const w3 = v128.load(from + 3 * row);
      if (sides & ROWS) {
        a = v128.add<T>(a, w0);
        b = v128.add<T>(b, w1);
        c = v128.add<T>(c, w2);
        d = v128.add<T>(d, w3);
      }
      if (sides & COLUMNS) {
        const y = at<T>(sj, j);
        v128.store(y, v128.add<T>(v128.load(y), v128.add<T>(v128.add<T>(w0, w1), v128.add<T>(w2, w3))));
      }
      from += 16;
    }
    if (sides & ROWS) addLaneSums<T>(a, b, c, d, at<T>(si, i));
  }
}

/** The lanes of the columns j, j + 1, ... that come after the row. */
// @ts-ignore: decorator
@inline
function after<T>(j: i32, row: i32): v128 {
  return sizeof<T>() == 8 ? i64x2.gt_s(i64x2(j, j + 1), i64x2.splat(row)) : i32x4.gt_s(i32x4.add(i32x4.splat(j), i32x4(0, 1, 2, 3)), i32x4.splat(row));
}

/** One component: v_i += w_ij (x_j - x_i) (rows), v_j += w_ij (x_i - x_j) (columns). The difference keeps coincident tokens exactly at rest. */
// @ts-ignore: decorator
@inline
export function addDrift<T>(w: usize, rows: i32, columns: i32, first: i32, sides: i32, xi: usize, xj: usize, vi: usize, vj: usize): void {
  const row = <usize>TILE * sizeof<T>();
  for (let i = 0; i < rows; i += 4) {
    const begin = firstColumn(first, i);
    const x0 = v128.load_splat<T>(at<T>(xi, i));
    const x1 = v128.load_splat<T>(at<T>(xi, i + 1));
    const x2 = v128.load_splat<T>(at<T>(xi, i + 2));
    const x3 = v128.load_splat<T>(at<T>(xi, i + 3));
    let a = v128.splat<T>(0), b = a, c = a, d = a;
    let from = at<T>(w, i * TILE + begin);
    let x = at<T>(xj, begin);
    let v = at<T>(vj, begin);
    let j = begin;
    // Where later tokens give nothing, the triangle of pairs that are none is left out: its weights are 0, and 0 times NaN is none of an earlier token's business.
    if (first != OFF && !(sides & ROWS)) {
      for (; j < min(columns, first + i + 4); j += lanes<T>()) {
        const y = v128.load(x);
        const t0 = v128.and(v128.mul<T>(v128.load(from), v128.sub<T>(y, x0)), after<T>(j, first + i));
        const t1 = v128.and(v128.mul<T>(v128.load(from + row), v128.sub<T>(y, x1)), after<T>(j, first + i + 1));
        const t2 = v128.and(v128.mul<T>(v128.load(from + 2 * row), v128.sub<T>(y, x2)), after<T>(j, first + i + 2));
        const t3 = v128.and(v128.mul<T>(v128.load(from + 3 * row), v128.sub<T>(y, x3)), after<T>(j, first + i + 3));
        v128.store(v, v128.sub<T>(v128.load(v), v128.add<T>(v128.add<T>(t0, t1), v128.add<T>(t2, t3))));
        from += 16;
        x += 16;
        v += 16;
      }
    }
    for (; j < columns; j += lanes<T>()) {
      const y = v128.load(x);
      const t0 = v128.mul<T>(v128.load(from), v128.sub<T>(y, x0));
      const t1 = v128.mul<T>(v128.load(from + row), v128.sub<T>(y, x1));
      const t2 = v128.mul<T>(v128.load(from + 2 * row), v128.sub<T>(y, x2));
      const t3 = v128.mul<T>(v128.load(from + 3 * row), v128.sub<T>(y, x3));
      if (sides & ROWS) {
        a = v128.add<T>(a, t0);
        b = v128.add<T>(b, t1);
        c = v128.add<T>(c, t2);
        d = v128.add<T>(d, t3);
      }
      if (sides & COLUMNS) v128.store(v, v128.sub<T>(v128.load(v), v128.add<T>(v128.add<T>(t0, t1), v128.add<T>(t2, t3))));
      from += 16;
      x += 16;
      v += 16;
    }
    if (sides & ROWS) addLaneSums<T>(a, b, c, d, at<T>(vi, i));
  }
}

/** top_i = max(top_i, beta s_ij) (rows), top_j likewise (columns). */
export function raiseTops<T>(s: usize, rows: i32, columns: i32, first: i32, sides: i32, beta: T, ti: usize, tj: usize): void {
  const b = v128.splat<T>(beta);
  for (let i = 0; i < rows; i++) {
    const top = at<T>(ti, i);
    let m = v128.load_splat<T>(top);
    for (let j = firstColumn(first, i & ~3); j < columns; j += lanes<T>()) {
      const score = v128.mul<T>(b, v128.load(at<T>(s, i * TILE + j)));
      m = v128.max<T>(m, score);
      const y = at<T>(tj, j);
      if (sides & COLUMNS) v128.store(y, v128.max<T>(v128.load(y), score));
    }
    if (!(sides & ROWS)) continue;
    let largest = v128.extract_lane<T>(m, 0);
    largest = max<T>(largest, v128.extract_lane<T>(m, 1));
    if (sizeof<T>() == 4) {
      largest = max<T>(largest, v128.extract_lane<T>(m, 2));
      largest = max<T>(largest, v128.extract_lane<T>(m, 3));
    }
    store<T>(top, largest);
  }
}
