/** What vectors of both dtypes have in common. */

/** Elements in one vector. */
// @ts-ignore: decorator
@inline
export function width<T>(): i32 {
  return 16 / <i32>sizeof<T>();
}

/** Address of an element. */
// @ts-ignore: decorator
@inline
export function element<T>(pointer: usize, index: i32): usize {
  return pointer + <usize>index * sizeof<T>();
}

/** The lanes added: first with second (f64), pairs of neighbours (f32). */
// @ts-ignore: decorator
@inline
export function laneSum<T>(v: v128): T {
  const low = v128.extract_lane<T>(v, 0) + v128.extract_lane<T>(v, 1);
  if (sizeof<T>() == 8) return <T>low;
  return <T>(low + (v128.extract_lane<T>(v, 2) + v128.extract_lane<T>(v, 3)));
}
