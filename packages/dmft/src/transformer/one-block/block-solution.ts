/** @file What a solver of one block tells, and the heads of a block in motion. */
import type { Outcome } from "@mesoscope/numerics";
import { attentionHeads } from "../head-map/attention-heads.js";
import type { AttentionHeads } from "../head-map/attention-heads.js";
import { movementRatio } from "../head-map/head-states.js";
import type { HeadStates } from "../head-map/head-states.js";
import type { CheckedTask } from "../head-map/training-task.js";
import type { TimeKernel } from "../matrix-rule/time-kernel.js";

/** Order parameters and outputs of the block for t = 0, ..., steps. */
export interface BlockSolution {
  /** Steps made: T unless it diverged. */
  readonly steps: number;
  /** f(t) (steps + 1, P); f(0) = 0 in the limit. */
  readonly f: Float64Array;
  /** The loss (steps + 1). */
  readonly loss: Float64Array;
  /** Vbar(t, t') (P, P): kernel of pooled values. */
  readonly values: TimeKernel;
  /** Om(t, t') (1, 1): kernel of the read-out. */
  readonly readOut: TimeKernel;
  /** R_v(t, t') (P, 1): response of pooled values to the backward noise. */
  readonly valueResponse: TimeKernel;
  /** R_w(t, t') (1, P): response of the read-out to the forward noise. */
  readonly readOutResponse: TimeKernel;
  /** Logits A (heads, P, S, S) at the last step. */
  readonly logits: Float64Array;
  readonly outcome: Outcome;
}

/** The heads' attention as it begins. */
export function movingAttention(task: CheckedTask, states: HeadStates, kappa: number): AttentionHeads {
  const attention = attentionHeads(task, { heads: states.heads, planes: 1, kappa, ratio: movementRatio(states) });
  attention.B.set(states.B);
  attention.Q2.set(states.Q2);
  attention.K2.set(states.K2);
  return attention;
}

/** xi = sum_mu Delta_mu mean_s sigma x / (P sqrt D) of each head (heads, D), times kappa. */
export function valueSteps({ P, D }: CheckedTask, { heads, pooled }: AttentionHeads, errors: ArrayLike<number>, kappa: number): Float64Array {
  const out = new Float64Array(heads * D);
  for (let h = 0; h < heads; h++) {
    for (let m = 0; m < P; m++) for (let i = 0; i < D; i++) out[h * D + i]! += (kappa / P) * errors[m]! * pooled[(h * P + m) * D + i]!;
  }
  return out;
}
