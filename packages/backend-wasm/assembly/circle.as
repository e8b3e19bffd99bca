/**
 * The harmonic kernels of one replica: moments, drift, Runge-Kutta steps. All in double precision, whatever the angles are stored in.
 * Particles are divided into at most CHUNKS chunks, a division that n alone decides. Chunks may be done in any order and on any thread;
 * their sums are added in order.
 */
import { circleCost } from "./costs";
import { ask, divides, Job } from "./crew";
import { BLOCK, imaginaryParts, momentScratch, momentSums } from "./harmonic-sums";
import { grouped, turn, unitCircle } from "./unit-circle";

// @ts-ignore: decorator
@inline
const CHUNKS: i32 = 32;

/** Particles of a chunk: whole blocks of a sum. */
// @ts-ignore: decorator
@inline
function chunkSize(n: i32): i32 {
  return BLOCK * ((n + BLOCK * CHUNKS - 1) / (BLOCK * CHUNKS));
}

export function chunks(n: i32): i32 {
  return (n + chunkSize(n) - 1) / chunkSize(n);
}

// Arrays of n doubles in a replica's scratch; slopes, one for each stage, are the last of them.
// @ts-ignore: decorator
@inline
const ANGLES: i32 = 0;
// @ts-ignore: decorator
@inline
const FRESH: i32 = 1; // points of the angles, cosines and then sines
// @ts-ignore: decorator
@inline
const TURNED: i32 = 3; // points of a later stage
// @ts-ignore: decorator
@inline
const DELTA: i32 = 5;
// @ts-ignore: decorator
@inline
const BELOW: i32 = 6; // denominators
// @ts-ignore: decorator
@inline
const SLOPES: i32 = 7;

// @ts-ignore: decorator
@inline
function array(scratch: usize, n: i32, index: i32): usize {
  return scratch + <usize>(index * grouped(n)) * 8;
}

/** Behind the arrays: all sums, two series, the sums of each chunk; `even` complex numbers each. */
// @ts-ignore: decorator
@inline
function series(scratch: usize, n: i32, even: i32, stages: i32, index: i32): usize {
  return array(scratch, n, SLOPES + stages) + <usize>(index * even) * 16;
}

/** Bytes of a replica's scratch; moments have no stage, a drift has one. */
export function circleScratch(n: i32, even: i32, stages: i32): i32 {
  return 8 * (SLOPES + stages) * grouped(n) + 16 * even * (3 + chunks(n));
}

/** Bytes of a thread's own scratch. */
export function chunkScratch(even: i32): i32 {
  return momentScratch(even);
}

/** Angles to doubles, the padding 0. */
export function openCircle<T>(theta: usize, n: i32, scratch: usize): void {
  const angles = array(scratch, n, ANGLES);
  for (let i = 0; i < n; i++) store<f64>(angles + (<usize>i << 3), <f64>load<T>(theta + <usize>i * sizeof<T>()));
  for (let i = n; i < grouped(n); i++) store<f64>(angles + (<usize>i << 3), 0);
}

/** Whether a stage starts elsewhere than the step. `tableau` holds its rows, `stages` numbers each. */
// @ts-ignore: decorator
@inline
function moved(tableau: usize, stages: i32, stage: i32): bool {
  for (let s = 0; s < stage; s++) if (load<f64>(tableau + <usize>((stage * stages + s) * 8)) != 0) return true;
  return false;
}

/** Points of a stage for one chunk, and the sums of their powers. Fresh sines once a step, turned for its other stages. */
export function gatherTask(n: i32, even: i32, stages: i32, tableau: usize, stage: i32, scratch: usize, chunk: i32, own: usize): void {
  const begin = chunk * chunkSize(n);
  const end = min(n, begin + chunkSize(n));
  const bytes = <usize>grouped(n) << 3;
  const c0 = array(scratch, n, FRESH);
  let cosine = c0;
  if (stage == 0) {
    unitCircle(array(scratch, n, ANGLES), n, begin, end, c0, c0 + bytes);
  } else if (moved(tableau, stages, stage)) {
    const delta = array(scratch, n, DELTA);
    combine(tableau + <usize>(stage * stages * 8), stage, array(scratch, n, SLOPES), bytes, begin, end, delta);
    cosine = array(scratch, n, TURNED);
    turn(c0, c0 + bytes, delta, array(scratch, n, ANGLES), n, begin, end, cosine, cosine + bytes);
  }
  momentSums(cosine, cosine + bytes, begin, grouped(end), even, series(scratch, n, even, stages, 3 + chunk), own);
}

/**
 * The sums of all chunks, and the series of the velocities. a and b hold `even` coefficients each, divided by n, for m = 1..even; either
 * is 0 where there is none.
 */
export function closeMoments(n: i32, even: i32, stages: i32, a: usize, b: usize, scratch: usize): void {
  const sums = series(scratch, n, even, stages, 0);
  const above = series(scratch, n, even, stages, 1);
  const below = series(scratch, n, even, stages, 2);
  for (let m = 0; m < even; m++) {
    const at = <usize>m << 4;
    let sum = f64x2.splat(0);
    for (let chunk = 0; chunk < chunks(n); chunk++) sum = f64x2.add(sum, v128.load(series(scratch, n, even, stages, 3 + chunk) + at));
    v128.store(sums + at, sum);
    if (a) v128.store(above + at, f64x2.mul(v128.load64_splat(a + (<usize>m << 3)), sum));
    if (!b) continue;
    // Re W zeta^m = Im (i W) zeta^m.
    const w = f64x2.mul(v128.load64_splat(b + (<usize>m << 3)), sum);
    store<f64>(below + at, -f64x2.extract_lane(w, 1));
    store<f64>(below + at, f64x2.extract_lane(w, 0), 8);
  }
}

/** Velocities of one chunk at the points of a stage; b0 is the zeroth coefficient of the denominator, if there is one. */
export function velocityTask(n: i32, even: i32, stages: i32, tableau: usize, stage: i32, quotient: bool, b0: f64, scratch: usize, chunk: i32): void {
  const begin = chunk * chunkSize(n);
  const end = min(n, begin + chunkSize(n));
  const bytes = <usize>grouped(n) << 3;
  const cosine = array(scratch, n, stage > 0 && moved(tableau, stages, stage) ? TURNED : FRESH);
  const velocity = array(scratch, n, SLOPES + stage);
  imaginaryParts(cosine, cosine + bytes, begin, end, even, series(scratch, n, even, stages, 1), velocity);
  if (!quotient) return;
  const below = array(scratch, n, BELOW);
  imaginaryParts(cosine, cosine + bytes, begin, end, even, series(scratch, n, even, stages, 2), below);
  for (let i = begin; i < end; i += 2) {
    const at = <usize>i << 3;
    v128.store(velocity + at, f64x2.div(v128.load(velocity + at), f64x2.add(f64x2.splat(b0), v128.load(below + at))));
  }
}

/** The end of a step for one chunk, rounded to what is stored, so that many steps in one submission are many submissions of one step. */
export function advanceTask<T>(n: i32, stages: i32, tableau: usize, scratch: usize, chunk: i32): void {
  const begin = chunk * chunkSize(n);
  const end = min(n, begin + chunkSize(n));
  const angles = array(scratch, n, ANGLES);
  const delta = array(scratch, n, DELTA);
  combine(tableau + <usize>(stages * stages * 8), stages, array(scratch, n, SLOPES), <usize>grouped(n) << 3, begin, end, delta);
  for (let i = begin; i < end; i++) {
    const at = <usize>i << 3;
    store<f64>(angles + at, <f64><T>(load<f64>(angles + at) + load<f64>(delta + at)));
  }
}

/** delta = sum_s weight_s slope_s. */
function combine(weights: usize, count: i32, slopes: usize, bytes: usize, begin: i32, end: i32, delta: usize): void {
  const until = <usize>grouped(end) << 3;
  memory.fill(delta + (<usize>begin << 3), 0, until - (<usize>begin << 3));
  for (let s = 0; s < count; s++) {
    const weight = load<f64>(weights + (<usize>s << 3));
    if (weight == 0) continue;
    const slope = slopes + <usize>s * bytes;
    for (let at = <usize>begin << 3; at < until; at += 16) {
      v128.store(delta + at, f64x2.add(v128.load(delta + at), f64x2.mul(f64x2.splat(weight), v128.load(slope + at))));
    }
  }
}

/** Z_k, k = 0..order, (re, im) each, from sums that have been closed. */
export function writeMoments<T>(n: i32, order: i32, scratch: usize, out: usize): void {
  const sums = series(scratch, n, (order + 1) & ~1, 0, 0);
  store<T>(out, <T>1);
  store<T>(out, <T>0, sizeof<T>());
  for (let at = 0; at < 2 * order; at++) {
    store<T>(out + <usize>(at + 2) * sizeof<T>(), <T>(load<f64>(sums + (<usize>at << 3)) / <f64>n));
  }
}

/** The angles, or the velocities of a drift. */
export function writeCircle<T>(n: i32, scratch: usize, velocities: bool, out: usize): void {
  const from = array(scratch, n, velocities ? SLOPES : ANGLES);
  for (let i = 0; i < n; i++) store<T>(out + <usize>i * sizeof<T>(), <T>load<f64>(from + (<usize>i << 3)));
}

/** The points of a stage and all sums of their powers, chunk by chunk. */
function gatherAll(n: i32, even: i32, stages: i32, tableau: usize, stage: i32, scratch: usize, own: usize): void {
  if (divides(circleCost(n, even))) ask<f64>(Job.Gather, chunks(n), n, even, stages, <f64>tableau, stage, <f64>scratch, <f64>own);
  else for (let chunk = 0; chunk < chunks(n); chunk++) gatherTask(n, even, stages, tableau, stage, scratch, chunk, own);
}

/** The moments of one replica. */
export function moments<T>(theta: usize, n: i32, order: i32, out: usize, scratch: usize, own: usize): void {
  const even = (order + 1) & ~1;
  openCircle<T>(theta, n, scratch);
  gatherAll(n, even, 0, 0, 0, scratch, own);
  closeMoments(n, even, 0, 0, 0, scratch);
  writeMoments<T>(n, order, scratch, out);
}

/** One stage of one replica. */
function stageOf(n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, stage: i32, scratch: usize, own: usize): void {
  gatherAll(n, even, stages, tableau, stage, scratch, own);
  closeMoments(n, even, stages, a, b, scratch);
  if (divides(circleCost(n, even))) ask<f64>(Job.Velocity, chunks(n), n, even, stages, <f64>tableau, stage, b != 0 ? 1 : 0, b0, <f64>scratch);
  else for (let chunk = 0; chunk < chunks(n); chunk++) velocityTask(n, even, stages, tableau, stage, b != 0, b0, scratch, chunk);
}

/** v (n) of one replica. */
export function drift<T>(theta: usize, n: i32, even: i32, a: usize, b: usize, b0: f64, out: usize, scratch: usize, own: usize): void {
  openCircle<T>(theta, n, scratch);
  stageOf(n, even, a, b, b0, 1, 0, 0, scratch, own);
  writeCircle<T>(n, scratch, true, out);
}

/** `repeat` steps of one replica in place; the tableau as in runge-kutta.as. */
export function circleSteps<T>(theta: usize, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  openCircle<T>(theta, n, scratch);
  for (let count = 0; count < repeat; count++) {
    for (let stage = 0; stage < stages; stage++) stageOf(n, even, a, b, b0, stages, tableau, stage, scratch, own);
    // Rounding to what is stored is the only thing that depends on the type.
    if (divides(circleCost(n, even))) ask<T>(Job.Advance, chunks(n), n, stages, <f64>tableau, <f64>scratch);
    else for (let chunk = 0; chunk < chunks(n); chunk++) advanceTask<T>(n, stages, tableau, scratch, chunk);
  }
  writeCircle<T>(n, scratch, false, theta);
}
