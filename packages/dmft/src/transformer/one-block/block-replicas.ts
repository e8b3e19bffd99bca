/** @file Finite networks of one block with an output projection in training, each from its own keyed draw, without its n x n matrix. */
import { outcome, requireInteger, requireKey, requireMemory } from "@mesoscope/numerics";
import type { Key, Outcome } from "@mesoscope/numerics";
import type { DrawnReplicas, HeadMapSize } from "../head-map/head-map-replicas.js";
import { divergence } from "../head-map/head-map.js";
import { drawnHeads } from "../head-map/head-states.js";
import { checkedDescent, checkedTask } from "../head-map/training-task.js";
import type { CheckedTask, Descent, TrainingTask } from "../head-map/training-task.js";
import { movingAttention, valueSteps } from "./block-solution.js";
import { lazyMatrix } from "./lazy-matrix.js";
import type { LazyMatrix } from "./lazy-matrix.js";

export interface BlockReplicas {
  /** f(t) - f(0) (R, T + 1, P). Rows after the last step that replica r made are 0: see `steps`. */
  readonly f: Float64Array;
  /** Kernels of pooled values, |mean_s v^s|^2 / n on each input (R, T + 1, P). */
  readonly values: Float64Array;
  /** Steps that each replica made: T, or fewer where it diverged. */
  readonly steps: Int32Array;
  readonly outcomes: readonly Outcome[];
}

/**
 * Trains `count` networks of one block, H heads of width N, by gradient descent on every weight: exact in law at every N and H. W_Q and W_K enter through the small matrices of [eq:head-map]; W_O(0) is
 * only asked for its products with the pooled values and the read-outs of all steps and is drawn where it is asked [eq:conditioned-matrix], its movement being of rank P a step.
 *
 * Cost a step O(N H T P + H P S (S + D) D), where explicit weights cost (N H)^2.
 *
 * @throws DomainError for sizes and arrays outside their ranges
 */
export function blockReplicas(task: TrainingTask, descent: Descent, { alphaA, N, H }: HeadMapSize, { key, from, count }: DrawnReplicas): BlockReplicas {
  requireInteger("N", N, { min: 1 });
  requireInteger("H", H, { min: 1 });
  requireInteger("from", from, { min: 0 });
  requireInteger("count", count, { min: 0 });
  requireKey("key", key);
  const checked = checkedTask(task);
  const row = (checkedDescent(descent).steps + 1) * checked.P;
  requireMemory(`outputs of ${count} replicas, and ${N * H} neurons`, 8 * (2 * count * row + N * H * (row + checked.D + 2)), "Take fewer replicas at a time, or smaller N or H.");
  const [f, values, steps] = [new Float64Array(count * row), new Float64Array(count * row), new Int32Array(count)];
  const outcomes: Outcome[] = [];
  for (let r = 0; r < count; r++) {
    const own = key.fold(from + r);
    const run = trainedBlock(checked, descent, { alphaA, N, H }, blockWeights(checked, { alphaA, N, H }, own));
    f.set(run.f, r * row);
    values.set(run.values, r * row);
    steps[r] = run.steps;
    outcomes.push(run.outcome);
  }
  return { f, values, steps, outcomes };
}

/** The weights of a network as they begin. */
export interface BlockWeights {
  /** Attention of every head [eq:head-map]; C, b, a are not used. */
  readonly states: ReturnType<typeof drawnHeads>;
  /** W_V (n, D), head by head. */
  readonly V: Float64Array;
  readonly projection: LazyMatrix;
  /** w (n). */
  readonly w: Float64Array;
}

function blockWeights({ D }: CheckedTask, { alphaA, N, H }: HeadMapSize, own: Key): BlockWeights {
  const n = N * H;
  const [V, w] = [new Float64Array(n * D), new Float64Array(n)];
  own.fold("values").stream().fillNormal(V);
  own.fold("readOut").stream().fillNormal(w);
  return { states: drawnHeads({ alphaA, N, features: D, heads: H }, own.fold("attention")), V, projection: lazyMatrix(n, own.fold("projection").stream()), w };
}

/** What one network did. */
export interface TrainedBlock {
  readonly f: Float64Array;
  readonly values: Float64Array;
  readonly steps: number;
  readonly outcome: Outcome;
}

/** Gradient descent of one network; `V` and `w` move. */
export function trainedBlock(task: CheckedTask, { steps, eta0, gamma0 }: Descent, { N, H }: HeadMapSize, { states, V, projection, w }: BlockWeights): TrainedBlock {
  const { P, D, y } = task;
  const n = N * H;
  const kappa = eta0 * gamma0;
  const attention = movingAttention(task, states, kappa);
  const [f, values] = [new Float64Array((steps + 1) * P), new Float64Array((steps + 1) * P)];
  /** What W_O has learned: kappa Delta / P, the read-out and the pooled values of every step. */
  const learned: { readonly rates: Float64Array; readonly w: Float64Array; readonly pooled: readonly Float64Array[] }[] = [];
  const first = new Float64Array(P);
  for (let t = 0; t <= steps; t++) {
    for (let h = 0; h < H; h++) attention.attend(h);
    const pooled = Array.from({ length: P }, (_, m) => pooledValues(V, attention.pooled, m, { N, H, P, D }));
    const out = pooled.map((v) => {
      const u = scaled(projection.times(v), 1 / Math.sqrt(n));
      for (const past of learned) add(u, past.pooled.reduce((sum, before, m) => sum + past.rates[m]! * inner(before, v), 0) / n, past.w);
      return u;
    });
    const now = out.map((u) => inner(w, u) / (gamma0 * n));
    if (!now.every(Number.isFinite)) return { f, values, steps: t - 1, outcome: divergence(t) };
    if (t === 0) first.set(now);
    const errors = new Float64Array(P);
    for (let m = 0; m < P; m++) {
      f[t * P + m] = now[m]! - first[m]!;
      values[t * P + m] = inner(pooled[m]!, pooled[m]!) / n;
      errors[m] = y[m]! - f[t * P + m]!;
    }
    if (t === steps) break;
    const back = scaled(projection.transposedTimes(w), 1 / Math.sqrt(n));
    for (const past of learned) {
      const kernel = inner(past.w, w) / n;
      past.pooled.forEach((before, m) => { add(back, past.rates[m]! * kernel, before); });
    }
    const gates = gatesOf(V, back, { N, H, D });
    const moves = valueSteps(task, attention, errors, kappa);
    for (let i = 0; i < n; i++) for (let d = 0; d < D; d++) V[i * D + d]! += back[i]! * moves[Math.floor(i / N) * D + d]!;
    for (let h = 0; h < H; h++) attention.learn(h, gates, h * D, errors);
    const rates = errors.map((error) => (kappa * error) / P);
    learned.push({ rates, w: w.slice(), pooled });
    out.forEach((u, m) => { add(w, rates[m]!, u); });
  }
  return { f, values, steps, outcome: outcome("converged", `${steps} steps of gradient descent.`) };
}

interface Shape {
  readonly N: number;
  readonly H: number;
  readonly D: number;
}

/** vbar = W_V mean_s sigma x / sqrt D of input m (n). */
function pooledValues(V: Float64Array, pooled: Float64Array, m: number, { N, H, D, P }: Shape & { readonly P: number }): Float64Array {
  const out = new Float64Array(N * H);
  for (let i = 0; i < out.length; i++) {
    const at = (Math.floor(i / N) * P + m) * D;
    for (let d = 0; d < D; d++) out[i]! += V[i * D + d]! * pooled[at + d]!;
  }
  return out;
}

/** b = W_V^T zeta / N of every head (H, D). */
function gatesOf(V: Float64Array, back: Float64Array, { N, H, D }: Shape): Float64Array {
  const out = new Float64Array(H * D);
  for (let i = 0; i < N * H; i++) for (let d = 0; d < D; d++) out[Math.floor(i / N) * D + d]! += (V[i * D + d]! * back[i]!) / N;
  return out;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, scale: number, a: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += scale * a[i]!;
}

function scaled(a: Float64Array, scale: number): Float64Array {
  return a.map((value) => value * scale);
}
