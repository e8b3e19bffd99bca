/** @file Finite networks of one block with an output projection in training, each from its own keyed draw, without its n x n matrix. */
import { outcome, requireMemory } from "@mesoscope/numerics";
import type { Key, Outcome } from "@mesoscope/numerics";
import { checkDrawn } from "../head-map/head-map-replicas.js";
import type { DrawnReplicas, HeadMapSize } from "../head-map/head-map-replicas.js";
import { divergence } from "../head-map/head-map.js";
import { drawnHeads } from "../head-map/head-states.js";
import { checkedDescent, checkedTask } from "../head-map/training-task.js";
import type { CheckedTask, Descent, TrainingTask } from "../head-map/training-task.js";
import { movingAttention, valueSteps } from "./block-solution.js";
import { turnedVectors } from "./gaussian-vectors.js";
import { lazyMatrix } from "./lazy-matrix.js";
import type { LazyMatrix } from "./lazy-matrix.js";
import { addCombination, inner, innerProducts } from "./spans.js";

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
 * only asked for its products with the pooled values and the read-outs of all steps and is drawn where it is asked [eq:conditioned-matrix], its movement being of rank P a step. The n neurons are felt
 * through inner products alone, those of values head by head: axes are turned so that a head takes min(N, D + T) numbers and the side of the read-out min(n, 1 + P (T + 1)) [eq:turned-axes].
 *
 * Cost a step O(H min(N, D + T) T P + H P S (S + D) D), where explicit weights cost (N H)^2.
 *
 * @throws DomainError for sizes and arrays outside their ranges
 */
export function blockReplicas(task: TrainingTask, descent: Descent, { alphaA, N, H }: HeadMapSize, { key, from, count }: DrawnReplicas): BlockReplicas {
  checkDrawn({ N, H }, { key, from, count });
  const checked = checkedTask(task);
  const row = (checkedDescent(descent).steps + 1) * checked.P;
  const held = H * Math.min(N, checked.D + descent.steps);
  requireMemory(`outputs of ${count} replicas, and ${H} heads of ${held / H} numbers`, 8 * (2 * count * row + held * (3 * row + checked.D)), "Take fewer replicas at a time, or smaller H.");
  const [f, values, steps] = [new Float64Array(count * row), new Float64Array(count * row), new Int32Array(count)];
  const outcomes: Outcome[] = [];
  for (let r = 0; r < count; r++) {
    const own = key.fold(from + r);
    const run = trainedBlock(checked, descent, { N, H }, blockWeights(checked, descent.steps, { alphaA, N, H }, own));
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
  /** W_V (m H, D), every head in m rows, as many as its vectors are held in: row by row, head after head in each. */
  readonly V: Float64Array;
  readonly projection: LazyMatrix;
  /** w, on the left side of the projection. */
  readonly w: Float64Array;
}

function blockWeights({ P, D }: CheckedTask, steps: number, { alphaA, N, H }: HeadMapSize, own: Key): BlockWeights {
  const values = turnedVectors({ N, blocks: H, most: D + steps }, own.fold("values").stream());
  const readOut = turnedVectors({ N: N * H, blocks: 1, most: 1 + P * (steps + 1) }, own.fold("readOut").stream());
  const V = new Float64Array(values.size * D);
  for (let d = 0; d < D; d++) values.draw().forEach((value, i) => (V[i * D + d] = value));
  return { states: drawnHeads({ alphaA, N, features: D, heads: H }, own.fold("attention")), V, w: readOut.draw(), projection: lazyMatrix(readOut, values) };
}

/** What one network did. */
export interface TrainedBlock {
  readonly f: Float64Array;
  readonly values: Float64Array;
  readonly steps: number;
  readonly outcome: Outcome;
}

/** Gradient descent of one network; `V` and `w` move. */
export function trainedBlock(task: CheckedTask, { steps, eta0, gamma0 }: Descent, { N, H }: Omit<HeadMapSize, "alphaA">, { states, V, projection, w }: BlockWeights): TrainedBlock {
  const { P, D, y } = task;
  const n = N * H;
  const kappa = eta0 * gamma0;
  const attention = movingAttention(task, states, kappa);
  const [f, values] = [new Float64Array((steps + 1) * P), new Float64Array((steps + 1) * P)];
  const learned = learnedProjection(projection, { n, P, steps });
  const first = new Float64Array(P);
  for (let t = 0; t <= steps; t++) {
    for (let h = 0; h < H; h++) attention.attend(h);
    const pooled = Array.from({ length: P }, (_, mu) => pooledValues(V, attention.pooled, mu, { inUse: projection.inUse.right(), H, P, D }));
    const out = pooled.map((v) => {
      const u = scaled(projection.times(v), 1 / Math.sqrt(n));
      learned.addTimes(v, u);
      return u;
    });
    const now = out.map((u) => inner(w, u, projection.inUse.left()) / (gamma0 * n));
    if (!now.every(Number.isFinite)) return { f, values, steps: t - 1, outcome: divergence(t) };
    if (t === 0) first.set(now);
    const errors = new Float64Array(P);
    for (let mu = 0; mu < P; mu++) {
      f[t * P + mu] = now[mu]! - first[mu]!;
      values[t * P + mu] = inner(pooled[mu]!, pooled[mu]!, projection.inUse.right()) / n;
      errors[mu] = y[mu]! - f[t * P + mu]!;
    }
    if (t === steps) break;
    const back = scaled(projection.transposedTimes(w), 1 / Math.sqrt(n));
    learned.addTransposedTimes(w, back);
    const inUse = projection.inUse.right();
    const gates = gatesOf(V, back, N, { inUse, H, D });
    const moves = valueSteps(task, attention, errors, kappa);
    for (let i = 0; i < inUse; i++) for (let d = 0; d < D; d++) V[i * D + d]! += back[i]! * moves[(i % H) * D + d]!;
    for (let h = 0; h < H; h++) attention.learn(h, gates, h * D, errors);
    const rates = errors.map((error) => (kappa * error) / P);
    learned.add(rates, w.slice(), pooled);
    out.forEach((u, mu) => { add(w, rates[mu]!, u); });
  }
  return { f, values, steps, outcome: outcome("converged", `${steps} steps of gradient descent.`) };
}

interface LearnedProjection {
  /** out += what W_O / sqrt n has learned, times v. */
  readonly addTimes: (v: Float64Array, out: Float64Array) => void;
  /** out += its transpose times c. */
  readonly addTransposedTimes: (c: Float64Array, out: Float64Array) => void;
  /** One step: kappa Delta / P, the read-out and the pooled values on each input. */
  readonly add: (rates: Float64Array, w: Float64Array, pooled: readonly Float64Array[]) => void;
}

/** sum_t w(t) sum_m rates_m(t) vbar_m(t)^T / n: of rank P a step, over at most `steps` steps. */
function learnedProjection({ inUse }: LazyMatrix, { n, P, steps }: { readonly n: number; readonly P: number; readonly steps: number }): LearnedProjection {
  const readOuts: Float64Array[] = [];
  const pooled: Float64Array[] = [];
  const [rates, ofPooled, ofSteps] = [new Float64Array(steps * P), new Float64Array(steps * P), new Float64Array(steps)];
  return {
    addTimes: (v, out) => {
      innerProducts(pooled, v, ofPooled, inUse.right());
      for (let t = 0; t < readOuts.length; t++) {
        let sum = 0;
        for (let m = 0; m < P; m++) sum += rates[t * P + m]! * ofPooled[t * P + m]!;
        ofSteps[t] = sum / n;
      }
      addCombination(out, ofSteps, readOuts, inUse.left());
    },
    addTransposedTimes: (c, out) => {
      innerProducts(readOuts, c, ofSteps, inUse.left());
      for (let t = 0; t < readOuts.length; t++) for (let m = 0; m < P; m++) ofPooled[t * P + m] = (rates[t * P + m]! * ofSteps[t]!) / n;
      addCombination(out, ofPooled, pooled, inUse.right());
    },
    add: (own, w, values) => {
      rates.set(own, readOuts.length * P);
      readOuts.push(w);
      pooled.push(...values);
    },
  };
}

interface Shape {
  /** Numbers of all heads that are not 0. */
  readonly inUse: number;
  readonly H: number;
  readonly D: number;
}

/** vbar = W_V mean_s sigma x / sqrt D of input mu, as long as V. */
function pooledValues(V: Float64Array, pooled: Float64Array, mu: number, { inUse, H, D, P }: Shape & { readonly P: number }): Float64Array {
  const out = new Float64Array(V.length / D);
  for (let i = 0; i < inUse; i++) {
    const at = ((i % H) * P + mu) * D;
    let sum = 0;
    for (let d = 0; d < D; d++) sum += V[i * D + d]! * pooled[at + d]!;
    out[i] = sum;
  }
  return out;
}

/** b = W_V^T zeta / N of every head (H, D). */
function gatesOf(V: Float64Array, back: Float64Array, N: number, { inUse, H, D }: Shape): Float64Array {
  const out = new Float64Array(H * D);
  for (let i = 0; i < inUse; i++) for (let d = 0; d < D; d++) out[(i % H) * D + d]! += V[i * D + d]! * back[i]!;
  for (let k = 0; k < out.length; k++) out[k]! /= N;
  return out;
}

function add(to: Float64Array, scale: number, a: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += scale * a[i]!;
}

/** In place. */
function scaled(a: Float64Array, scale: number): Float64Array {
  for (let i = 0; i < a.length; i++) a[i]! *= scale;
  return a;
}
