/** One explicit Runge-Kutta step of the attention flow, all stages on packed tokens. */
import { field } from "./attention";
import { at, filled, lanes, pack, room, stride, TILE, tiles, unpack } from "./layout";
import { fieldNumbers } from "./pairs";

/** Numbers of scratch of a step: the tokens, the point of a stage, a slope for each stage, and the field's. */
export function stepNumbers(n: i32, d: i32, stages: i32): i32 {
  return room(n) * d * (2 + stages) + fieldNumbers(n, d);
}

/**
 * `repeat` steps of one replica in place. The tableau holds the rows of a, `stages` numbers each, then b; doubles,
 * multiplied by dt already.
 */
export function steps<T>(rows: usize, n: i32, d: i32, beta: T, shift: T, flags: i32, stages: i32, tableau: usize, repeat: i32, scratch: usize, w: usize): void {
  const length = room(n) * d;
  const bytes = <usize>length * sizeof<T>();
  const x = scratch;
  const point = x + bytes;
  const slopes = point + bytes;
  const rest = slopes + <usize>stages * bytes;
  pack<T>(rows, n, d, x);
  for (let count = 0; count < repeat; count++) {
    for (let stage = 0; stage < stages; stage++) {
      const weights = tableau + <usize>(stage * stages) * 8;
      // The first stage starts from the tokens themselves.
      if (stage > 0) combine<T>(x, length, weights, stage, slopes, point);
      field<T>(stage > 0 ? point : x, n, d, beta, shift, flags, slopes + <usize>stage * bytes, rest, w);
    }
    combine<T>(x, length, tableau + <usize>(stages * stages) * 8, stages, slopes, x);
    normalise<T>(x, n, d);
  }
  unpack<T>(x, n, d, rows, 0, n);
}

/** out = x + sum_s weight_s slope_s, in the order of the stages. */
export function combine<T>(x: usize, length: i32, weights: usize, count: i32, slopes: usize, out: usize): void {
  const bytes = <usize>length * sizeof<T>();
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = v128.load(x + at);
    for (let s = 0; s < count; s++) {
      const weight = <T>load<f64>(weights + <usize>s * 8);
      if (weight != 0) sum = v128.add<T>(sum, v128.mul<T>(v128.splat<T>(weight), v128.load(slopes + <usize>s * bytes + at)));
    }
    v128.store(out + at, sum);
  }
}

/** Every row divided by its length; the padding stays 0. */
export function normalise<T>(x: usize, n: i32, d: i32): void {
  const step = stride(n);
  for (let tile = 0; tile < tiles(n); tile++) {
    const from = at<T>(x, tile * d * step);
    for (let j = 0; j < filled(n, tile); j += lanes<T>()) {
      let square = v128.splat<T>(0);
      for (let k = 0; k < d; k++) {
        const y = v128.load(at<T>(from, k * step + j));
        square = v128.add<T>(square, v128.mul<T>(y, y));
      }
      const size = v128.sqrt<T>(square);
      for (let k = 0; k < d; k++) {
        const y = at<T>(from, k * step + j);
        v128.store(y, v128.div<T>(v128.load(y), size));
      }
    }
    for (let j = n - tile * TILE; j < filled(n, tile); j++) {
      for (let k = 0; k < d; k++) store<T>(at<T>(from, k * step + j), <T>0);
    }
  }
}
