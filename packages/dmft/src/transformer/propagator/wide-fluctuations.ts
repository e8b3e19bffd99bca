/** @file What a finite number of wide heads adds to the limit of infinitely wide ones at alphaA = 1, to first order in 1/(N H). */
import { DomainError } from "@mesoscope/numerics";
import { requireTimes } from "../matrix-rule/time-kernel.js";
import { headMap } from "../head-map/head-map.js";
import { identicalHeads } from "../head-map/head-states.js";
import { checkedDescent, checkedTask } from "../head-map/training-task.js";
import type { Descent, TrainingTask } from "../head-map/training-task.js";
import { sandwich, solveCausal } from "./causal-inverse.js";
import { headPaths } from "./head-paths.js";
import type { StateName } from "./head-paths.js";

export interface WideFluctuations {
  /** f for N -> inf (n), index t P + mu, n = (T + 1) P. */
  readonly f: Float64Array;
  /** N H Cov f (n, n). */
  readonly covariance: Float64Array;
  /** N times the variance of the logits A (P, S, S) over the heads of a network, after the last step. */
  readonly logitVariance: Float64Array;
}

/**
 * At alphaA = 1 all wide heads follow one path; what tells them apart are the fluctuations of their Gram matrices at the beginning, of order N^-1/2 and Gaussian: one tangent a direction. With F_k the
 * change of F along the k-th, $N H\,\mathrm{Cov} f = (1+R)^{-1}\sum_k F_k F_k^T (1+R)^{-T}$ [eq:wide-noise].
 *
 * @throws DomainError for a task or a descent outside its range, and where the limit itself diverges
 */
export function wideFluctuations(task: TrainingTask, descent: Descent): WideFluctuations {
  const checked = checkedTask(task);
  const { steps } = checkedDescent(descent);
  const { P, S, D, x, y } = checked;
  requireTimes(steps + 1, P * P);
  const heads = identicalHeads({ alphaA: 1, features: D, heads: 1 });
  const limit = headMap(task, descent, heads);
  if (limit.steps < steps) {
    throw new DomainError({ name: "steps", value: steps, rule: `must be at most ${limit.steps}, where the limit diverges`, remedy: "Ask for fewer steps, or lower eta0." });
  }
  const n = (steps + 1) * P;
  const paths = headPaths(checked, descent, heads, limit.f.map((value, i) => y[i % P]! - value));
  const [response, noise, tangent] = [new Float64Array(n * n), new Float64Array(n * n), new Float64Array(n)];
  const logitVariance = new Float64Array(P * S * S);
  const endB = new Float64Array(D * D);
  paths.run(0, tangent);
  for (let j = 0; j < n - P; j++) {
    paths.response(Math.floor(j / P), j % P, tangent);
    for (let i = j; i < n; i++) response[i * n + j] = tangent[i]!;
  }
  for (const change of gramDirections(D)) {
    paths.beginning(change, tangent, endB);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) noise[i * n + j]! += tangent[i]! * tangent[j]!;
    for (let row = 0; row < P * S; row++) {
      for (let a = 0; a < S; a++) {
        let logit = 0;
        for (let i = 0; i < D; i++) for (let j = 0; j < D; j++) logit += (x[row * D + i]! * endB[i * D + j]! * x[(Math.floor(row / S) * S + a) * D + j]!) / D;
        logitVariance[row * S + a]! += logit * logit;
      }
    }
  }
  return { f: limit.f, covariance: sandwich((b) => solveCausal(response, n, b), noise, n), logitVariance };
}

/** Independent directions of N^1/2 (state - limit) at the beginning, each of unit variance: B and b normal, Wishart matrices with variance 2 on the diagonal and 1 beside it. */
function gramDirections(D: number): readonly Partial<Record<StateName, Float64Array>>[] {
  const unit = (size: number, ...entries: readonly (readonly [number, number])[]): Float64Array => {
    const out = new Float64Array(size);
    for (const [at, value] of entries) out[at] = value;
    return out;
  };
  const out: Partial<Record<StateName, Float64Array>>[] = [{ a: unit(1, [0, Math.SQRT2]) }];
  for (let i = 0; i < D; i++) {
    out.push({ b: unit(D, [i, 1]) });
    for (let j = 0; j < D; j++) out.push({ B: unit(D * D, [i * D + j, 1]) });
    for (const name of ["Q2", "K2", "C"] as const) {
      for (let j = 0; j <= i; j++) out.push({ [name]: i === j ? unit(D * D, [i * D + i, Math.SQRT2]) : unit(D * D, [i * D + j, 1], [j * D + i, 1]) });
    }
  }
  return out;
}
