/** Logarithm of the binomial law, as in @mesoscope/numerics, operation by operation. */
import { scalarLog, scalarLog1p } from "./logarithm";

// @ts-ignore: decorator
@inline
const TWO_PI: f64 = 6.283185307179586;

/** What Stirling's formula lacks, n = 1 ... 15. */
// @ts-ignore: decorator
@lazy
const STIRLING: usize = memory.data<f64>([
  0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
  0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972097,
  0.009255462182712733, 0.00833056343336287, 0.007573675487951841, 0.00694284010720953,
  0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
]);

function stirlingError(n: f64): f64 {
  if (n <= 15) return load<f64>(STIRLING + ((<usize>n - 1) << 3));
  const x = 1 / (n * n);
  return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - x / 1188) * x) * x) * x) / n;
}

function deviance(x: f64, m: f64): f64 {
  const difference = x - m;
  if (abs(difference) >= 0.1 * (x + m)) return x * scalarLog(x / m) - difference;
  const v = difference / (x + m);
  const square = v * v;
  let sum = difference * v;
  let term = 2 * x * v;
  let next = sum;
  let odd: f64 = 1;
  do {
    sum = next;
    odd += 2;
    term *= square;
    next = sum + term / odd;
  } while (next != sum);
  return sum;
}

/** log of C(n, k) p^k q^(n - k). */
export function logBinomialDensity(k: f64, n: f64, p: f64, q: f64): f64 {
  if (k == 0) return n * (p < 0.5 ? scalarLog1p(-p) : scalarLog(q));
  if (k == n) return n * (q < 0.5 ? scalarLog1p(-q) : scalarLog(p));
  const rest = n - k;
  const corrections = stirlingError(n) - stirlingError(k) - stirlingError(rest);
  const deviances = deviance(k, n * p) + deviance(rest, n * q);
  return corrections - deviances + 0.5 * scalarLog(n / (TWO_PI * k * rest));
}
