/**
 * All pairs of tokens of one replica as tasks, a division that n alone decides: tiles are gathered in at most BLOCKS blocks a side, and a
 * task is one pair of blocks. It leaves what it gives to the tokens of either block in a share of its own; shares are added in the order of
 * the blocks (attention.as). Tasks may therefore run in any order and on any thread.
 */
import { at, filled, room, stride, TILE, tiles } from "./layout";
import { addDrift, addWeights, blank, COLUMNS, OFF, products, raiseTops, ROWS, sharedWeights, STRIP, toppedWeights } from "./tiles";

/** Flags of a flow. */
// @ts-ignore: decorator
@inline
export const SOFTMAX: i32 = 1;
// @ts-ignore: decorator
@inline
export const CAUSAL: i32 = 2;
/** Sums of weights alone, for both tokens of a pair: nothing moves. */
// @ts-ignore: decorator
@inline
export const SUMS_ONLY: i32 = 4;

/** How weights are made: with one shift and small exponents; with one shift; each row below its own top. */
// @ts-ignore: decorator
@inline
export const TAME: i32 = 0;
// @ts-ignore: decorator
@inline
export const WILD: i32 = 1;
// @ts-ignore: decorator
@inline
export const TOPPED: i32 = 2;

// @ts-ignore: decorator
@inline
const BLOCKS: i32 = 8;

/** Tiles of a block. */
// @ts-ignore: decorator
@inline
export function blockTiles(n: i32): i32 {
  return max(2, (tiles(n) + BLOCKS - 1) / BLOCKS);
}

/** Blocks a side. */
// @ts-ignore: decorator
@inline
export function blocks(n: i32): i32 {
  if (n <= 2 * TILE) return 1;
  const size = blockTiles(n);
  return (tiles(n) + size - 1) / size;
}

// @ts-ignore: decorator
@inline
export function pairTasks(n: i32): i32 {
  const count = blocks(n);
  return (count * (count + 1)) / 2;
}

/** Where the parts of a replica's scratch lie: four numbers that hold for the whole field, a sum and a top for each token, the shares. */
// @ts-ignore: decorator
@inline
export const HEAD: i32 = 8;

// @ts-ignore: decorator
@inline
export function sumsOf<T>(scratch: usize): usize {
  return at<T>(scratch, HEAD);
}

// @ts-ignore: decorator
@inline
export function topsOf<T>(scratch: usize, n: i32): usize {
  return at<T>(scratch, HEAD + room(n));
}

/** Components of a share: the sum of the weights is the last. */
// @ts-ignore: decorator
@inline
export function parts(d: i32, flags: i32): i32 {
  return flags & SUMS_ONLY ? 1 : d + 1;
}

/** What pairs with the tokens of block `partner` give to `tile`: `count` components, in the layout of tokens. */
// @ts-ignore: decorator
@inline
export function share<T>(scratch: usize, n: i32, count: i32, partner: i32, tile: i32): usize {
  return at<T>(scratch, HEAD + 2 * room(n) + (partner * tiles(n) + tile) * count * stride(n));
}

/** Numbers of a replica's scratch. */
export function fieldNumbers(n: i32, d: i32): i32 {
  return HEAD + (2 + blocks(n) * (d + 1)) * room(n);
}

/** Numbers of a thread's own scratch: the scores and the weights of a strip. */
export const STRIP_NUMBERS: i32 = 2 * STRIP * TILE;

/** A pair of blocks, larger pairs first: low 16 bits the rows', high ones the columns'. */
function pairOfBlocks(n: i32, task: i32): i32 {
  const count = blocks(n);
  const between = (count * (count - 1)) / 2;
  if (task >= between) return (task - between) * 0x10001;
  let row = 0;
  for (; task >= count - 1 - row; row++) task -= count - 1 - row;
  return row | ((row + 1 + task) << 16);
}

// @ts-ignore: decorator
@inline
function sidesOf(flags: i32): i32 {
  return flags & CAUSAL ? COLUMNS : ROWS | COLUMNS;
}

/** Fills the shares of `block` from `partner`. */
function clear<T>(scratch: usize, n: i32, count: i32, block: i32, partner: i32, value: T): void {
  const size = blockTiles(n);
  const begin = share<T>(scratch, n, count, partner, block * size);
  const end = share<T>(scratch, n, count, partner, min(tiles(n), (block + 1) * size));
  for (let to = begin; to < end; to += 16) v128.store(to, v128.splat<T>(value));
}

/** What the weights of one pair of blocks move, tile by tile. */
export function pairTask<T>(x: usize, n: i32, d: i32, flags: i32, scratch: usize, task: i32, w: usize): void {
  const pair = n > 2 * TILE ? pairOfBlocks(n, task) : 0;
  const I = pair & 0xffff;
  const J = pair >>> 16;
  const count = parts(d, flags);
  const size = blockTiles(n);
  clear<T>(scratch, n, count, J, I, 0);
  if (I != J && !(flags & CAUSAL)) clear<T>(scratch, n, count, I, J, 0);
  const lastRow = min(tiles(n), (I + 1) * size);
  const lastColumn = min(tiles(n), (J + 1) * size);
  for (let row = I * size; row < lastRow; row++) {
    for (let column = max(row, J * size); column < lastColumn; column++) {
      const vi = share<T>(scratch, n, count, J, row);
      const vj = share<T>(scratch, n, count, I, column);
      tilePair<T>(x, n, d, flags, row, column, vi, vj, scratch, w);
    }
  }
}

function tilePair<T>(x: usize, n: i32, d: i32, flags: i32, row: i32, column: i32, vi: usize, vj: usize, scratch: usize, w: usize): void {
  const beta = load<T>(scratch);
  const shift = load<T>(scratch, sizeof<T>());
  const mode = <i32>load<T>(scratch, 2 * sizeof<T>());
  const step = stride(n);
  const rows = filled(n, row);
  const columns = filled(n, column);
  const xi = at<T>(x, row * d * step);
  const xj = at<T>(x, column * d * step);
  const last = (parts(d, flags) - 1) * step;
  for (let strip = 0; strip < rows; strip += STRIP) {
    const height = min(STRIP, rows - strip);
    const first = row == column ? strip : OFF;
    products<T>(at<T>(xi, strip), step, xj, step, d, height, columns, first, w);
    if (mode == TOPPED) {
      toppedStrip<T>(xi, xj, n, d, flags, row, column, strip, first, vi, vj, scratch, w);
      continue;
    }
    sharedWeights<T>(w, height, columns, first, beta, shift, mode == TAME);
    blank<T>(w, height, columns, n - column * TILE, first, <T>0);
    if (flags & (SOFTMAX | SUMS_ONLY)) addWeights<T>(w, height, columns, first, sidesOf(flags), at<T>(vi, last + strip), at<T>(vj, last));
    if (!(flags & SUMS_ONLY)) addComponents<T>(w, height, columns, first, sidesOf(flags), at<T>(xi, strip), xj, at<T>(vi, strip), vj, step, d);
  }
}

/** Each row's weights relative to its own top: two exponentials a pair. */
function toppedStrip<T>(xi: usize, xj: usize, n: i32, d: i32, flags: i32, row: i32, column: i32, strip: i32, first: i32, vi: usize, vj: usize, scratch: usize, s: usize): void {
  const step = stride(n);
  const height = min(STRIP, filled(n, row) - strip);
  const columns = filled(n, column);
  const w = at<T>(s, STRIP * TILE);
  const tops = topsOf<T>(scratch, n);
  for (let side = flags & CAUSAL ? COLUMNS : ROWS; side <= COLUMNS; side++) {
    toppedWeights<T>(s, height, columns, first, load<T>(scratch), at<T>(tops, side == ROWS ? row * TILE + strip : column * TILE), side == COLUMNS, w);
    blank<T>(w, height, columns, n - column * TILE, first, <T>0);
    addWeights<T>(w, height, columns, first, side, at<T>(vi, d * step + strip), at<T>(vj, d * step));
    addComponents<T>(w, height, columns, first, side, at<T>(xi, strip), xj, at<T>(vi, strip), vj, step, d);
  }
}

function addComponents<T>(w: usize, rows: i32, columns: i32, first: i32, sides: i32, xi: usize, xj: usize, vi: usize, vj: usize, step: i32, d: i32): void {
  for (let k = 0; k < d; k++) {
    const at = <usize>(k * step) * sizeof<T>();
    // Calls of constant sides, so that each loop is compiled without its branch.
    if (sides == COLUMNS) addDrift<T>(w, rows, columns, first, COLUMNS, xi + at, xj + at, vi + at, vj + at);
    else if (sides == ROWS) addDrift<T>(w, rows, columns, first, ROWS, xi + at, xj + at, vi + at, vj + at);
    else addDrift<T>(w, rows, columns, first, ROWS | COLUMNS, xi + at, xj + at, vi + at, vj + at);
  }
}

/** The largest scores of one pair of blocks, as shares of one component. */
export function topTask<T>(x: usize, n: i32, d: i32, flags: i32, scratch: usize, task: i32, w: usize): void {
  const beta = load<T>(scratch);
  const pair = n > 2 * TILE ? pairOfBlocks(n, task) : 0;
  const I = pair & 0xffff;
  const J = pair >>> 16;
  const step = stride(n);
  const size = blockTiles(n);
  const never = beta > 0 ? -<T>Infinity : <T>Infinity;
  clear<T>(scratch, n, 1, J, I, -<T>Infinity);
  if (I != J && !(flags & CAUSAL)) clear<T>(scratch, n, 1, I, J, -<T>Infinity);
  const lastRow = min(tiles(n), (I + 1) * size);
  const lastColumn = min(tiles(n), (J + 1) * size);
  for (let row = I * size; row < lastRow; row++) {
    for (let column = max(row, J * size); column < lastColumn; column++) {
      const columns = filled(n, column);
      for (let strip = 0; strip < filled(n, row); strip += STRIP) {
        const height = min(STRIP, filled(n, row) - strip);
        const first = row == column ? strip : OFF;
        products<T>(at<T>(x, row * d * step + strip), step, at<T>(x, column * d * step), step, d, height, columns, first, w);
        blank<T>(w, height, columns, n - column * TILE, first, never);
        raiseTops<T>(w, height, columns, first, sidesOf(flags), beta, at<T>(share<T>(scratch, n, 1, J, row), strip), share<T>(scratch, n, 1, I, column));
      }
    }
  }
}
