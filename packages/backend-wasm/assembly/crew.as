/**
 * Work that may be divided over threads. A kernel describes a job once, in memory that all threads see, and asks for it; the host has every
 * thread take tasks of it (tasks.as) until none is left, and comes back when all are done. How many threads there are never decides what a
 * task is: a job leaves the same bytes however its tasks are spread, and also where the kernel does them itself, one after the other.
 */

/** Runs task(0) ... task(count - 1), each once, on the threads there are. */
// @ts-ignore: decorator
@external("env", "divide")
declare function divide(count: i32): void;

/** Threads that may come. */
let crew: i32 = 1;
let job: usize = 0;
/** While a task runs, here: tasks are not divided again. */
let busy: bool = false;

/** Jobs, by what one task of them is: a part of a kernel, or some replicas. */
export enum Job {
  Pairs,
  Tops,
  Tiles,
  Queries,
  Gather,
  Velocity,
  Advance,
  DriftReplicas,
  StepReplicas,
  SumReplicas,
  AttentionReplicas,
  MomentReplicas,
  CircleDriftReplicas,
  CircleStepReplicas,
}

/** Nanoseconds below which a kernel stays on the thread that calls it; a part of a divided kernel does below a quarter of that. */
let least: f64 = Infinity;
/** What one task should cost at least. */
// @ts-ignore: decorator
@inline
const TASK: f64 = 20_000;

/** Told by the host once: how many threads may come, where jobs are described (192 bytes), and from how many nanoseconds on work is divided. */
export function gather(threads: i32, at: usize, from: f64): void {
  crew = threads;
  job = at;
  least = from;
}

/** Whether there is anybody to divide work with. */
// @ts-ignore: decorator
@inline
export function mayDivide(): bool {
  return crew > 1 && !busy;
}

/** Whether work of about so many nanoseconds is divided. */
// @ts-ignore: decorator
@inline
export function divides(cost: f64): bool {
  return mayDivide() && cost >= least;
}

/** The same for a part of a kernel that is divided: threads are awake. */
// @ts-ignore: decorator
@inline
export function worthWhile(cost: f64): bool {
  return 4 * cost >= least;
}

/** Replicas of a task, or 0 where replicas are done one after the other: few of them, each worth a division of its own. */
export function replicasTogether(batch: i32, cost: f64): i32 {
  if (batch < 2 || !divides(<f64>batch * cost)) return 0;
  if (batch % crew != 0 && batch < 4 * crew && cost > 4 * least) return 0;
  const most = (batch + crew - 1) / crew;
  return min(most, max(1, <i32>Math.min(TASK / cost, <f64>most)));
}

/** Describes a job on numbers of type T, and has it done. Pointers and whole numbers travel as doubles, which hold them. */
export function ask<T>(kind: Job, tasks: i32, a: f64, b: f64 = 0, c: f64 = 0, d: f64 = 0, e: f64 = 0, f: f64 = 0, g: f64 = 0, h: f64 = 0, i: f64 = 0, j: f64 = 0, k: f64 = 0, l: f64 = 0, m: f64 = 0, n: f64 = 0, o: f64 = 0): void {
  store<i32>(job, kind);
  store<i32>(job, sizeof<T>(), 4);
  store<f64>(job, a, 8);
  store<f64>(job, b, 16);
  store<f64>(job, c, 24);
  store<f64>(job, d, 32);
  store<f64>(job, e, 40);
  store<f64>(job, f, 48);
  store<f64>(job, g, 56);
  store<f64>(job, h, 64);
  store<f64>(job, i, 72);
  store<f64>(job, j, 80);
  store<f64>(job, k, 88);
  store<f64>(job, l, 96);
  store<f64>(job, m, 104);
  store<f64>(job, n, 112);
  store<f64>(job, o, 120);
  divide(tasks);
}

export function kindOfJob(): i32 {
  return load<i32>(job);
}
export function sizeOfJob(): i32 {
  return load<i32>(job, 4);
}

/** What was asked for, by place: 0 is a. */
export function asked(index: i32): f64 {
  return load<f64>(job + <usize>(8 * index), 8);
}
export function address(index: i32): usize {
  return <usize>asked(index);
}
export function whole(index: i32): i32 {
  return <i32>asked(index);
}

export function enterTask(): void {
  busy = true;
}
export function leaveTask(): void {
  busy = false;
}
