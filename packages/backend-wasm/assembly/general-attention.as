/**
 * Attention of queries to keys with values of their own, one replica: a tile of queries meets all keys, tile by tile. Never an array of n m.
 * Tiles of queries know nothing of each other: each is a task.
 *
 * Where attention is causal a row takes nothing from later tokens, to the last bit: its shift is a bound on the scores of the keys it sees, and products with values it does not see are not
 * summed, not even with the weight 0, which times NaN or an infinity is NaN.
 */
import { queryCost } from "./costs";
import { ask, divides, Job } from "./crew";
import { largestSpread } from "./attention";
import { tameWeight, weight } from "./exponential";
import { at, filled, lanes, pack, padded, room, squares, stride, TILE, tiles, unpack } from "./layout";
import { CAUSAL, SOFTMAX } from "./pairs";
import { addLaneSums, addWeights, blank, OFF, products, raiseTops, ROWS, sharedWeights } from "./tiles";

// @ts-ignore: decorator
@inline
const HEAD: i32 = 8;

/** Numbers of scratch: packed queries, keys and values; squares of the rows of queries and of keys, where attention is causal the reach of each row in place of the first. */
export function generalNumbers(n: i32, m: i32, d: i32, e: i32): i32 {
  return HEAD + room(n) * (d + e) + room(m) * (d + e) + room(n) + room(m);
}

/** Numbers of a thread's own scratch: tops and sums of a tile of queries, and a tile of weights. */
export const QUERY_NUMBERS: i32 = 2 * TILE + TILE * TILE;

/** Packs what is given and finds one shift for all scores, or that each row needs its own. q (n, d), k (m, d), v (m, e), all row by row. */
export function openAttention<T>(q: usize, k: usize, v: usize, n: i32, m: i32, d: i32, e: i32, beta: T, shift: T, flags: i32, scratch: usize): void {
  const queries = at<T>(scratch, HEAD);
  const keys = at<T>(queries, room(n) * d);
  const values = at<T>(keys, room(m) * d);
  const lengths = reachesOf<T>(values, n, m, e);
  const keyLengths = at<T>(lengths, room(n));
  pack<T>(q, n, d, queries);
  pack<T>(k, m, d, keys);
  pack<T>(v, m, e, values);
  // No score is larger than the product of the longest query and the longest key.
  const reach = <T>Math.sqrt(<f64>squares<T>(queries, n, d, lengths) * <f64>squares<T>(keys, m, d, keyLengths));
  if (flags & CAUSAL) reachBefore<T>(n, lengths, keyLengths);
  const common: T = flags & SOFTMAX ? (beta > 0 ? reach : -reach) : shift;
  const tame = abs<T>(beta) * (reach + abs<T>(common)) <= largestSpread<T>();
  store<T>(scratch, beta);
  store<T>(scratch, common, sizeof<T>());
  store<T>(scratch, tame ? <T>1 : <T>0, 2 * sizeof<T>());
}

/** Where the squares lie, behind values and what is made of them. */
// @ts-ignore: decorator
@inline
function reachesOf<T>(values: usize, n: i32, m: i32, e: i32): usize {
  return at<T>(values, (room(m) + room(n)) * e);
}

/** No score of query i with keys up to i is larger than this, in place of |q_i|^2. */
function reachBefore<T>(n: i32, queries: usize, keys: usize): void {
  let longest: f64 = 0;
  for (let i = 0; i < n; i++) {
    longest = max<f64>(longest, <f64>load<T>(at<T>(keys, i)));
    store<T>(at<T>(queries, i), <T>Math.sqrt(<f64>load<T>(at<T>(queries, i)) * longest));
  }
}

/** y of one tile of queries, row by row in (n, e). */
export function queryTask<T>(n: i32, m: i32, d: i32, e: i32, flags: i32, y: usize, scratch: usize, tile: i32, own: usize): void {
  const beta = load<T>(scratch);
  const common = load<T>(scratch, sizeof<T>());
  const tame = load<T>(scratch, 2 * sizeof<T>()) != 0;
  const sk = stride(m);
  const row = tile * TILE;
  const rows = filled(n, tile);
  const queries = at<T>(scratch, HEAD + tile * d * stride(n));
  const keys = at<T>(scratch, HEAD + room(n) * d);
  const values = at<T>(keys, room(m) * d);
  const out = at<T>(values, room(m) * e);
  const here = at<T>(out, tile * e * stride(n));
  const tops = own;
  const sums = at<T>(tops, TILE);
  const w = at<T>(sums, TILE);
  memory.fill(here, 0, <usize>(stride(n) * e) * sizeof<T>());
  memory.fill(sums, 0, <usize>TILE * sizeof<T>());
  const softmax = (flags & SOFTMAX) != 0;
  const causal = (flags & CAUSAL) != 0;
  const topped = softmax && (causal || !tame);
  const last = causal ? min(m, row + rows) : m;
  if (softmax && !tame) rowTops<T>(queries, stride(n), keys, sk, d, row, rows, last, m, beta, flags, tops, w);
  if (softmax && causal) boundTops<T>(at<T>(reachesOf<T>(values, n, m, e), row), min(TILE, n - row), rows, abs<T>(beta), tame, tops);
  for (let column = 0; column < last; column += TILE) {
    const columns = min(TILE, padded(m) - column);
    products<T>(queries, stride(n), at<T>(keys, (column / TILE) * d * sk), sk, d, rows, columns, OFF, w);
    if (topped) rowWeights<T>(w, rows, columns, beta, tops, tame);
    else sharedWeights<T>(w, rows, columns, OFF, beta, common, tame);
    forbid<T>(w, row, rows, column, columns, m, flags, <T>0);
    if (softmax) addWeights<T>(w, rows, columns, OFF, ROWS, sums, 0);
    const value = at<T>(values, (column / TILE) * e * sk);
    // Tiles of queries and of keys are the same where attention is causal: the last is the one on the diagonal.
    if (causal && column == row) for (let c = 0; c < e; c++) addSeenValues<T>(w, rows, at<T>(value, c * sk), at<T>(here, c * stride(n)));
    else for (let c = 0; c < e; c++) addValues<T>(w, rows, columns, at<T>(value, c * sk), at<T>(here, c * stride(n)));
  }
  for (let i = 0; i < min(TILE, n - row); i++) {
    const sum = softmax ? load<T>(at<T>(sums, i)) : <T>(flags & CAUSAL ? row + i + 1 : m);
    for (let c = 0; c < e; c++) store<T>(at<T>(here, c * stride(n) + i), load<T>(at<T>(here, c * stride(n) + i)) / sum);
  }
  unpack<T>(out, n, e, y, row, min(n, row + TILE));
}

export function generalAttention<T>(q: usize, k: usize, v: usize, n: i32, m: i32, d: i32, e: i32, beta: T, shift: T, flags: i32, y: usize, scratch: usize, own: usize): void {
  openAttention<T>(q, k, v, n, m, d, e, beta, shift, flags, scratch);
  if (divides(queryCost<T>(n, m, d, e))) {
    ask<T>(Job.Queries, tiles(n), n, m, d, e, flags, <f64>y, <f64>scratch, <f64>own);
    return;
  }
  for (let tile = 0; tile < tiles(n); tile++) queryTask<T>(n, m, d, e, flags, y, scratch, tile, own);
}

/** The largest score of each of the rows. */
function rowTops<T>(queries: usize, sq: i32, keys: usize, sk: i32, d: i32, row: i32, rows: i32, last: i32, m: i32, beta: T, flags: i32, tops: usize, w: usize): void {
  for (let i = 0; i < rows; i++) store<T>(at<T>(tops, i), -<T>Infinity);
  for (let column = 0; column < last; column += TILE) {
    const columns = min(TILE, padded(m) - column);
    products<T>(queries, sq, at<T>(keys, (column / TILE) * d * sk), sk, d, rows, columns, OFF, w);
    forbid<T>(w, row, rows, column, columns, m, flags, beta > 0 ? -<T>Infinity : <T>Infinity);
    raiseTops<T>(w, rows, columns, OFF, ROWS, beta, tops, 0);
  }
}

/**
 * Where a row's own reach is small enough, it serves as its top; elsewhere the largest score, found before unless all are tame. Which of the two depends on the keys that the row sees, and no bit of
 * it on whether other rows are tame.
 */
function boundTops<T>(reaches: usize, count: i32, rows: i32, beta: T, tame: bool, tops: usize): void {
  for (let i = 0; i < count; i++) {
    const top = beta * load<T>(at<T>(reaches, i));
    if (tame || <T>2 * top <= largestSpread<T>()) store<T>(at<T>(tops, i), top);
  }
  for (let i = count; i < rows; i++) store<T>(at<T>(tops, i), <T>0);
}

/** w[i][j] = exp(beta s[i][j] - top_i); `tame` where no exponent is large, for speed alone. */
function rowWeights<T>(s: usize, rows: i32, columns: i32, beta: T, tops: usize, tame: bool): void {
  const b = v128.splat<T>(beta);
  for (let i = 0; i < rows; i++) {
    const top = v128.load_splat<T>(at<T>(tops, i));
    let w = at<T>(s, i * TILE);
    const end = at<T>(w, columns);
    if (tame) for (; w < end; w += 16) v128.store(w, tameWeight<T>(v128.sub<T>(v128.mul<T>(b, v128.load(w)), top)));
    else for (; w < end; w += 16) v128.store(w, weight<T>(v128.sub<T>(v128.mul<T>(b, v128.load(w)), top)));
  }
}

/** Sets what belongs to no pair: keys of the padding, and keys after the query where attention is causal. */
function forbid<T>(w: usize, row: i32, rows: i32, column: i32, columns: i32, m: i32, flags: i32, value: T): void {
  blank<T>(w, rows, columns, m - column, OFF, value);
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

/** The same on the diagonal: row i has the values up to i, and no product with a later one. */
function addSeenValues<T>(w: usize, rows: i32, v: usize, y: usize): void {
  const row = <usize>TILE * sizeof<T>();
  for (let i = 0; i < rows; i += 4) {
    let a = v128.splat<T>(0), b = a, c = a, d = a;
    let from = at<T>(w, i * TILE);
    let value = v;
    for (let j = 0; j < i; j += lanes<T>()) {
      const x = v128.load(value);
      a = v128.add<T>(a, v128.mul<T>(v128.load(from), x));
      b = v128.add<T>(b, v128.mul<T>(v128.load(from + row), x));
      c = v128.add<T>(c, v128.mul<T>(v128.load(from + 2 * row), x));
      d = v128.add<T>(d, v128.mul<T>(v128.load(from + 3 * row), x));
      from += 16;
      value += 16;
    }
    // Four columns that the four rows see a triangle of.
    const x = v128.load(value);
    if (sizeof<T>() == 8) {
      const first = i64x2(-1, 0);
      const y1 = v128.load(value, 16);
      a = v128.add<T>(a, v128.and(v128.mul<T>(v128.load(from), x), first));
      b = v128.add<T>(b, v128.mul<T>(v128.load(from + row), x));
      c = v128.add<T>(c, v128.mul<T>(v128.load(from + 2 * row), x));
      c = v128.add<T>(c, v128.and(v128.mul<T>(v128.load(from + 2 * row, 16), y1), first));
      d = v128.add<T>(d, v128.mul<T>(v128.load(from + 3 * row), x));
      d = v128.add<T>(d, v128.mul<T>(v128.load(from + 3 * row, 16), y1));
    } else {
      a = v128.add<T>(a, v128.and(v128.mul<T>(v128.load(from), x), i32x4(-1, 0, 0, 0)));
      b = v128.add<T>(b, v128.and(v128.mul<T>(v128.load(from + row), x), i32x4(-1, -1, 0, 0)));
      c = v128.add<T>(c, v128.and(v128.mul<T>(v128.load(from + 2 * row), x), i32x4(-1, -1, -1, 0)));
      d = v128.add<T>(d, v128.mul<T>(v128.load(from + 3 * row), x));
    }
    addLaneSums<T>(a, b, c, d, at<T>(y, i));
  }
}
