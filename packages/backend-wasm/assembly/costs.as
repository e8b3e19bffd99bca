/** About how many nanoseconds a kernel takes on one thread: they decide what is worth dividing, never what is computed. */

// @ts-ignore: decorator
@inline
function scale<T>(): f64 {
  return sizeof<T>() == 8 ? 1 : 0.5;
}

/** All pairs of one replica. */
export function pairCost<T>(n: i32, d: i32): f64 {
  return scale<T>() * <f64>n * (<f64>n + 8) * (1 + 0.14 * <f64>d);
}

/** Closing a field of so many shares. */
export function closingCost<T>(n: i32, d: i32, shares: i32): f64 {
  return scale<T>() * <f64>n * <f64>d * (2 + 0.4 * <f64>shares);
}

/** All queries of one replica. */
export function queryCost<T>(n: i32, m: i32, d: i32, e: i32): f64 {
  return scale<T>() * <f64>n * <f64>m * (2 + 0.15 * <f64>(d + e));
}

/** Moments of one replica, or series in them. */
export function circleCost(n: i32, even: i32): f64 {
  return <f64>n * (8 + 1.5 * <f64>even);
}
