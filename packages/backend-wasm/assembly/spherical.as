/** The spherical kernels, replica by replica; all in double precision, whatever the points are stored in. */
import { harmonicSums, paddedPoints, places, splitPoints, sumScratch, velocities } from "./spherical-sums";

/** Bytes of scratch: points, velocities, sums, series, accumulators. */
export function sphericalScratch(n: i32, degree: i32): i32 {
  return 8 * 7 * paddedPoints(n) + (16 + 48) * places(degree) + sumScratch(degree);
}

// @ts-ignore: decorator
@inline
function number(array: usize, index: i32): f64 {
  return load<f64>(array + (<usize>index << 3));
}

/** M_km at k^2 + k + m of the replicas `from` to `to`. The table holds fall, scale and slope, a number each for every place. */
export function sphericalMoments<T>(x: usize, out: usize, from: i32, to: i32, n: i32, degree: i32, table: usize, scratch: usize): void {
  const scale = table + (<usize>places(degree) << 3);
  const sums = scratch + 8 * 7 * <usize>paddedPoints(n);
  const size = (degree + 1) * (degree + 1);
  for (let replica = from; replica < to; replica++) {
    splitPoints<T>(x + <usize>replica * <usize>(3 * n) * sizeof<T>(), n, scratch);
    harmonicSums(scratch, n, degree, table, sums, sums + (<usize>places(degree) << 4));
    const target = out + <usize>replica * <usize>size * sizeof<T>();
    let t = 0;
    for (let m = 0; m <= degree; m++) {
      for (let k = m; k <= degree; k++) {
        const centre = k * k + k;
        const weight = number(scale, t);
        if (m > 0) store<T>(target + <usize>(centre - m) * sizeof<T>(), <T>((weight * number(sums, 2 * t + 1)) / <f64>n));
        store<T>(target + <usize>(centre + m) * sizeof<T>(), <T>((weight * number(sums, 2 * t)) / <f64>n));
        t++;
      }
    }
  }
}

/** Six numbers a place from the sums: a and b hold the coefficients of degrees 0..K divided by n; b is 0 where there is no denominator. */
function fillSeries(degree: i32, table: usize, a: usize, b: usize, sums: usize, series: usize): void {
  const scale = table + (<usize>places(degree) << 3);
  const slope = scale + (<usize>places(degree) << 3);
  let t = 0;
  for (let m = 0; m <= degree; m++) {
    // From (k, m) back to (k, m - 1).
    const back = degree - m + 1;
    for (let k = m; k <= degree; k++) {
      const sum = v128.load(sums + (<usize>t << 4));
      const weight = number(scale, t) * number(scale, t);
      const to = series + 48 * <usize>t;
      v128.store(to, f64x2.mul(f64x2.splat(number(a, k) * weight), sum));
      if (m > 0) {
        const before = t - back;
        const turn = number(a, k) * number(slope, t) * number(scale, t) * number(scale, before);
        v128.store(to, f64x2.mul(f64x2.splat(turn), v128.load(sums + (<usize>before << 4))), 16);
      } else {
        v128.store(to, f64x2.splat(0), 16);
      }
      if (b) v128.store(to, f64x2.mul(f64x2.splat(number(b, k) * weight), sum), 32);
      t++;
    }
  }
}

/** v (n, 3) of the replicas `from` to `to`. */
export function sphericalDrift<T>(x: usize, out: usize, from: i32, to: i32, n: i32, degree: i32, table: usize, a: usize, b: usize, scratch: usize): void {
  const bytes = <usize>paddedPoints(n) << 3;
  const found = scratch + 4 * bytes;
  const sums = found + 3 * bytes;
  const series = sums + (<usize>places(degree) << 4);
  for (let replica = from; replica < to; replica++) {
    const at = <usize>replica * <usize>(3 * n) * sizeof<T>();
    splitPoints<T>(x + at, n, scratch);
    harmonicSums(scratch, n, degree, table, sums, series + 48 * <usize>places(degree));
    fillSeries(degree, table, a, b, sums, series);
    for (let i: usize = 0; i < bytes; i += 32) {
      if (b) velocities<i64>(scratch + i, bytes, degree, table, series, found + i);
      else velocities<i32>(scratch + i, bytes, degree, table, series, found + i);
    }
    let target = out + at;
    for (let i = 0; i < n; i++) {
      const source = found + (<usize>i << 3);
      store<T>(target, <T>load<f64>(source));
      store<T>(target, <T>load<f64>(source + bytes), sizeof<T>());
      store<T>(target, <T>load<f64>(source + 2 * bytes), 2 * sizeof<T>());
      target += 3 * sizeof<T>();
    }
  }
}
