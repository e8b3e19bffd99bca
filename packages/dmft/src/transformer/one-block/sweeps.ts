/** @file One attention block with an output projection in its limit, by sweeps between its two sides: the classical alternating iteration with damping. */
import { outcome, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import { lastStep, logitsOf, requireFeatures } from "../head-map/head-map.js";
import { checkedDescent, checkedTask } from "../head-map/training-task.js";
import type { CheckedTask, Descent, TrainingTask } from "../head-map/training-task.js";
import { gaussianPopulation } from "../matrix-rule/gaussian-population.js";
import type { Field, Population } from "../matrix-rule/population.js";
import { blockAt, firstTimes, timeKernel } from "../matrix-rule/time-kernel.js";
import type { TimeKernel } from "../matrix-rule/time-kernel.js";
import { drivenField, identity } from "../matrix-rule/trained-matrix.js";
import { movingAttention, valueSteps } from "./block-solution.js";
import type { BlockSolution } from "./block-solution.js";
import type { BlockHeads } from "./block-heads.js";

export interface SweepOptions {
  /** Share d of the new in what the next sweep starts from, 0 < d <= 1: 1 is undamped. */
  readonly mixing: number;
  /** Sweeps end when no order parameter moves by more than this. */
  readonly tolerance: number;
  readonly maxSweeps: number;
  /** Called after each sweep with f (T + 1, P) of that sweep. */
  readonly observe?: (sweep: number, f: Float64Array) => void;
}

export interface SweptSolution extends BlockSolution {
  readonly sweeps: number;
  /** Largest movement of an order parameter in the last sweep; null where it diverged. */
  readonly change: number | null;
}

/** Everything that one side has to know of the other [eq:one-block]. */
interface OrderParameters {
  readonly values: TimeKernel;
  readonly valueResponse: TimeKernel;
  readonly readOut: TimeKernel;
  readonly readOutResponse: TimeKernel;
  /** Delta (T + 1, P). */
  readonly errors: Float64Array;
}

/** The two sides: what each reads and makes. */
interface Sides {
  readonly task: CheckedTask;
  readonly times: number;
  readonly kappa: number;
  readonly gamma0: number;
}

/**
 * The order parameters of {@link oneBlock} by damped sweeps [eq:one-block]: from kernels of the start and Delta = y, no responses; then in turns all times of the site and all times of the
 * heads, each from what is known of the other, new = (1 - d) old + d new. Because of causality the undamped iteration is exact after finitely many sweeps, up to rounding.
 *
 * Agrees with the causal steps, which need one pass; it is here to check them, and for sampled processes, where damping averages.
 *
 * @throws DomainError for a task, a descent or options outside their ranges
 */
export function oneBlockBySweeps(task: TrainingTask, descent: Descent, heads: BlockHeads, options: SweepOptions): SweptSolution {
  const checked = checkedTask(task);
  const { steps, eta0, gamma0 } = checkedDescent(descent);
  requireFeatures(checked, heads.states);
  const mixing = requireInRange("mixing", options.mixing, { min: 0, max: 1 });
  requirePositive("mixing", mixing);
  requirePositive("tolerance", options.tolerance);
  requireInteger("maxSweeps", options.maxSweeps, { min: 1 });
  const sides: Sides = { task: checked, times: steps + 1, kappa: eta0 * gamma0, gamma0 };
  const { y, P } = checked;
  const known = lazyStart(sides, heads);
  let f: Float64Array = new Float64Array(0);
  let B = heads.states.B;
  for (let sweep = 1; ; sweep++) {
    const site = siteSweep(sides, known);
    f = site.f;
    options.observe?.(sweep, f.slice());
    const bad = firstBad(f, y, site.readOut);
    if (bad >= 0) return lost(sweep, bad);
    let change = mix(known.readOut.data, site.readOut.data, mixing);
    change = Math.max(change, mix(known.readOutResponse.data, site.readOutResponse.data, mixing));
    change = Math.max(change, mix(known.errors, f.map((value, i) => y[i % P]! - value), mixing));
    const side = headSweep(sides, heads, known);
    B = side.B;
    if (side.lostAt >= 0) return lost(sweep, side.lostAt);
    change = Math.max(change, mix(known.values.data, side.values.data, mixing));
    change = Math.max(change, mix(known.valueResponse.data, side.valueResponse.data, mixing));
    if (change <= options.tolerance) return ended(sweep, change, steps, outcome("converged", `No order parameter moved by more than ${options.tolerance} in sweep ${sweep}.`));
    if (sweep === options.maxSweeps) return ended(sweep, change, steps, outcome("budget-exhausted", `An order parameter still moved by ${change} in sweep ${sweep}: allow more sweeps, or a larger tolerance.`));
  }

  function lost(sweep: number, t: number): SweptSolution {
    return ended(sweep, null, lastStep(t), outcome("diverged", `Outputs left the range of numbers at step ${t}, in sweep ${sweep}: lower eta0, or gamma0, or damp the sweeps.`));
  }
  function ended(sweeps: number, change: number | null, last: number, how: Outcome): SweptSolution {
    const times = last + 1;
    const loss = Float64Array.from({ length: times }, (_, t) => y.reduce((sum, target, m) => sum + (target - f[t * P + m]!) * (target - f[t * P + m]!), 0) / (2 * P));
    return {
      steps: last,
      f: f.slice(0, times * P),
      loss,
      values: firstTimes(known.values, times),
      readOut: firstTimes(known.readOut, times),
      valueResponse: firstTimes(known.valueResponse, times),
      readOutResponse: firstTimes(known.readOutResponse, times),
      logits: logitsOf(checked, B),
      sweeps,
      change,
      outcome: how,
    };
  }
}

/** Kernels as they are at t = 0 for every pair of times, no responses, nothing learned. */
function lazyStart({ task, times }: Sides, heads: BlockHeads): OrderParameters {
  const { P, y } = task;
  const population = heads.population(times - 1);
  const attention = movingAttention(task, heads.states, 0);
  for (let h = 0; h < heads.states.heads; h++) attention.attend(h);
  const V = population.source(population.process(task.D), identity(task.D));
  const pooled = population.combine(P, [{ matrix: attention.pooled, field: V }]);
  const first = population.inner(pooled, pooled);
  const values = timeKernel(times, P, P);
  const readOut = timeKernel(times, 1, 1);
  readOut.data.fill(1);
  for (let t = 0; t < times; t++) for (let u = 0; u < times; u++) blockAt(values, t, u).set(first);
  return { values, valueResponse: timeKernel(times, P, 1), readOut, readOutResponse: timeKernel(times, 1, P), errors: Float64Array.from({ length: times * P }, (_, i) => y[i % P]!) };
}

/** The site through all times, under given values of the heads. */
function siteSweep({ task: { P }, times, kappa, gamma0 }: Sides, { values, valueResponse, errors }: OrderParameters): { readonly f: Float64Array; readonly readOut: TimeKernel; readonly readOutResponse: TimeKernel } {
  const site = gaussianPopulation([1]);
  let w = site.source(site.process(1), [1]);
  const arriving = site.process(P);
  const near = { rows: P, kernel: (t: number, u: number) => blockAt(values, t, u) };
  const coupling = (u: number): Float64Array => errors.subarray(u * P, (u + 1) * P);
  const fields: Field[] = [];
  const f = new Float64Array(times * P);
  for (let t = 0; t < times; t++) {
    const out = drivenField(site, arriving, { near, t, responses: blocksOf(valueResponse, t, t), coupling, partners: fields, partnerRows: 1, rate: kappa / P });
    fields.push(w);
    f.set(site.inner(out, w).map((value) => value / gamma0), t * P);
    w = site.combine(1, [{ matrix: [1], field: w }, { matrix: coupling(t).map((error) => (kappa * error) / P), field: out }]);
  }
  const readOut = kernelOf(site, fields, 1);
  const readOutResponse = timeKernel(times, 1, P);
  fields.forEach((field, t) => { readOutResponse.data.set(site.responses(field, arriving), t * times * P); });
  return { f, readOut, readOutResponse };
}

/** The heads through all times, under a given read-out and given errors. */
function headSweep({ task, times, kappa }: Sides, { states, population }: BlockHeads, { readOut, readOutResponse, errors }: OrderParameters): { readonly values: TimeKernel; readonly valueResponse: TimeKernel; readonly B: Float64Array; readonly lostAt: number } {
  const { P, D } = task;
  const heads = population(times - 1);
  const attention = movingAttention(task, states, kappa);
  /** B at the last step of which all was a number. */
  const B = attention.B.slice();
  let V = heads.source(heads.process(D), identity(D));
  const returning = heads.process(1);
  const near = { rows: 1, kernel: (t: number, u: number) => blockAt(readOut, t, u) };
  const coupling = (u: number): Float64Array => errors.subarray(u * P, (u + 1) * P);
  const fields: Field[] = [];
  for (let t = 0; t < times; t++) {
    for (let h = 0; h < states.heads; h++) attention.attend(h);
    const pooled = heads.combine(P, [{ matrix: attention.pooled, field: V }]);
    if (!heads.inner(pooled, pooled).every(Number.isFinite)) return { values: timeKernel(times, P, P), valueResponse: timeKernel(times, P, 1), B, lostAt: t };
    B.set(attention.B);
    fields.push(pooled);
    const back = drivenField(heads, returning, { near, t, responses: blocksOf(readOutResponse, t, t + 1), coupling, partners: fields, partnerRows: P, rate: kappa / P });
    if (t === times - 1) break;
    const gate = heads.innerByMember(V, back);
    V = heads.combine(D, [{ matrix: identity(D), field: V }, { matrix: valueSteps(task, attention, coupling(t), kappa), field: back }]);
    for (let h = 0; h < states.heads; h++) attention.learn(h, gate, h * D, coupling(t));
  }
  const valueResponse = timeKernel(times, P, 1);
  fields.forEach((field, t) => { valueResponse.data.set(heads.responses(field, returning), t * times * P); });
  return { values: kernelOf(heads, fields, P), valueResponse, B, lostAt: -1 };
}

/** Blocks (t, 0), ..., (t, count - 1), a view. */
function blocksOf({ times, rows, columns, data }: TimeKernel, t: number, count: number): Float64Array {
  const row = t * times * rows * columns;
  return data.subarray(row, row + count * rows * columns);
}

function kernelOf(population: Population, fields: readonly Field[], rows: number): TimeKernel {
  const out = timeKernel(fields.length, rows, rows);
  fields.forEach((a, t) => {
    fields.forEach((b, u) => { blockAt(out, t, u).set(population.inner(a, b)); });
  });
  return out;
}

/** known = (1 - d) known + d found; the largest movement without damping. */
function mix(known: Float64Array, found: Float64Array, d: number): number {
  let largest = 0;
  for (let i = 0; i < known.length; i++) {
    const movement = found[i]! - known[i]!;
    largest = Math.max(largest, Math.abs(movement));
    known[i]! += d * movement;
  }
  return largest;
}

/** First time at which the square of an error or of the read-out is no number, or -1. */
function firstBad(f: Float64Array, y: Float64Array, readOut: TimeKernel): number {
  const P = y.length;
  for (let t = 0; t < readOut.times; t++) {
    if (!y.every((target, m) => Number.isFinite((target - f[t * P + m]!) * (target - f[t * P + m]!))) || !Number.isFinite(blockAt(readOut, t, t)[0])) return t;
  }
  return -1;
}
