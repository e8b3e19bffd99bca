/** @file The problem that all solve: the drift of softmax attention with Q = K = V = I on the sphere, [eq:sa]. */

/**
 * n unit tokens in R^d, uniform on the sphere, the same for everybody and in every run.
 * @param {{ key: Function }} numerics the built package
 */
export function unitTokens(numerics, n, d) {
  const x = numerics.key("kernel speed").fold(n, d).stream().fillNormal(new Float64Array(n * d));
  for (let at = 0; at < x.length; at += d) {
    const row = x.subarray(at, at + d);
    const length = Math.sqrt(row.reduce((square, value) => square + value * value, 0));
    for (let k = 0; k < d; k++) row[k] /= length;
  }
  return x;
}

/** Largest error that is still the same drift, whose entries are of order one at most. */
export const TOLERANCE = { f64: 1e-12, f32: 2e-5 };
