/** Attention of queries to keys with values of their own, one replica: a tile of queries meets all keys, tile by tile. Never an array of n m. */
import { CAUSAL, largestSpread, pack, SOFTMAX, squares, unpack } from "./attention";
import { addLaneSums, addWeights, blank, lanes, padded, products, raiseTops, ROWS, sharedWeights, TILE, toppedWeights } from "./tiles";

/** Bytes of scratch: packed queries, keys, values and results; tops, sums, squares of the rows; a tile. */
export function generalScratch<T>(n: i32, m: i32, d: i32, e: i32): i32 {
  return <i32>sizeof<T>() * (padded(n) * (d + e + 2) + padded(m) * (d + e) + max(padded(n), padded(m)) + TILE * TILE);
}

// @ts-ignore: decorator
@inline
function at<T>(pointer: usize, index: i32): usize {
  return pointer + <usize>index * sizeof<T>();
}

/** y (n, e) of q (n, d), k (m, d), v (m, e), all row by row. */
export function generalAttention<T>(q: usize, k: usize, v: usize, n: i32, m: i32, d: i32, e: i32, beta: T, shift: T, flags: i32, y: usize, scratch: usize): void {
  const sq = padded(n);
  const sk = padded(m);
  const queries = scratch;
  const keys = at<T>(queries, sq * d);
  const values = at<T>(keys, sk * d);
  const out = at<T>(values, sk * e);
  const tops = at<T>(out, sq * e);
  const sums = at<T>(tops, sq);
  const lengths = at<T>(sums, sq);
  const w = at<T>(lengths, max(sq, sk));
  pack<T>(q, n, d, queries);
  pack<T>(k, m, d, keys);
  pack<T>(v, m, e, values);
  memory.fill(out, 0, <usize>(sq * e) * sizeof<T>());
  memory.fill(sums, 0, <usize>sq * sizeof<T>());
  // No score is larger than the product of the longest query and the longest key.
  const reach = <T>Math.sqrt(<f64>squares<T>(queries, n, d, lengths) * <f64>squares<T>(keys, m, d, lengths));
  const softmax = (flags & SOFTMAX) != 0;
  const common: T = softmax ? (beta > 0 ? reach : -reach) : shift;
  const tame = abs<T>(beta) * (reach + abs<T>(common)) <= largestSpread<T>();
  for (let row = 0; row < n; row += TILE) {
    const rows = min(TILE, sq - row);
    const last = flags & CAUSAL ? min(m, row + rows) : m;
    const topped = softmax && !tame;
    if (topped) rowTops<T>(queries, sq, keys, sk, d, row, rows, last, m, beta, flags, at<T>(tops, row), w);
    for (let column = 0; column < last; column += TILE) {
      const columns = min(TILE, sk - column);
      products<T>(at<T>(queries, row), sq, at<T>(keys, column), sk, d, rows, columns, false, w);
      if (topped) toppedWeights<T>(w, rows, columns, false, beta, at<T>(tops, row), false, w);
      else sharedWeights<T>(w, rows, columns, false, beta, common, tame);
      forbid<T>(w, row, rows, column, columns, m, flags, <T>0);
      if (softmax) addWeights<T>(w, rows, columns, false, ROWS, at<T>(sums, row), 0);
      for (let c = 0; c < e; c++) addValues<T>(w, rows, columns, at<T>(values, c * sk + column), at<T>(out, c * sq + row));
    }
  }
  for (let i = 0; i < n; i++) {
    const sum = softmax ? load<T>(at<T>(sums, i)) : <T>(flags & CAUSAL ? i + 1 : m);
    for (let c = 0; c < e; c++) store<T>(at<T>(out, c * sq + i), load<T>(at<T>(out, c * sq + i)) / sum);
  }
  unpack<T>(out, n, e, y);
}

/** The largest score of each of the rows. */
function rowTops<T>(queries: usize, sq: i32, keys: usize, sk: i32, d: i32, row: i32, rows: i32, last: i32, m: i32, beta: T, flags: i32, tops: usize, w: usize): void {
  for (let i = 0; i < rows; i++) store<T>(at<T>(tops, i), -<T>Infinity);
  for (let column = 0; column < last; column += TILE) {
    const columns = min(TILE, sk - column);
    products<T>(at<T>(queries, row), sq, at<T>(keys, column), sk, d, rows, columns, false, w);
    forbid<T>(w, row, rows, column, columns, m, flags, beta > 0 ? -<T>Infinity : <T>Infinity);
    raiseTops<T>(w, rows, columns, false, ROWS, beta, tops, 0);
  }
}

/** Sets what belongs to no pair: keys of the padding, and keys after the query where attention is causal. */
function forbid<T>(w: usize, row: i32, rows: i32, column: i32, columns: i32, m: i32, flags: i32, value: T): void {
  blank<T>(w, rows, columns, m - column, false, value);
  if (!(flags & CAUSAL)) return;
  for (let i = 0; i < rows; i++) {
    for (let j = max(0, row + i + 1 - column); j < columns; j++) store<T>(at<T>(w, i * TILE + j), value);
  }
}

/** One component: y_i += w_ij v_j. */
function addValues<T>(w: usize, rows: i32, columns: i32, v: usize, y: usize): void {
  const row = <usize>TILE * sizeof<T>();
  for (let i = 0; i < rows; i += 4) {
    let a = v128.splat<T>(0), b = a, c = a, d = a;
    let from = at<T>(w, i * TILE);
    let value = v;
    for (let j = 0; j < columns; j += lanes<T>()) {
      const x = v128.load(value);
      a = v128.add<T>(a, v128.mul<T>(v128.load(from), x));
      b = v128.add<T>(b, v128.mul<T>(v128.load(from + row), x));
      c = v128.add<T>(c, v128.mul<T>(v128.load(from + 2 * row), x));
      d = v128.add<T>(d, v128.mul<T>(v128.load(from + 3 * row), x));
      from += 16;
      value += 16;
    }
    addLaneSums<T>(a, b, c, d, at<T>(y, i));
  }
}
