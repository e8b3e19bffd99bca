/** Operands of a product, copied so that both are read in order. */
import { element, width } from "./vectors";

/** Rows of a transposed A, four by four: out[four][l][row]. The source has its depth `m` elements apart. */
export function packRows<T>(a: usize, rows: i32, k: i32, m: i32, out: usize): void {
  const size = sizeof<T>();
  for (let i = 0; i < rows; i += 4) {
    const left = min(rows - i, 4);
    let from = element<T>(a, i);
    for (let l = 0; l < k; l++) {
      if (left == 4) {
        v128.store(out, v128.load(from));
        if (size == 8) v128.store(out, v128.load(from, 16), 16);
      } else {
        for (let r = 0; r < left; r++) store<T>(element<T>(out, r), load<T>(element<T>(from, r)));
      }
      from += <usize>m * size;
      out += 4 * size;
    }
  }
}

/** Columns of B as a panel, one row of `step` bytes after the other, filled up with 0. */
export function packColumns<T>(b: usize, n: i32, k: i32, columns: i32, out: usize, step: usize): void {
  const size = sizeof<T>();
  const bytes = <usize>columns * size;
  for (let l = 0; l < k; l++) {
    if (bytes == 32) {
      v128.store(out, v128.load(b));
      v128.store(out, v128.load(b, 16), 16);
    } else if (bytes == 16) {
      v128.store(out, v128.load(b));
    } else if (bytes == 8) {
      v128.store(out, v128.load64_zero(b));
    } else if (bytes == 24) {
      v128.store(out, v128.load(b));
      v128.store(out, v128.load64_zero(b, 16), 16);
    } else {
      for (let at: usize = 0; at < step; at += size) store<T>(out + at, at < bytes ? load<T>(b + at) : <T>0);
    }
    b += <usize>n * size;
    out += step;
  }
}

/** The same from a transposed B, whose columns are rows of k numbers. */
export function packTransposed<T>(b: usize, k: i32, columns: i32, out: usize, step: usize): void {
  const size = sizeof<T>();
  const row = <usize>k * size;
  const vectors = width<T>();
  for (let at: usize = 0; at < step; at += 16) {
    const first = <i32>(at / size);
    const from = b + <usize>first * row;
    if (columns - first >= vectors) {
      if (size == 8) turn64(from, row, k, out + at, step);
      else turn32(from, k, out + at, step);
      continue;
    }
    for (let j = 0; j < vectors; j++) {
      const column = b + <usize>(first + j) * row;
      let to = element<T>(out + at, j);
      for (let l = 0; l < k; l++) {
        store<T>(to, first + j < columns ? load<T>(element<T>(column, l)) : <T>0);
        to += step;
      }
    }
  }
}

/** Two rows of k doubles, `row` bytes apart, as k vectors. */
export function turn64(from: usize, row: usize, k: i32, out: usize, step: usize): void {
  let l = 0;
  for (; l + 2 <= k; l += 2) {
    const x = v128.load(from);
    const y = v128.load(from + row);
    v128.store(out, v128.shuffle<f64>(x, y, 0, 2));
    v128.store(out + step, v128.shuffle<f64>(x, y, 1, 3));
    from += 16;
    out += 2 * step;
  }
  if (l < k) v128.store(out, f64x2.replace_lane(v128.load64_splat(from), 1, load<f64>(from + row)));
}

/** Four rows of k floats as k vectors. */
function turn32(from: usize, k: i32, out: usize, step: usize): void {
  const row = <usize>k << 2;
  let l = 0;
  for (; l + 4 <= k; l += 4) {
    const x = v128.load(from);
    const y = v128.load(from + row);
    const z = v128.load(from + 2 * row);
    const w = v128.load(from + 3 * row);
    const xyLow = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
    const zwLow = v128.shuffle<f32>(z, w, 0, 4, 1, 5);
    const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
    const zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f64>(xyLow, zwLow, 0, 2));
    v128.store(out + step, v128.shuffle<f64>(xyLow, zwLow, 1, 3));
    v128.store(out + 2 * step, v128.shuffle<f64>(xyHigh, zwHigh, 0, 2));
    v128.store(out + 3 * step, v128.shuffle<f64>(xyHigh, zwHigh, 1, 3));
    from += 16;
    out += 4 * step;
  }
  for (; l < k; l++) {
    for (let r: usize = 0; r < 4; r++) store<f32>(out + (r << 2), load<f32>(from + r * row));
    from += 4;
    out += step;
  }
}
