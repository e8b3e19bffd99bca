/**
 * The drift of self-attention with Q = K = V = I of one replica: w_ij = w_ji, so that one scalar product and one
 * exponential serve both tokens of a pair. Never an array of n^2.
 */
import { weight } from "./exponential";
import { addDrift, addWeights, blank, COLUMNS, lanes, padded, products, raiseTops, ROWS, sharedWeights, TILE, toppedWeights } from "./tiles";

/** Flags of a flow. */
// @ts-ignore: decorator
@inline
export const SOFTMAX: i32 = 1;
// @ts-ignore: decorator
@inline
export const CAUSAL: i32 = 2;

/** Largest spread of the scores for which one shift serves all rows: the least weight stays far above the subnormal numbers. */
// @ts-ignore: decorator
@inline
export function largestSpread<T>(): T {
  return sizeof<T>() == 8 ? <T>600 : <T>60;
}

/** Bytes of scratch: sums, tops, and two tiles. */
export function fieldScratch<T>(n: i32): i32 {
  return <i32>sizeof<T>() * (2 * padded(n) + 2 * TILE * TILE);
}

/** x (n, d) row by row into x[k][j], padded with zeros. */
export function pack<T>(rows: usize, n: i32, d: i32, x: usize): void {
  const stride = padded(n);
  memory.fill(x, 0, <usize>(stride * d) * sizeof<T>());
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) store<T>(x + <usize>(k * stride + i) * sizeof<T>(), load<T>(rows + <usize>(i * d + k) * sizeof<T>()));
  }
}

/** The reverse of pack. */
export function unpack<T>(x: usize, n: i32, d: i32, rows: usize): void {
  const stride = padded(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) store<T>(rows + <usize>(i * d + k) * sizeof<T>(), load<T>(x + <usize>(k * stride + i) * sizeof<T>()));
  }
}

/** out_i = |x_i|^2, 0 in the padding; returns the largest. */
export function squares<T>(x: usize, n: i32, d: i32, out: usize): T {
  const stride = padded(n);
  let largest = <T>0;
  for (let i = 0; i < stride; i += lanes<T>()) {
    let sum = v128.splat<T>(0);
    for (let k = 0; k < d; k++) {
      const y = v128.load(x + <usize>(k * stride + i) * sizeof<T>());
      sum = v128.add<T>(sum, v128.mul<T>(y, y));
    }
    v128.store(out + <usize>i * sizeof<T>(), sum);
  }
  for (let i = 0; i < n; i++) largest = max<T>(largest, load<T>(out + <usize>i * sizeof<T>()));
  return largest;
}

/** sum_i = exp(beta (|x_i|^2 - shift)) in place of the squares: the own terms. */
function ownWeights<T>(sums: usize, stride: i32, beta: T, shift: T): void {
  for (let i = 0; i < stride; i += lanes<T>()) {
    const y = sums + <usize>i * sizeof<T>();
    v128.store(y, weight<T>(v128.mul<T>(v128.splat<T>(beta), v128.sub<T>(v128.load(y), v128.splat<T>(shift)))));
  }
}

/** v_i of [eq:sa] or [eq:usa], component by component as x; `v` may not be x. */
export function field<T>(x: usize, n: i32, d: i32, beta: T, shift: T, flags: i32, v: usize, scratch: usize): void {
  const stride = padded(n);
  const sums = scratch;
  const tops = sums + <usize>stride * sizeof<T>();
  const w = tops + <usize>stride * sizeof<T>();
  memory.fill(v, 0, <usize>(stride * d) * sizeof<T>());
  if (flags & SOFTMAX) {
    const largest = squares<T>(x, n, d, sums);
    // A spread that is no number ends here, too: the numbers of such a replica are lost either way.
    if (!(<T>2 * abs<T>(beta) * largest > largestSpread<T>())) {
      const common = beta > 0 ? largest : beta < 0 ? -largest : <T>0;
      ownWeights<T>(sums, stride, beta, common);
      sharedTiles<T>(x, n, d, beta, common, flags, v, sums, w, true);
    } else {
      findTops<T>(x, n, d, beta, flags, sums, tops, w);
      toppedTiles<T>(x, n, d, beta, flags, v, sums, tops, w);
    }
  } else {
    const spread = abs<T>(beta) * (squares<T>(x, n, d, sums) + abs<T>(shift));
    sharedTiles<T>(x, n, d, beta, shift, flags, v, 0, w, spread <= largestSpread<T>());
    for (let i = 0; i < n; i++) store<T>(sums + <usize>i * sizeof<T>(), <T>(flags & CAUSAL ? i + 1 : n));
  }
  for (let i = n; i < stride; i++) store<T>(sums + <usize>i * sizeof<T>(), <T>1);
  project<T>(x, stride, d, sums, v);
}

/** All pairs with one shift; the sums are those of a softmax, or 0 where none are asked for; `tame` where all exponents are small. */
function sharedTiles<T>(x: usize, n: i32, d: i32, beta: T, shift: T, flags: i32, v: usize, sums: usize, w: usize, tame: bool): void {
  const stride = padded(n);
  const sides = flags & CAUSAL ? COLUMNS : ROWS | COLUMNS;
  for (let row = 0; row < n; row += TILE) {
    const rows = min(TILE, stride - row);
    const xi = x + <usize>row * sizeof<T>();
    for (let column = row; column < n; column += TILE) {
      const columns = min(TILE, stride - column);
      const xj = x + <usize>column * sizeof<T>();
      const diagonal = row == column;
      products<T>(xi, stride, xj, stride, d, rows, columns, diagonal, w);
      sharedWeights<T>(w, rows, columns, diagonal, beta, shift, tame);
      blank<T>(w, rows, columns, n - column, diagonal, <T>0);
      if (sums) addWeights<T>(w, rows, columns, diagonal, sides, sums + <usize>row * sizeof<T>(), sums + <usize>column * sizeof<T>());
      addComponents<T>(w, rows, columns, diagonal, sides, x, v, row, column, stride, d);
    }
  }
}

function addComponents<T>(w: usize, rows: i32, columns: i32, diagonal: bool, sides: i32, x: usize, v: usize, row: i32, column: i32, stride: i32, d: i32): void {
  for (let k = 0; k < d; k++) {
    const i = <usize>(k * stride + row) * sizeof<T>();
    const j = <usize>(k * stride + column) * sizeof<T>();
    // Two calls of constant sides, so that each loop is compiled without its branch.
    if (sides == COLUMNS) addDrift<T>(w, rows, columns, diagonal, COLUMNS, x + i, x + j, v + i, v + j);
    else if (sides == ROWS) addDrift<T>(w, rows, columns, diagonal, ROWS, x + i, x + j, v + i, v + j);
    else addDrift<T>(w, rows, columns, diagonal, ROWS | COLUMNS, x + i, x + j, v + i, v + j);
  }
}

/** The largest score of every row, then the own terms below it. */
function findTops<T>(x: usize, n: i32, d: i32, beta: T, flags: i32, sums: usize, tops: usize, w: usize): void {
  const stride = padded(n);
  const sides = flags & CAUSAL ? COLUMNS : ROWS | COLUMNS;
  for (let i = 0; i < stride; i++) store<T>(tops + <usize>i * sizeof<T>(), beta * load<T>(sums + <usize>i * sizeof<T>()));
  const never = beta > 0 ? -<T>Infinity : <T>Infinity;
  for (let row = 0; row < n; row += TILE) {
    const rows = min(TILE, stride - row);
    for (let column = row; column < n; column += TILE) {
      const columns = min(TILE, stride - column);
      const diagonal = row == column;
      products<T>(x + <usize>row * sizeof<T>(), stride, x + <usize>column * sizeof<T>(), stride, d, rows, columns, diagonal, w);
      blank<T>(w, rows, columns, n - column, diagonal, never);
      raiseTops<T>(w, rows, columns, diagonal, sides, beta, tops + <usize>row * sizeof<T>(), tops + <usize>column * sizeof<T>());
    }
  }
  for (let i = 0; i < stride; i += lanes<T>()) {
    const y = sums + <usize>i * sizeof<T>();
    v128.store(y, weight<T>(v128.sub<T>(v128.mul<T>(v128.splat<T>(beta), v128.load(y)), v128.load(tops + <usize>i * sizeof<T>()))));
  }
}

/** All pairs, each row's weights relative to its own top: two exponentials a pair. */
function toppedTiles<T>(x: usize, n: i32, d: i32, beta: T, flags: i32, v: usize, sums: usize, tops: usize, s: usize): void {
  const stride = padded(n);
  const w = s + <usize>(TILE * TILE) * sizeof<T>();
  for (let row = 0; row < n; row += TILE) {
    const rows = min(TILE, stride - row);
    for (let column = row; column < n; column += TILE) {
      const columns = min(TILE, stride - column);
      const diagonal = row == column;
      const i = <usize>row * sizeof<T>();
      const j = <usize>column * sizeof<T>();
      products<T>(x + i, stride, x + j, stride, d, rows, columns, diagonal, s);
      for (let side = flags & CAUSAL ? COLUMNS : ROWS; side <= COLUMNS; side++) {
        toppedWeights<T>(s, rows, columns, diagonal, beta, tops + (side == ROWS ? i : j), side == COLUMNS, w);
        blank<T>(w, rows, columns, n - column, diagonal, <T>0);
        addWeights<T>(w, rows, columns, diagonal, side, sums + i, sums + j);
        addComponents<T>(w, rows, columns, diagonal, side, x, v, row, column, stride, d);
      }
    }
  }
}

/** v <- (v - <x, v> x) / sum. */
function project<T>(x: usize, stride: i32, d: i32, sums: usize, v: usize): void {
  const step = <usize>stride * sizeof<T>();
  for (let i = 0; i < stride; i += lanes<T>()) {
    const from = <usize>i * sizeof<T>();
    let along = v128.splat<T>(0);
    for (let k = 0; k < d; k++) along = v128.add<T>(along, v128.mul<T>(v128.load(x + from + <usize>k * step), v128.load(v + from + <usize>k * step)));
    const sum = v128.load(sums + from);
    for (let k = 0; k < d; k++) {
      const y = v + from + <usize>k * step;
      v128.store(y, v128.div<T>(v128.sub<T>(v128.load(y), v128.mul<T>(along, v128.load(x + from + <usize>k * step))), sum));
    }
  }
}

/** Phi_i = (1/n) sum_j exp(beta (<x_i, x_j> - shift)) of one replica, packed. */
export function interaction<T>(x: usize, n: i32, d: i32, beta: T, shift: T, out: usize, scratch: usize): void {
  const stride = padded(n);
  const sums = scratch;
  const w = sums + <usize>(2 * stride) * sizeof<T>();
  const tame = abs<T>(beta) * (squares<T>(x, n, d, sums) + abs<T>(shift)) <= largestSpread<T>();
  ownWeights<T>(sums, stride, beta, shift);
  for (let row = 0; row < n; row += TILE) {
    const rows = min(TILE, stride - row);
    for (let column = row; column < n; column += TILE) {
      const columns = min(TILE, stride - column);
      const diagonal = row == column;
      products<T>(x + <usize>row * sizeof<T>(), stride, x + <usize>column * sizeof<T>(), stride, d, rows, columns, diagonal, w);
      sharedWeights<T>(w, rows, columns, diagonal, beta, shift, tame);
      blank<T>(w, rows, columns, n - column, diagonal, <T>0);
      addWeights<T>(w, rows, columns, diagonal, ROWS | COLUMNS, sums + <usize>row * sizeof<T>(), sums + <usize>column * sizeof<T>());
    }
  }
  for (let i = 0; i < n; i++) store<T>(out + <usize>i * sizeof<T>(), load<T>(sums + <usize>i * sizeof<T>()) / <T>n);
}
