/**
 * The drift of self-attention with Q = K = V = I of one replica: w_ij = w_ji, so that one scalar product and one
 * exponential serve both tokens of a pair. Never an array of n^2. A field is opened, its pairs are met (pairs.as), and it is closed, tile by tile.
 */
import { closingCost, pairCost } from "./costs";
import { ask, divides, Job, mayDivide, worthWhile } from "./crew";
import { weight } from "./exponential";
import { at, filled, lanes, room, squares, stride, TILE, tiles } from "./layout";
import { blocks, blockTiles, CAUSAL, pairTask, pairTasks, share, SOFTMAX, SUMS_ONLY, sumsOf, TAME, TOPPED, topsOf, topTask, WILD } from "./pairs";

/** Largest spread of the scores for which one shift serves all rows: the least weight stays far above the subnormal numbers. */
// @ts-ignore: decorator
@inline
export function largestSpread<T>(): T {
  return sizeof<T>() == 8 ? <T>600 : <T>60;
}

/** sum_i = exp(beta (|x_i|^2 - shift)) in place of the squares: the own terms. */
function ownWeights<T>(sums: usize, count: i32, beta: T, shift: T): void {
  for (let i = 0; i < count; i += lanes<T>()) {
    const y = at<T>(sums, i);
    v128.store(y, weight<T>(v128.mul<T>(v128.splat<T>(beta), v128.sub<T>(v128.load(y), v128.splat<T>(shift)))));
  }
}

/** Decides how the weights of this field are made, and returns it. After TOPPED the tops come first. */
export function openField<T>(x: usize, n: i32, d: i32, beta: T, shift: T, flags: i32, scratch: usize): i32 {
  const sums = sumsOf<T>(scratch);
  const largest = squares<T>(x, n, d, sums);
  let common = shift;
  let mode = TAME;
  if (flags & SOFTMAX) {
    common = beta > 0 ? largest : beta < 0 ? -largest : <T>0;
    // A spread that is no number ends in tops, too: where attention is causal, tokens before it have numbers still.
    if (<T>2 * abs<T>(beta) * largest <= largestSpread<T>()) ownWeights<T>(sums, room(n), beta, common);
    else mode = TOPPED;
  } else {
    if (!(abs<T>(beta) * (largest + abs<T>(shift)) <= largestSpread<T>())) mode = WILD;
    if (flags & SUMS_ONLY) ownWeights<T>(sums, room(n), beta, shift);
    else for (let i = 0; i < n; i++) store<T>(at<T>(sums, i), <T>(flags & CAUSAL ? i + 1 : n));
  }
  store<T>(scratch, beta);
  store<T>(scratch, common, sizeof<T>());
  store<T>(scratch, <T>mode, 2 * sizeof<T>());
  return mode;
}

/** How many blocks give a share to a tile: where attention is causal, later ones give nothing. */
// @ts-ignore: decorator
@inline
function partners(n: i32, flags: i32, tile: i32): i32 {
  return flags & CAUSAL && n > 2 * TILE ? tile / blockTiles(n) + 1 : blocks(n);
}

/** The largest score of every row, then the own terms below it. */
export function closeTops<T>(n: i32, flags: i32, scratch: usize): void {
  const sums = sumsOf<T>(scratch);
  const tops = topsOf<T>(scratch, n);
  const beta = v128.splat<T>(load<T>(scratch));
  for (let tile = 0; tile < tiles(n); tile++) {
    for (let j = 0; j < filled(n, tile); j += lanes<T>()) {
      const i = tile * TILE + j;
      const own = v128.mul<T>(beta, v128.load(at<T>(sums, i)));
      let top = own;
      for (let b = 0; b < partners(n, flags, tile); b++) top = v128.max<T>(top, v128.load(at<T>(share<T>(scratch, n, 1, b, tile), j)));
      v128.store(at<T>(tops, i), top);
      v128.store(at<T>(sums, i), weight<T>(v128.sub<T>(own, top)));
    }
  }
}

/** v = (m - <x, m> x) / sum for the tokens of one tile: the shares added in the order of the blocks, then projected. */
export function closeTile<T>(x: usize, n: i32, d: i32, flags: i32, scratch: usize, v: usize, tile: i32): void {
  const step = stride(n);
  const shares = partners(n, flags, tile);
  const m = share<T>(scratch, n, d + 1, 0, tile);
  if (shares > 1) addShares<T>(m, (d + 1) * step, <usize>(tiles(n) * (d + 1) * step) * sizeof<T>(), shares);
  const next = <usize>step * sizeof<T>();
  const end = filled(n, tile);
  const softmax = (flags & SOFTMAX) != 0;
  for (let j = 0; j < end; j += lanes<T>()) {
    const xj = at<T>(x, tile * d * step + j);
    const mj = at<T>(m, j);
    let along = v128.splat<T>(0);
    for (let k = 0; k < d; k++) along = v128.add<T>(along, v128.mul<T>(v128.load(xj + <usize>k * next), v128.load(mj + <usize>k * next)));
    let sum = v128.load(at<T>(sumsOf<T>(scratch), tile * TILE + j));
    if (softmax) sum = v128.add<T>(sum, v128.load(mj + <usize>d * next));
    const vj = at<T>(v, tile * d * step + j);
    for (let k = 0; k < d; k++) {
      const at = <usize>k * next;
      v128.store(vj + at, v128.div<T>(v128.sub<T>(v128.load(mj + at), v128.mul<T>(along, v128.load(xj + at))), sum));
    }
  }
  // The padding stays 0, whatever its sum is.
  for (let j = n - tile * TILE; j < end; j++) {
    for (let k = 0; k < d; k++) store<T>(at<T>(v, tile * d * step + k * step + j), <T>0);
  }
}

/** Adds to the first of `count` arrays, `next` bytes apart, all others. */
function addShares<T>(first: usize, length: i32, next: usize, count: i32): void {
  const end = at<T>(first, length);
  for (; first < end; first += 16) {
    let sum = v128.load(first);
    let from = first;
    for (let b = 1; b < count; b++) {
      from += next;
      sum = v128.add<T>(sum, v128.load(from));
    }
    v128.store(first, sum);
  }
}

/** v_i of [eq:sa] or [eq:usa], in the layout of x; `v` may not be x; `own` is for the strips of a thread. */
export function field<T>(x: usize, n: i32, d: i32, beta: T, shift: T, flags: i32, v: usize, scratch: usize, own: usize): void {
  const divided = mayDivide() && divides(pairCost<T>(n, d));
  if (openField<T>(x, n, d, beta, shift, flags, scratch) == TOPPED) {
    meet<T>(Job.Tops, divided, x, n, d, flags, scratch, own);
    closeTops<T>(n, flags, scratch);
  }
  meet<T>(Job.Pairs, divided, x, n, d, flags, scratch, own);
  if (divided && worthWhile(closingCost<T>(n, d, blocks(n)))) {
    ask<T>(Job.Tiles, tiles(n), <f64>x, n, d, flags, <f64>scratch, <f64>v);
    return;
  }
  const count = tiles(n);
  for (let tile = 0; tile < count; tile++) closeTile<T>(x, n, d, flags, scratch, v, tile);
}

/** All pairs of blocks, for what they move or for their tops. */
// @ts-ignore: decorator
@inline
function meet<T>(kind: Job, divided: bool, x: usize, n: i32, d: i32, flags: i32, scratch: usize, own: usize): void {
  const count = pairTasks(n);
  if (divided) {
    ask<T>(kind, count, <f64>x, n, d, flags, <f64>scratch, <f64>own);
    return;
  }
  for (let task = 0; task < count; task++) {
    if (kind == Job.Tops) topTask<T>(x, n, d, flags, scratch, task, own);
    else pairTask<T>(x, n, d, flags, scratch, task, own);
  }
}

/** Phi_i = (1/n) sum_j exp(beta (<x_i, x_j> - shift)) of one replica, whose pairs have been met. */
export function closeSums<T>(n: i32, scratch: usize, out: usize): void {
  for (let tile = 0; tile < tiles(n); tile++) {
    for (let j = 0; j < min(TILE, n - tile * TILE); j++) {
      const i = tile * TILE + j;
      let sum = load<T>(at<T>(sumsOf<T>(scratch), i));
      for (let b = 0; b < blocks(n); b++) sum += load<T>(at<T>(share<T>(scratch, n, 1, b, tile), j));
      store<T>(at<T>(out, i), sum / <T>n);
    }
  }
}

export function interaction<T>(x: usize, n: i32, d: i32, beta: T, shift: T, out: usize, scratch: usize, own: usize): void {
  openField<T>(x, n, d, beta, shift, SUMS_ONLY, scratch);
  meet<T>(Job.Pairs, divides(pairCost<T>(n, d)), x, n, d, SUMS_ONLY, scratch, own);
  closeSums<T>(n, scratch, out);
}
