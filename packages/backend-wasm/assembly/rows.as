/** Rows of m numbers brought to mean 0 and variance 1, and gradients taken back through that and through a softmax. A sum runs over lanes, then over the lanes themselves, then over what fills no vector. */
import { element, laneSum, width } from "./vectors";

/** The number of elements that whole vectors hold. */
// @ts-ignore: decorator
@inline
function whole<T>(m: i32): i32 {
  return m - (m % width<T>());
}

/** sum_j x_j. */
function sumOf<T>(x: usize, m: i32): T {
  let sums = v128.splat<T>(0);
  let j = 0;
  for (; j < whole<T>(m); j += width<T>()) sums = v128.add<T>(sums, v128.load(element<T>(x, j)));
  let sum = laneSum<T>(sums);
  for (; j < m; j++) sum = <T>(sum + load<T>(element<T>(x, j)));
  return sum;
}

/** sum_j x_j y_j. */
function dotOf<T>(x: usize, y: usize, m: i32): T {
  let sums = v128.splat<T>(0);
  let j = 0;
  for (; j < whole<T>(m); j += width<T>()) sums = v128.add<T>(sums, v128.mul<T>(v128.load(element<T>(x, j)), v128.load(element<T>(y, j))));
  let sum = laneSum<T>(sums);
  for (; j < m; j++) sum = <T>(sum + <T>(load<T>(element<T>(x, j)) * load<T>(element<T>(y, j))));
  return sum;
}

/** dx_j = y_j (g_j - sum_k y_k g_k) for rows `from` to `to`. */
export function rowSoftmaxBackward<T>(y: usize, g: usize, dx: usize, from: i32, to: i32, m: i32): void {
  const bytes = <usize>m * sizeof<T>();
  for (let row = from; row < to; row++) {
    const at = <usize>row * bytes;
    const dot = dotOf<T>(y + at, g + at, m);
    const dots = v128.splat<T>(dot);
    let j = 0;
    for (; j < whole<T>(m); j += width<T>()) {
      const here = element<T>(at, j);
      v128.store(dx + here, v128.mul<T>(v128.load(y + here), v128.sub<T>(v128.load(g + here), dots)));
    }
    for (; j < m; j++) {
      const here = element<T>(at, j);
      store<T>(dx + here, <T>(load<T>(y + here) * <T>(load<T>(g + here) - dot)));
    }
  }
}

/** y = (x - mean) / sqrt(var + epsilon) of one row; gives the root. */
function normalised<T>(x: usize, m: i32, epsilon: T, y: usize): T {
  const mean = <T>(sumOf<T>(x, m) / <T>m);
  const means = v128.splat<T>(mean);
  let j = 0;
  for (; j < whole<T>(m); j += width<T>()) v128.store(element<T>(y, j), v128.sub<T>(v128.load(element<T>(x, j)), means));
  for (; j < m; j++) store<T>(element<T>(y, j), <T>(load<T>(element<T>(x, j)) - mean));
  const deviation = <T>sqrt<T>(<T>(<T>(dotOf<T>(y, y, m) / <T>m) + epsilon));
  const deviations = v128.splat<T>(deviation);
  for (j = 0; j < whole<T>(m); j += width<T>()) v128.store(element<T>(y, j), v128.div<T>(v128.load(element<T>(y, j)), deviations));
  for (; j < m; j++) store<T>(element<T>(y, j), <T>(load<T>(element<T>(y, j)) / deviation));
  return deviation;
}

/** Rows `from` to `to` normalised. */
export function rowNormalise<T>(x: usize, y: usize, from: i32, to: i32, m: i32, epsilon: T): void {
  const bytes = <usize>m * sizeof<T>();
  for (let row = from; row < to; row++) normalised<T>(x + <usize>row * bytes, m, epsilon, y + <usize>row * bytes);
}

/** dx_j = (g_j - mean g - y_j mean(g y)) / sqrt(var + epsilon), y normalised anew into dx. */
export function rowNormaliseBackward<T>(x: usize, g: usize, dx: usize, from: i32, to: i32, m: i32, epsilon: T): void {
  const bytes = <usize>m * sizeof<T>();
  for (let row = from; row < to; row++) {
    const at = <usize>row * bytes;
    const y = dx + at;
    const gradient = g + at;
    const deviation = normalised<T>(x + at, m, epsilon, y);
    const mean = <T>(sumOf<T>(gradient, m) / <T>m);
    const along = <T>(dotOf<T>(gradient, y, m) / <T>m);
    const means = v128.splat<T>(mean);
    const alongs = v128.splat<T>(along);
    const deviations = v128.splat<T>(deviation);
    let j = 0;
    for (; j < whole<T>(m); j += width<T>()) {
      const above = v128.sub<T>(v128.sub<T>(v128.load(element<T>(gradient, j)), means), v128.mul<T>(v128.load(element<T>(y, j)), alongs));
      v128.store(element<T>(y, j), v128.div<T>(above, deviations));
    }
    for (; j < m; j++) {
      const above = <T>(<T>(load<T>(element<T>(gradient, j)) - mean) - <T>(load<T>(element<T>(y, j)) * along));
      store<T>(element<T>(y, j), <T>(above / deviation));
    }
  }
}
