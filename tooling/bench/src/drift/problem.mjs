/** @file The problem that all solve: the drift of softmax attention with Q = K = V = I on the sphere, [eq:attention-drift]. */

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

/**
 * The largest error of a drift.
 * @throws RangeError when it is not the same drift: nobody is timed for another problem
 */
export function errorOf(title, drift, truth, tolerance) {
  if (drift.length !== truth.length) throw new RangeError(`${title}: ${drift.length} numbers, must be ${truth.length}: not the same drift`);
  let largest = 0;
  for (let at = 0; at < truth.length; at++) {
    const error = Math.abs(drift[at] - truth[at]);
    if (!(error < tolerance)) throw new RangeError(`${title}: element ${at} is ${drift[at]}, must be ${truth[at]} within ${tolerance}: not the same drift`);
    largest = Math.max(largest, error);
  }
  return largest;
}
