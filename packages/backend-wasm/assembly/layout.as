/**
 * How tokens lie: tile by tile, and in a tile component by component, so that a vector holds the same component of neighbouring tokens
 * and a tile is one piece of memory, whatever n is. The last tile is filled up with zeros.
 */

/** Tokens of a tile. */
// @ts-ignore: decorator
@inline
export const TILE: i32 = 64;

/** Tokens are padded to a multiple of this: two vectors of f32. */
// @ts-ignore: decorator
@inline
export const PAD: i32 = 8;

// @ts-ignore: decorator
@inline
export function padded(n: i32): i32 {
  return (n + PAD - 1) & ~(PAD - 1);
}

/** Elements in one vector. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): i32 {
  return 16 / <i32>sizeof<T>();
}

/** Tiles of n tokens. */
// @ts-ignore: decorator
@inline
export function tiles(n: i32): i32 {
  return (n + TILE - 1) / TILE;
}

/** Numbers from one component of a tile to the next: fewer than a tile where there is one tile only. */
// @ts-ignore: decorator
@inline
export function stride(n: i32): i32 {
  return min(TILE, padded(n));
}

/** Tokens with their padding. */
// @ts-ignore: decorator
@inline
export function room(n: i32): i32 {
  return tiles(n) * stride(n);
}

/** Tokens of a tile, with the padding that vectors need. */
// @ts-ignore: decorator
@inline
export function filled(n: i32, tile: i32): i32 {
  return min(TILE, padded(n - tile * TILE));
}

// @ts-ignore: decorator
@inline
export function at<T>(pointer: usize, index: i32): usize {
  return pointer + <usize>index * sizeof<T>();
}

/** x (n, d) row by row into tiles. */
export function pack<T>(rows: usize, n: i32, d: i32, x: usize): void {
  const step = stride(n);
  const next = <usize>step * sizeof<T>();
  const last = (tiles(n) - 1) * d * step;
  memory.fill(at<T>(x, last), 0, <usize>d * next);
  for (let begin = 0; begin < n; begin += TILE) {
    const count = min(TILE, n - begin);
    for (let i = 0; i < count; i++) {
      let to = at<T>(x, i);
      for (let k = 0; k < d; k++) {
        store<T>(to, load<T>(rows));
        to += next;
        rows += sizeof<T>();
      }
    }
    x += <usize>d * next;
  }
}

/** The reverse of pack, for tokens from `begin`, the first of a tile, to before `end`. */
export function unpack<T>(x: usize, n: i32, d: i32, rows: usize, begin: i32, end: i32): void {
  const next = <usize>stride(n) * sizeof<T>();
  rows += <usize>begin * <usize>d * sizeof<T>();
  x += <usize>(begin / TILE) * <usize>d * next;
  for (; begin < end; begin += TILE) {
    const count = min(TILE, end - begin);
    for (let i = 0; i < count; i++) {
      let from = at<T>(x, i);
      for (let k = 0; k < d; k++) {
        store<T>(rows, load<T>(from));
        from += next;
        rows += sizeof<T>();
      }
    }
    x += <usize>d * next;
  }
}

/** out_i = |x_i|^2, 0 in the padding; returns the largest. */
export function squares<T>(x: usize, n: i32, d: i32, out: usize): T {
  const step = stride(n);
  let largest = <T>0;
  for (let tile = 0; tile < tiles(n); tile++) {
    const from = at<T>(x, tile * d * step);
    for (let j = 0; j < filled(n, tile); j += lanes<T>()) {
      let sum = v128.splat<T>(0);
      for (let k = 0; k < d; k++) {
        const y = v128.load(at<T>(from, k * step + j));
        sum = v128.add<T>(sum, v128.mul<T>(y, y));
      }
      v128.store(at<T>(out, tile * TILE + j), sum);
    }
  }
  for (let i = 0; i < n; i++) largest = max<T>(largest, load<T>(at<T>(out, i)));
  return largest;
}
