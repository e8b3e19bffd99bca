/** The harmonic kernels of one replica: moments, drift, Runge-Kutta steps. All in double precision, whatever the angles are stored in. */
import { imaginaryParts, momentScratch, momentSums } from "./harmonic-sums";
import { grouped, turn, unitCircle } from "./unit-circle";

/** Angles to doubles, the padding 0. */
// @ts-ignore: decorator
@inline
function widen<T>(theta: usize, n: i32, out: usize): void {
  for (let i = 0; i < n; i++) store<f64>(out + (<usize>i << 3), <f64>load<T>(theta + <usize>i * sizeof<T>()));
  for (let i = n; i < grouped(n); i++) store<f64>(out + (<usize>i << 3), 0);
}

/** Bytes of scratch: angles, points, velocity, denominator; sums, series, accumulators. */
export function circleScratch(n: i32, even: i32): i32 {
  return 8 * 5 * grouped(n) + 32 * even + momentScratch(even);
}

/** Z_k, k = 0..order, (re, im) each. */
export function moments<T>(theta: usize, n: i32, order: i32, out: usize, scratch: usize): void {
  const bytes = <usize>grouped(n) << 3;
  const even = (order + 1) & ~1;
  const angles = scratch;
  const cosine = angles + bytes;
  const sine = cosine + bytes;
  const sums = sine + bytes;
  widen<T>(theta, n, angles);
  unitCircle(angles, n, cosine, sine);
  momentSums(cosine, sine, n, even, sums, sums + (<usize>even << 4));
  store<T>(out, <T>1);
  store<T>(out, <T>0, sizeof<T>());
  for (let at = 0; at < 2 * order; at++) {
    store<T>(out + <usize>(at + 2) * sizeof<T>(), <T>(load<f64>(sums + (<usize>at << 3)) / <f64>n));
  }
}

/**
 * Velocities from points. a and b hold `even` coefficients each, divided by n, for m = 1..even; b is 0 where there is no
 * denominator, b0 its zeroth.
 */
function velocities(cosine: usize, sine: usize, n: i32, even: i32, a: usize, b: usize, b0: f64, velocity: usize, scratch: usize): void {
  const sums = scratch;
  const series = sums + (<usize>even << 4);
  const rest = series + (<usize>even << 4);
  momentSums(cosine, sine, n, even, sums, rest);
  for (let m = 0; m < even; m++) {
    const at = <usize>m << 4;
    v128.store(series + at, f64x2.mul(v128.load64_splat(a + (<usize>m << 3)), v128.load(sums + at)));
  }
  imaginaryParts(cosine, sine, n, even, series, velocity);
  if (!b) return;
  // Re W zeta^m = Im (i W) zeta^m.
  for (let m = 0; m < even; m++) {
    const at = <usize>m << 4;
    const w = f64x2.mul(v128.load64_splat(b + (<usize>m << 3)), v128.load(sums + at));
    store<f64>(series + at, -f64x2.extract_lane(w, 1));
    store<f64>(series + at, f64x2.extract_lane(w, 0), 8);
  }
  const below = rest;
  imaginaryParts(cosine, sine, n, even, series, below);
  for (let i = 0; i < n; i += 2) {
    const at = <usize>i << 3;
    v128.store(velocity + at, f64x2.div(v128.load(velocity + at), f64x2.add(f64x2.splat(b0), v128.load(below + at))));
  }
}

/** Bytes of scratch of velocities. */
function velocityScratch(n: i32, even: i32): i32 {
  return 32 * even + max(momentScratch(even), 8 * grouped(n));
}

export function driftScratch(n: i32, even: i32): i32 {
  return 8 * 4 * grouped(n) + velocityScratch(n, even);
}

/** v (n) of one replica. */
export function drift<T>(theta: usize, n: i32, even: i32, a: usize, b: usize, b0: f64, out: usize, scratch: usize): void {
  const bytes = <usize>grouped(n) << 3;
  const angles = scratch;
  const cosine = angles + bytes;
  const sine = cosine + bytes;
  const velocity = sine + bytes;
  widen<T>(theta, n, angles);
  unitCircle(angles, n, cosine, sine);
  velocities(cosine, sine, n, even, a, b, b0, velocity, velocity + bytes);
  for (let i = 0; i < n; i++) store<T>(out + <usize>i * sizeof<T>(), <T>load<f64>(velocity + (<usize>i << 3)));
}

export function circleStepScratch(n: i32, even: i32, stages: i32): i32 {
  return 8 * (6 + stages) * grouped(n) + velocityScratch(n, even);
}

/** `repeat` steps of one replica in place; the tableau as in runge-kutta.as. Fresh sines once a step, turned for its other stages. */
export function circleSteps<T>(theta: usize, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize): void {
  const bytes = <usize>grouped(n) << 3;
  const angles = scratch;
  const c0 = angles + bytes;
  const s0 = c0 + bytes;
  const cosine = s0 + bytes;
  const sine = cosine + bytes;
  const delta = sine + bytes;
  const slopes = delta + bytes;
  const rest = slopes + <usize>stages * bytes;
  widen<T>(theta, n, angles);
  for (let count = 0; count < repeat; count++) {
    unitCircle(angles, n, c0, s0);
    for (let stage = 0; stage < stages; stage++) {
      const slope = slopes + <usize>stage * bytes;
      if (combine(tableau + (<usize>(stage * stages) << 3), stage, slopes, bytes, delta)) {
        turn(c0, s0, delta, angles, n, cosine, sine);
        velocities(cosine, sine, n, even, a, b, b0, slope, rest);
      } else {
        velocities(c0, s0, n, even, a, b, b0, slope, rest);
      }
    }
    combine(tableau + (<usize>(stages * stages) << 3), stages, slopes, bytes, delta);
    // Rounded to what is stored, so that many steps in one submission are many submissions of one step.
    for (let i = 0; i < n; i++) {
      const at = <usize>i << 3;
      store<f64>(angles + at, <f64><T>(load<f64>(angles + at) + load<f64>(delta + at)));
    }
  }
  for (let i = 0; i < n; i++) store<T>(theta + <usize>i * sizeof<T>(), <T>load<f64>(angles + (<usize>i << 3)));
}

/** delta = sum_s weight_s slope_s; false, and delta 0, when every weight is 0. */
function combine(weights: usize, count: i32, slopes: usize, bytes: usize, delta: usize): bool {
  memory.fill(delta, 0, bytes);
  let any = false;
  for (let s = 0; s < count; s++) {
    const weight = load<f64>(weights + (<usize>s << 3));
    if (weight == 0) continue;
    any = true;
    const slope = slopes + <usize>s * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(delta + at, f64x2.add(v128.load(delta + at), f64x2.mul(f64x2.splat(weight), v128.load(slope + at))));
    }
  }
  return any;
}
