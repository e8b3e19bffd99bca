/** What the module exports: one function a kernel and a dtype, on pointers into the one memory. */
import { elementwise } from "./elementwise";
import * as replicas from "./replicas";
import * as softmax from "./row-softmax";

export * from "./array-exports";
export { chunkScratch, circleScratch } from "./circle";
export { gather } from "./crew";
export { QUERY_NUMBERS } from "./general-attention";
export { STRIP_NUMBERS } from "./pairs";
export { generalScratch, stepScratch, tokenScratch } from "./replicas";
export { task } from "./tasks";

/** Where memory not taken by the module's own tables begins. */
export function heapBase(): i32 {
  return <i32>__heap_base;
}

export function attentionDrift_f32(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, scratch: usize, own: usize): void {
  replicas.attentionDrift<f32>(x, out, batch, n, d, beta, shift, flags, scratch, own);
}
export function attentionDrift_f64(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, scratch: usize, own: usize): void {
  replicas.attentionDrift<f64>(x, out, batch, n, d, beta, shift, flags, scratch, own);
}
export function attentionStep_f32(x: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  replicas.attentionStep<f32>(x, batch, n, d, beta, shift, flags, stages, tableau, repeat, scratch, own);
}
export function attentionStep_f64(x: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, flags: i32, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  replicas.attentionStep<f64>(x, batch, n, d, beta, shift, flags, stages, tableau, repeat, scratch, own);
}
export function attention_f32(q: usize, k: usize, v: usize, y: usize, batch: i32, n: i32, m: i32, d: i32, e: i32, beta: f64, shift: f64, flags: i32, scratch: usize, own: usize): void {
  replicas.attention<f32>(q, k, v, y, batch, n, m, d, e, beta, shift, flags, scratch, own);
}
export function attention_f64(q: usize, k: usize, v: usize, y: usize, batch: i32, n: i32, m: i32, d: i32, e: i32, beta: f64, shift: f64, flags: i32, scratch: usize, own: usize): void {
  replicas.attention<f64>(q, k, v, y, batch, n, m, d, e, beta, shift, flags, scratch, own);
}
export function interactionSums_f32(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, scratch: usize, own: usize): void {
  replicas.interactionSums<f32>(x, out, batch, n, d, beta, shift, scratch, own);
}
export function interactionSums_f64(x: usize, out: usize, batch: i32, n: i32, d: i32, beta: f64, shift: f64, scratch: usize, own: usize): void {
  replicas.interactionSums<f64>(x, out, batch, n, d, beta, shift, scratch, own);
}
export function harmonicMoments_f32(theta: usize, out: usize, batch: i32, n: i32, order: i32, scratch: usize, own: usize): void {
  replicas.harmonicMoments<f32>(theta, out, batch, n, order, scratch, own);
}
export function harmonicMoments_f64(theta: usize, out: usize, batch: i32, n: i32, order: i32, scratch: usize, own: usize): void {
  replicas.harmonicMoments<f64>(theta, out, batch, n, order, scratch, own);
}
export function harmonicDrift_f32(theta: usize, out: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, scratch: usize, own: usize): void {
  replicas.harmonicDrift<f32>(theta, out, batch, n, even, a, b, b0, scratch, own);
}
export function harmonicDrift_f64(theta: usize, out: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, scratch: usize, own: usize): void {
  replicas.harmonicDrift<f64>(theta, out, batch, n, even, a, b, b0, scratch, own);
}
export function harmonicStep_f32(theta: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  replicas.harmonicStep<f32>(theta, batch, n, even, a, b, b0, stages, tableau, repeat, scratch, own);
}
export function harmonicStep_f64(theta: usize, batch: i32, n: i32, even: i32, a: usize, b: usize, b0: f64, stages: i32, tableau: usize, repeat: i32, scratch: usize, own: usize): void {
  replicas.harmonicStep<f64>(theta, batch, n, even, a, b, b0, stages, tableau, repeat, scratch, own);
}
export function exp_f32(x: usize, y: usize, from: i32, to: i32): void {
  elementwise<f32>(x, y, from, to, false);
}
export function exp_f64(x: usize, y: usize, from: i32, to: i32): void {
  elementwise<f64>(x, y, from, to, false);
}
export function tanh_f32(x: usize, y: usize, from: i32, to: i32): void {
  elementwise<f32>(x, y, from, to, true);
}
export function tanh_f64(x: usize, y: usize, from: i32, to: i32): void {
  elementwise<f64>(x, y, from, to, true);
}
export function rowSoftmax_f32(x: usize, y: usize, from: i32, to: i32, m: i32, period: i32): void {
  softmax.rowSoftmax<f32>(x, y, from, to, m, period);
}
export function rowSoftmax_f64(x: usize, y: usize, from: i32, to: i32, m: i32, period: i32): void {
  softmax.rowSoftmax<f64>(x, y, from, to, m, period);
}
