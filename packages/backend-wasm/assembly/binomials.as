/** Binomial counts with the bits of drawBinomial of @mesoscope/numerics: inversion for means below 10, transformed rejection above, drawn in order from one stream a replica. */
import { logBinomialDensity } from "./binomial-density";
import { exactExp } from "./exponential";
import { scalarLog, scalarLog1p } from "./logarithm";
import { keyWord } from "./philox";
import { openStream, STREAM_BYTES, uniform, uniformOpen } from "./stream";
import { element } from "./vectors";

/** Bytes of scratch. */
export function binomialsScratch(): i32 {
  return STREAM_BYTES;
}

/** Search along the distribution function from 0 upwards, for n p < 10. */
function byInversion(stream: usize, n: f64, p: f64): f64 {
  const odds = p / (1 - p);
  const none = f64x2.extract_lane(exactExp(f64x2.splat(n * scalarLog1p(-p))), 0);
  const last = min<f64>(n, 200);
  while (true) {
    let mass = none;
    let left = uniform(stream);
    for (let k: f64 = 0; k <= last; k += 1) {
      if (left < mass) return k;
      left -= mass;
      mass *= ((n - k) / (k + 1)) * odds;
    }
  }
}

/** P(k) / P(mode) as a short product. */
function ratioToMode(n: f64, p: f64, mode: f64, k: f64): f64 {
  let ratio: f64 = 1;
  const end = max<f64>(k, mode);
  for (let j = min<f64>(k, mode) + 1; j <= end; j += 1) ratio *= ((n - j + 1) / j) * (p / (1 - p));
  return k < mode ? 1 / ratio : ratio;
}

/** Whether `level`, the height under the hat in units of the mode's mass, accepts k, decided by the least work that decides it. */
function accepts(n: f64, p: f64, mode: f64, k: f64, level: f64): bool {
  const distance = abs(k - mode);
  if (distance <= 20) return level <= ratioToMode(n, p, mode, k);
  const logLevel = scalarLog(level);
  const variance = n * p * (1 - p);
  const excess = logLevel + (distance * distance) / (2 * variance);
  const band = (distance / variance) * (((distance / 3 + 0.625) * distance + 1.0 / 6) / variance + 0.5);
  if (distance < 0.5 * variance - 1 && abs(excess) > band) return excess < 0;
  return logLevel <= logBinomialDensity(k, n, p, 1 - p) - logBinomialDensity(mode, n, p, 1 - p);
}

/** Hoermann's transformed rejection with squeeze, for n p >= 10, p <= 1/2. */
function byRejection(stream: usize, n: f64, p: f64): f64 {
  const mean = n * p;
  const deviation = sqrt(mean * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = floor(mean);
  const rest = mean - centre + 0.5;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const squeeze = 0.92 - 4.2 / b;
  while (true) {
    let v = uniformOpen(stream);
    let u = v / squeeze - 0.43;
    if (u <= 0.43) return centre + floor(((2 * a) / (0.5 - abs(u)) + b) * u + rest);
    if (v < squeeze) {
      const side = u - 0.5;
      u = (side < 0 ? -0.5 : 0.5) - side;
      v = squeeze * uniformOpen(stream);
    } else {
      u = uniformOpen(stream) - 0.5;
    }
    const depth = 0.5 - abs(u);
    const k = centre + floor(((2 * a) / depth + b) * u + rest);
    if (k >= 0 && k <= n && accepts(n, p, floor((n + 1) * p), k, (v * alpha) / (a / (depth * depth) + b))) return k;
  }
}

function fewSuccesses(stream: usize, n: f64, p: f64): f64 {
  return n * p < 10 ? byInversion(stream, n, p) : byRejection(stream, n, p);
}

function draw(stream: usize, n: f64, p: f64): f64 {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (n == 0 || p == 0) return 0;
  if (p == 1) return n;
  return p <= 0.5 ? fewSuccesses(stream, n, p) : n - fewSuccesses(stream, n, 1 - p);
}

/** Counts of the replicas `from` to `to`, n each. */
export function binomials<T>(keys: usize, p: usize, out: usize, from: i32, to: i32, n: i32, trials: f64, stream: usize): void {
  for (let replica = from; replica < to; replica++) {
    const key = element<T>(keys, 4 * replica);
    openStream(stream, keyWord<T>(key), keyWord<T>(key + 2 * sizeof<T>()));
    for (let i = replica * n; i < (replica + 1) * n; i++) store<T>(element<T>(out, i), <T>draw(stream, trials, <f64>load<T>(element<T>(p, i))));
  }
}
