/** @file Gradient descent of heads that are read out directly, followed exactly at every width and number of heads. */
import { DomainError, outcome, requireMemory } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import { attentionHeads, bilinear } from "./attention-heads.js";
import type { AttentionHeads } from "./attention-heads.js";
import { movementRatio } from "./head-states.js";
import type { HeadStates } from "./head-states.js";
import { checkedDescent, checkedTask } from "./training-task.js";
import type { CheckedTask, Descent, TrainingTask } from "./training-task.js";
import { valueHeads } from "./value-heads.js";
import type { ValueHeads } from "./value-heads.js";

export interface HeadMapRun {
  /** Steps made: T unless it diverged. */
  readonly steps: number;
  /** f(t) - f(0) (steps + 1, P). */
  readonly f: Float64Array;
  /** The loss, (steps + 1). */
  readonly loss: Float64Array;
  /** The heads after the last step. */
  readonly heads: HeadStates;
  /** Logits A (heads, P, S, S) after the last step. */
  readonly logits: Float64Array;
  readonly outcome: Outcome;
}

/**
 * Full-batch gradient descent on $f_\mu = \frac{1}{\gamma_0 N H}\sum_h w_h\cdot\mathrm{mean}_s v^s_{h,\mu s}$, every weight trained, by a closed map of six small arrays a head [eq:head-map]:
 * no approximation, at every N and H. The loss sees f(t) - f(0).
 *
 * Cost a step and head O(P S (S + D) D + D^3), whatever N.
 *
 * A run that diverges ends at the last step of which everything is a number: outputs, loss, and the heads themselves. No size is a divergence: outputs may be enormous and finite, and `converged` says only that all steps
 * were made in numbers. Whether training went well is told by the loss.
 *
 * @throws DomainError for a task, a descent or heads outside their ranges
 */
export function headMap(task: TrainingTask, descent: Descent, heads: HeadStates): HeadMapRun {
  const checked = checkedTask(task);
  const { steps, ...rates } = checkedDescent(descent);
  requireFeatures(checked, heads);
  const moving = movingHeads(checked, rates, heads, 1);
  const { P, y } = checked;
  requireMemory(`outputs of ${steps} steps`, 8 * (steps + 1) * (P + 1), "Take fewer steps.");
  const f = new Float64Array((steps + 1) * P);
  const loss = new Float64Array(steps + 1);
  const raw = new Float64Array(P);
  const first = new Float64Array(P);
  const errors = new Float64Array(P);
  let made = 0;
  for (let t = 0; t <= steps; t++) {
    raw.fill(0);
    moving.look(raw);
    if (t === 0) first.set(raw);
    for (let m = 0; m < P; m++) {
      f[t * P + m] = raw[m]! - first[m]!;
      errors[m] = y[m]! - f[t * P + m]!;
      loss[t]! += (errors[m]! * errors[m]!) / (2 * P);
    }
    if (!Number.isFinite(loss[t])) return lost(t);
    made = t;
    if (t < steps) moving.learn(errors);
  }
  const end = moving.states();
  const logits = logitsOf(checked, end.B);
  if (![logits, end.B, end.Q2, end.K2, end.C, end.b, end.a].every((each) => each.every(Number.isFinite))) return lost(made);
  return { steps: made, f, loss, heads: end, logits, outcome: outcome("converged", `${steps} steps of gradient descent.`) };

  /** The run once more, up to where all was well: its heads have gone on since. */
  function lost(t: number): HeadMapRun {
    const run = headMap(task, { ...rates, steps: lastStep(t) }, heads);
    return run.outcome.kind === "diverged" ? run : { ...run, outcome: divergence(t) };
  }
}

/** The step before t. @throws DomainError where there is none: at the beginning already something was no number */
export function lastStep(t: number): number {
  if (t > 0) return t - 1;
  throw new DomainError({ name: "task", value: "tokens and targets", rule: "must be of a size whose products are numbers", remedy: "Standardise the tokens, and give targets of order one." });
}

/** @throws DomainError unless heads and tokens have the same features */
export function requireFeatures({ D }: CheckedTask, { features }: HeadStates): void {
  if (features !== D) throw new DomainError({ name: "heads.features", value: features, rule: `must be ${D}, the features of the tokens`, remedy: "Make the heads for these tokens." });
}

/** The message of a run whose outputs are no numbers any more at step t. */
export function divergence(t: number): Outcome {
  return outcome("diverged", `Outputs left the range of numbers at step ${t}: lower eta0, or gamma0.`);
}

/** Heads in motion: arrays (heads, planes, ...), see series.ts. */
export interface MovingHeads {
  readonly attention: AttentionHeads;
  readonly values: ValueHeads;
  /** Attention from the state, then the weighted mean of F added to `out` (planes, P). */
  readonly look: (out: Float64Array) => void;
  /** One step for all heads under errors (planes, P). */
  readonly learn: (errors: Float64Array) => void;
  /** The values, plane 0, as a state of their own. */
  readonly states: () => HeadStates;
}

/** Puts heads in motion, the planes above the first at 0. */
export function movingHeads(task: CheckedTask, { eta0, gamma0 }: Pick<Descent, "eta0" | "gamma0">, heads: HeadStates, planes: number): MovingHeads {
  const kappa = eta0 * gamma0;
  const attention = attentionHeads(task, { heads: heads.heads, planes, kappa, ratio: movementRatio(heads) });
  const values = valueHeads(task, attention, { kappa, gamma0 });
  const targets = { B: attention.B, Q2: attention.Q2, K2: attention.K2, C: values.C, b: values.b, a: values.a };
  for (const [name, target] of Object.entries(targets)) {
    const source = heads[name as keyof typeof targets];
    const size = source.length / heads.heads;
    for (let h = 0; h < heads.heads; h++) target.set(source.subarray(h * size, (h + 1) * size), h * planes * size);
  }
  return {
    attention,
    values,
    look: (out) => {
      for (let h = 0; h < heads.heads; h++) {
        attention.attend(h);
        values.readOut(h, heads.weights[h]!, out);
      }
    },
    learn: (errors) => {
      for (let h = 0; h < heads.heads; h++) {
        attention.learn(h, values.b, h * planes * task.D, errors);
        values.learn(h, errors);
      }
    },
    states: () => {
      const plane = (name: keyof typeof targets): Float64Array => {
        const size = heads[name].length / heads.heads;
        return heads[name].map((_, i) => targets[name][Math.floor(i / size) * planes * size + (i % size)]!);
      };
      return { ...heads, B: plane("B"), Q2: plane("Q2"), K2: plane("K2"), C: plane("C"), b: plane("b"), a: plane("a") };
    },
  };
}

/** A (heads, P, S, S) from B (heads, D, D). */
export function logitsOf({ P, S, D, x }: CheckedTask, B: Float64Array): Float64Array {
  const heads = B.length / (D * D);
  const out = new Float64Array(heads * P * S * S);
  for (let h = 0; h < heads; h++) for (let m = 0; m < P; m++) bilinear(x, m * S * D, B, h * D * D, out, (h * P + m) * S * S, { S, D, scale: 1 / D });
  return out;
}
