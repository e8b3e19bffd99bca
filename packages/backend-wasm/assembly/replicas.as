/**
 * Kernels over the replicas of a batch. Replicas do not see each other: many are divided over threads as they are, each thread with a
 * scratch of its own; few and large ones come one after the other, each divided in itself.
 */
import { field, interaction } from "./attention";
import { circleSteps, drift, moments } from "./circle";
import { circleCost, pairCost, queryCost } from "./costs";
import { ask, Job, replicasTogether } from "./crew";
import { generalAttention, generalNumbers } from "./general-attention";
import { pack, room, unpack } from "./layout";
import { fieldNumbers } from "./pairs";
import { steps, stepNumbers } from "./runge-kutta";

/** Whole cache lines, so that threads do not share one. */
// @ts-ignore: decorator
@inline
export function wholeLines(bytes: i32): i32 {
  return (bytes + 63) & ~63;
}

/** Bytes of scratch of a replica: drifts and sums, steps, general attention. */
export function tokenScratch(size: i32, n: i32, d: i32): i32 {
  return wholeLines(size * (2 * room(n) * d + fieldNumbers(n, d)));
}
export function stepScratch(size: i32, n: i32, d: i32, stages: i32): i32 {
  return wholeLines(size * stepNumbers(n, d, stages));
}
export function generalScratch(size: i32, n: i32, m: i32, d: i32, e: i32): i32 {
  return wholeLines(size * generalNumbers(n, m, d, e));
}

/** Address of a replica whose arrays hold `numbers` numbers. */
// @ts-ignore: decorator
@inline
function row<T>(array: usize, replica: i32, numbers: i32): usize {
  return array + <usize>replica * <usize>numbers * sizeof<T>();
}

/** Tasks of so many replicas each. */
// @ts-ignore: decorator
@inline
function tasks(batch: i32, together: i32): i32 {
  return (batch + together - 1) / together;
}

export function driftReplicas<T>(begin: i32, end: i32, x: usize, out: usize, n: i32, d: i32, beta: T, shift: T, flags: i32, scratch: usize, own: usize): void {
  const v = row<T>(scratch, 1, room(n) * d);
  for (let replica = begin; replica < end; replica++) {
    pack<T>(row<T>(x, replica, n * d), n, d, scratch);
    field<T>(scratch, n, d, beta, shift, flags, v, row<T>(v, 1, room(n) * d), own);
    unpack<T>(v, n, d, row<T>(out, replica, n * d), 0, n);
  }
}

export function attentionDrift<T>(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, scratch: usize, own: usize): void {
  const together = replicasTogether(batch, pairCost<T>(n, d));
  if (together > 0) ask<T>(Job.DriftReplicas, tasks(batch, together), together, batch, <f64>x, <f64>out, n, d, beta, shift, flags, <f64>scratch, <f64>own);
  else driftReplicas<T>(0, batch, x, out, n, d, <T>beta, <T>shift, flags, scratch, own);
}

export function stepReplicas<T>(begin: i32, end: i32, x: usize, n: i32, d: i32, beta: T, shift: T, flags: i32, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  for (let replica = begin; replica < end; replica++) steps<T>(row<T>(x, replica, n * d), n, d, beta, shift, flags, stages, tableau, repeat, scratch, own);
}

export function attentionStep<T>(x: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  const together = replicasTogether(batch, pairCost<T>(n, d) * <f64>stages * <f64>repeat);
  if (together > 0) ask<T>(Job.StepReplicas, tasks(batch, together), together, batch, <f64>x, n, d, beta, shift, flags, stages, <f64>tableau, repeat, <f64>scratch, <f64>own);
  else stepReplicas<T>(0, batch, x, n, d, <T>beta, <T>shift, flags, stages, tableau, repeat, scratch, own);
}

export function sumReplicas<T>(begin: i32, end: i32, x: usize, out: usize, n: i32, d: i32, beta: T, shift: T, scratch: usize, own: usize): void {
  for (let replica = begin; replica < end; replica++) {
    pack<T>(row<T>(x, replica, n * d), n, d, scratch);
    interaction<T>(scratch, n, d, beta, shift, row<T>(out, replica, n), row<T>(scratch, 1, room(n) * d), own);
  }
}

export function interactionSums<T>(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, scratch: usize, own: usize): void {
  const together = replicasTogether(batch, pairCost<T>(n, d));
  if (together > 0) ask<T>(Job.SumReplicas, tasks(batch, together), together, batch, <f64>x, <f64>out, n, d, beta, shift, <f64>scratch, <f64>own);
  else sumReplicas<T>(0, batch, x, out, n, d, <T>beta, <T>shift, scratch, own);
}

export function attentionReplicas<T>(begin: i32, end: i32, q: usize, k: usize, v: usize, y: usize, n: i32, m: i32, d: i32, e: i32, beta: T, shift: T, flags: i32, scratch: usize, own: usize): void {
  for (let replica = begin; replica < end; replica++) {
    generalAttention<T>(row<T>(q, replica, n * d), row<T>(k, replica, m * d), row<T>(v, replica, m * e), n, m, d, e, beta, shift, flags, row<T>(y, replica, n * e), scratch, own);
  }
}

export function attention<T>(q: usize, k: usize, v: usize, y: usize, batch: i32, n: i32, m: i32, d: i32, e: i32, beta: f64, shift: f64, flags: i32, scratch: usize, own: usize): void {
  const together = replicasTogether(batch, queryCost<T>(n, m, d, e));
  if (together > 0) ask<T>(Job.AttentionReplicas, tasks(batch, together), together, batch, <f64>q, <f64>k, <f64>v, <f64>y, n, m, d, e, beta, shift, flags, <f64>scratch, <f64>own);
  else attentionReplicas<T>(0, batch, q, k, v, y, n, m, d, e, <T>beta, <T>shift, flags, scratch, own);
}

export function momentReplicas<T>(begin: i32, end: i32, theta: usize, out: usize, n: i32, order: i32, scratch: usize, own: usize): void {
  for (let replica = begin; replica < end; replica++) moments<T>(row<T>(theta, replica, n), n, order, row<T>(out, replica, 2 * (order + 1)), scratch, own);
}

export function harmonicMoments<T>(theta: usize, out: usize, batch: i32, n: i32, order: i32, scratch: usize, own: usize): void {
  const together = replicasTogether(batch, circleCost(n, order));
  if (together > 0) ask<T>(Job.MomentReplicas, tasks(batch, together), together, batch, <f64>theta, <f64>out, n, order, <f64>scratch, <f64>own);
  else momentReplicas<T>(0, batch, theta, out, n, order, scratch, own);
}

export function circleDriftReplicas<T>(begin: i32, end: i32, theta: usize, out: usize, n: i32, even: i32, a: usize, b: usize, b0: f64, scratch: usize, own: usize): void {
  for (let replica = begin; replica < end; replica++) drift<T>(row<T>(theta, replica, n), n, even, a, b, b0, row<T>(out, replica, n), scratch, own);
}

export function harmonicDrift<T>(theta: usize, out: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, scratch: usize, own: usize): void {
  const together = replicasTogether(batch, 2 * circleCost(n, even));
  if (together > 0) ask<T>(Job.CircleDriftReplicas, tasks(batch, together), together, batch, <f64>theta, <f64>out, n, even, <f64>a, <f64>b, b0, <f64>scratch, <f64>own);
  else circleDriftReplicas<T>(0, batch, theta, out, n, even, a, b, b0, scratch, own);
}

export function circleStepReplicas<T>(begin: i32, end: i32, theta: usize, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  for (let replica = begin; replica < end; replica++) circleSteps<T>(row<T>(theta, replica, n), n, even, a, b, b0, stages, tableau, repeat, scratch, own);
}

export function harmonicStep<T>(theta: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  const together = replicasTogether(batch, 2 * circleCost(n, even) * <f64>stages * <f64>repeat);
  if (together > 0) ask<T>(Job.CircleStepReplicas, tasks(batch, together), together, batch, <f64>theta, n, even, <f64>a, <f64>b, b0, stages, <f64>tableau, repeat, <f64>scratch, <f64>own);
  else circleStepReplicas<T>(0, batch, theta, n, even, a, b, b0, stages, tableau, repeat, scratch, own);
}
