/** What the module exports: one function a kernel and a dtype, on pointers into the one memory. */
import { field, fieldScratch, interaction, pack, unpack } from "./attention";
import { elementwise } from "./elementwise";
import { generalAttention, generalScratch } from "./general-attention";
import { rowSoftmax } from "./row-softmax";
import { steps, stepScratch } from "./runge-kutta";
import { circleScratch, circleSteps, circleStepScratch, drift, driftScratch, moments } from "./circle";
import { padded } from "./tiles";

export * from "./array-exports";
export { circleScratch, circleStepScratch, driftScratch };

/** Where memory not taken by the module's own tables begins. */
export function heapBase(): i32 {
  return <i32>__heap_base;
}

function attentionDrift<T>(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: T, shift: T, flags: i32, scratch: usize): void {
  const packed = scratch;
  const bytes = <usize>(padded(n) * d) * sizeof<T>();
  const v = packed + bytes;
  for (let replica = 0; replica < batch; replica++) {
    const at = <usize>(n * d) * sizeof<T>() * <usize>replica;
    pack<T>(x + at, n, d, packed);
    field<T>(packed, n, d, beta, shift, flags, v, v + bytes);
    unpack<T>(v, n, d, out + at);
  }
}

function attentionStep<T>(x: usize, batch: i32, n: i32, d: i32, beta: T, shift: T, flags: i32, stages: i32, tableau: usize, repeat: i32, scratch: usize): void {
  for (let replica = 0; replica < batch; replica++) {
    steps<T>(x + <usize>(n * d) * sizeof<T>() * <usize>replica, n, d, beta, shift, flags, stages, tableau, repeat, scratch);
  }
}

function interactionSums<T>(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: T, shift: T, scratch: usize): void {
  const bytes = <usize>(padded(n) * d) * sizeof<T>();
  for (let replica = 0; replica < batch; replica++) {
    pack<T>(x + <usize>(n * d) * sizeof<T>() * <usize>replica, n, d, scratch);
    interaction<T>(scratch, n, d, beta, shift, out + <usize>n * sizeof<T>() * <usize>replica, scratch + bytes);
  }
}

function tokenScratch<T>(n: i32, d: i32): i32 {
  return 2 * <i32>sizeof<T>() * padded(n) * d + fieldScratch<T>(n);
}

export function attentionDrift_f32(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, scratch: usize): void {
  attentionDrift<f32>(x, out, batch, n, d, <f32>beta, <f32>shift, flags, scratch);
}
export function attentionDrift_f64(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, scratch: usize): void {
  attentionDrift<f64>(x, out, batch, n, d, beta, shift, flags, scratch);
}
export function attentionStep_f32(x: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, stages: i32, tableau: usize, repeat: i32, scratch: usize): void {
  attentionStep<f32>(x, batch, n, d, <f32>beta, <f32>shift, flags, stages, tableau, repeat, scratch);
}
export function attentionStep_f64(x: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, stages: i32, tableau: usize, repeat: i32, scratch: usize): void {
  attentionStep<f64>(x, batch, n, d, beta, shift, flags, stages, tableau, repeat, scratch);
}
export function interactionSums_f32(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, scratch: usize): void {
  interactionSums<f32>(x, out, batch, n, d, <f32>beta, <f32>shift, scratch);
}
export function interactionSums_f64(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, scratch: usize): void {
  interactionSums<f64>(x, out, batch, n, d, beta, shift, scratch);
}
/** Bytes of scratch of attentionDrift and interactionSums. */
export function tokenScratch_f32(n: i32, d: i32): i32 {
  return tokenScratch<f32>(n, d);
}
export function tokenScratch_f64(n: i32, d: i32): i32 {
  return tokenScratch<f64>(n, d);
}
/** Bytes of scratch of attentionStep. */
export function stepScratch_f32(n: i32, d: i32, stages: i32): i32 {
  return stepScratch<f32>(n, d, stages);
}
export function stepScratch_f64(n: i32, d: i32, stages: i32): i32 {
  return stepScratch<f64>(n, d, stages);
}

function harmonicMoments<T>(theta: usize, out: usize, batch: i32, n: i32, order: i32, scratch: usize): void {
  for (let replica = 0; replica < batch; replica++) {
    moments<T>(theta + <usize>(replica * n) * sizeof<T>(), n, order, out + <usize>(replica * (order + 1) * 2) * sizeof<T>(), scratch);
  }
}

function harmonicDrift<T>(theta: usize, out: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, scratch: usize): void {
  for (let replica = 0; replica < batch; replica++) {
    const at = <usize>(replica * n) * sizeof<T>();
    drift<T>(theta + at, n, even, a, b, b0, out + at, scratch);
  }
}

function harmonicStep<T>(theta: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize): void {
  for (let replica = 0; replica < batch; replica++) {
    circleSteps<T>(theta + <usize>(replica * n) * sizeof<T>(), n, even, a, b, b0, stages, tableau, repeat, scratch);
  }
}

export function harmonicMoments_f32(theta: usize, out: usize, batch: i32, n: i32, order: i32, scratch: usize): void {
  harmonicMoments<f32>(theta, out, batch, n, order, scratch);
}
export function harmonicMoments_f64(theta: usize, out: usize, batch: i32, n: i32, order: i32, scratch: usize): void {
  harmonicMoments<f64>(theta, out, batch, n, order, scratch);
}
export function harmonicDrift_f32(theta: usize, out: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, scratch: usize): void {
  harmonicDrift<f32>(theta, out, batch, n, even, a, b, b0, scratch);
}
export function harmonicDrift_f64(theta: usize, out: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, scratch: usize): void {
  harmonicDrift<f64>(theta, out, batch, n, even, a, b, b0, scratch);
}
export function harmonicStep_f32(theta: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize): void {
  harmonicStep<f32>(theta, batch, n, even, a, b, b0, stages, tableau, repeat, scratch);
}
export function harmonicStep_f64(theta: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize): void {
  harmonicStep<f64>(theta, batch, n, even, a, b, b0, stages, tableau, repeat, scratch);
}
export function exp_f32(x: usize, y: usize, count: i32): void {
  elementwise<f32>(x, y, count, false);
}
export function exp_f64(x: usize, y: usize, count: i32): void {
  elementwise<f64>(x, y, count, false);
}
export function tanh_f32(x: usize, y: usize, count: i32): void {
  elementwise<f32>(x, y, count, true);
}
export function tanh_f64(x: usize, y: usize, count: i32): void {
  elementwise<f64>(x, y, count, true);
}
export function rowSoftmax_f32(x: usize, y: usize, from: i32, to: i32, m: i32, period: i32): void {
  rowSoftmax<f32>(x, y, from, to, m, period);
}
export function rowSoftmax_f64(x: usize, y: usize, from: i32, to: i32, m: i32, period: i32): void {
  rowSoftmax<f64>(x, y, from, to, m, period);
}

function attention<T>(q: usize, k: usize, v: usize, y: usize, batch: i32, n: i32, m: i32, d: i32, e: i32, beta: T, shift: T, flags: i32, scratch: usize): void {
  for (let replica = 0; replica < batch; replica++) {
    generalAttention<T>(q, k, v, n, m, d, e, beta, shift, flags, y, scratch);
    q += <usize>(n * d) * sizeof<T>();
    k += <usize>(m * d) * sizeof<T>();
    v += <usize>(m * e) * sizeof<T>();
    y += <usize>(n * e) * sizeof<T>();
  }
}
export function attention_f32(q: usize, k: usize, v: usize, y: usize, batch: i32, n: i32, m: i32, d: i32, e: i32, beta: f64, shift: f64, flags: i32, scratch: usize): void {
  attention<f32>(q, k, v, y, batch, n, m, d, e, <f32>beta, <f32>shift, flags, scratch);
}
export function generalScratch_f32(n: i32, m: i32, d: i32, e: i32): i32 {
  return generalScratch<f32>(n, m, d, e);
}
export function attention_f64(q: usize, k: usize, v: usize, y: usize, batch: i32, n: i32, m: i32, d: i32, e: i32, beta: f64, shift: f64, flags: i32, scratch: usize): void {
  attention<f64>(q, k, v, y, batch, n, m, d, e, <f64>beta, <f64>shift, flags, scratch);
}
export function generalScratch_f64(n: i32, m: i32, d: i32, e: i32): i32 {
  return generalScratch<f64>(n, m, d, e);
}
