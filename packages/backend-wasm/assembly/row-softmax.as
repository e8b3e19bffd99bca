/** Softmax of rows: the sum runs over lanes, then over the lanes themselves, then over what fills no vector. */
import { weight } from "./exponential";
import { lanes } from "./layout";

/**
 * y_ij = exp(x_ij - max_i) / sum_l exp(x_il - max_i) for rows `from` to `to` of m numbers. With a period > 0 the softmax is causal: row i uses its first
 * i mod period + 1 numbers, and has 0 beyond.
 */
export function rowSoftmax<T>(x: usize, y: usize, from: i32, to: i32, m: i32, period: i32): void {
  const bytes = <usize>m * sizeof<T>();
  for (let row = from; row < to; row++) {
    const at = <usize>row * bytes;
    const used = period > 0 ? (row % period) + 1 : m;
    softmax<T>(x + at, y + at, used);
    if (used < m) memory.fill(y + at + <usize>used * sizeof<T>(), 0, <usize>(m - used) * sizeof<T>());
  }
}

/** The largest number in every lane. Where one is no number all weights are none, whichever is found here. */
// @ts-ignore: decorator
@inline
function largest<T>(x: usize, whole: usize, end: usize): v128 {
  let tops = v128.load_splat<T>(x);
  for (let at: usize = 0; at < whole; at += 16) tops = v128.pmax<T>(tops, v128.load(x + at));
  if (sizeof<T>() == 4) tops = v128.pmax<T>(tops, v128.shuffle<f32>(tops, tops, 2, 3, 0, 1));
  tops = v128.pmax<T>(tops, sizeof<T>() == 4 ? v128.shuffle<f32>(tops, tops, 1, 0, 3, 2) : v128.shuffle<f64>(tops, tops, 1, 0));
  for (let at = whole; at < end; at += sizeof<T>()) tops = v128.pmax<T>(tops, v128.load_splat<T>(x + at));
  return tops;
}

function softmax<T>(x: usize, y: usize, m: i32): void {
  const size = sizeof<T>();
  const whole = <usize>(m - (m % lanes<T>())) * size;
  const end = <usize>m * size;
  const tops = largest<T>(x, whole, end);
  let sums = v128.splat<T>(0);
  for (let at: usize = 0; at < whole; at += 16) {
    const w = weight<T>(v128.sub<T>(v128.load(x + at), tops));
    v128.store(y + at, w);
    sums = v128.add<T>(sums, w);
  }
  let sum = v128.extract_lane<T>(sums, 0) + v128.extract_lane<T>(sums, 1);
  if (sizeof<T>() == 4) sum = sum + (v128.extract_lane<T>(sums, 2) + v128.extract_lane<T>(sums, 3));
  for (let at = whole; at < end; at += size) {
    const w = v128.extract_lane<T>(weight<T>(v128.sub<T>(v128.load_splat<T>(x + at), tops)), 0);
    store<T>(y + at, w);
    sum += w;
  }
  const divisor = v128.splat<T>(sum);
  for (let at: usize = 0; at < whole; at += 16) v128.store(y + at, v128.div<T>(v128.load(y + at), divisor));
  for (let at = whole; at < end; at += size) store<T>(y + at, load<T>(y + at) / sum);
}
