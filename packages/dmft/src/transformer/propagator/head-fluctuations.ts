/** @file What finitely many heads add to the limit of infinitely many, to first order in 1/H: noise, and a shift of the mean. */
import { DomainError, outcome, requireInteger, symmetricEigen } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import { requireTimes } from "../matrix-rule/time-kernel.js";
import { headMap } from "../head-map/head-map.js";
import type { HeadStates } from "../head-map/head-states.js";
import { checkedDescent, checkedTask } from "../head-map/training-task.js";
import type { Descent, TrainingTask } from "../head-map/training-task.js";
import { sandwich, solveCausal } from "./causal-inverse.js";
import { headPaths } from "./head-paths.js";

/** Arrays over times and inputs, index t P + mu, n = (T + 1) P. */
export interface HeadFluctuations {
  /** f for H -> inf (n). */
  readonly f: Float64Array;
  /** R = E dF/dDelta (n, n), strictly causal. */
  readonly response: Float64Array;
  /** Sig = Cov F over heads at the errors of the limit (n, n): what the variance would be if heads did not answer to each other's noise. */
  readonly headCovariance: Float64Array;
  /** H Cov f (n, n). */
  readonly covariance: Float64Array;
  /** H (E f - f_inf) (n); empty if it was not asked for. */
  readonly shift: Float64Array;
  readonly outcome: Outcome;
}

export interface FluctuationOptions {
  /** False: without the shift, at a fraction of the cost. True unless given. */
  readonly shift?: boolean;
  /**
   * Response and shift from the first so many heads, the covariance over heads still from all: of drawn heads it is the covariance that needs many, its law having heavy tails in narrow heads, and it is
   * the response that costs, as much as (T + 1) P paths a head. All heads unless given; drawn heads only, whose weights are alike.
   */
  readonly responses?: number;
}

/** Directions of the covariance with less than this much of its largest variance do not bend the mean visibly. */
const NEGLIGIBLE = 1e-10;

/**
 * Heads that are read out directly act on each other through the errors alone: $f = \frac1H\sum_h F_h[\Delta]$, $\Delta = y - f$. With the response $R = E\,dF/d\Delta$ and
 * $\Sigma = \mathrm{Cov}_h F$: $\mathrm{Cov} f = \frac1H (1+R)^{-1}\Sigma(1+R)^{-T}$ and $E f - f_\infty = \frac1H (1+R)^{-1}\{-E[(F'-R)(1+R)^{-1}(F-f)] + \frac12 E F'':C\}$ [eq:head-noise]. Tangents and
 * second derivatives are exact, head by head.
 *
 * @param heads the law of a head as a weighted sample: nodes of `quadratureHeads`, or drawn heads; its error is the error of the result
 * @throws DomainError for a task, a descent or heads outside their ranges, and where the limit itself diverges
 */
export function headFluctuations(task: TrainingTask, descent: Descent, heads: HeadStates, { shift: wanted = true, responses = heads.heads }: FluctuationOptions = {}): HeadFluctuations {
  const checked = checkedTask(task);
  const { steps } = checkedDescent(descent);
  const { P, y } = checked;
  requireTimes(steps + 1, P * P);
  requireInteger("responses", responses, { min: 1, max: heads.heads }, "Give at most as many as there are heads, or leave it out for all of them.");
  const limit = headMap(task, descent, heads);
  if (limit.steps < steps) {
    throw new DomainError({ name: "steps", value: steps, rule: `must be at most ${limit.steps}, where the limit of these heads diverges`, remedy: "Ask for fewer steps, or lower eta0." });
  }
  const n = (steps + 1) * P;
  const errors = limit.f.map((value, i) => y[i % P]! - value);
  const paths = headPaths(checked, descent, heads, errors);
  const { F, response } = firstOrder(paths, heads, n, { P, responses });
  const headCovariance = covarianceOf(F, limit.f, heads.weights, n);
  const apply = (b: Float64Array): Float64Array => solveCausal(response, n, b);
  const covariance = sandwich(apply, headCovariance, n);
  const bent = wanted ? secondOrder({ paths, F, weights: sharesOf(heads, responses), covariance, n, apply }) : new Float64Array(0);
  return { f: limit.f, response, headCovariance, covariance, shift: wanted ? apply(bent) : bent, outcome: outcome("converged", `${heads.heads} heads, ${steps} steps.`) };
}

/** Weights of the first `count` heads, by themselves. */
function sharesOf({ heads, weights }: HeadStates, count: number): Float64Array {
  if (count === heads) return weights;
  const first = weights.slice(0, count);
  const sum = first.reduce((total, weight) => total + weight, 0);
  return first.map((weight) => weight / sum);
}

/** F of every head (heads, n), and R. */
function firstOrder(paths: ReturnType<typeof headPaths>, heads: HeadStates, n: number, { P, responses }: { readonly P: number; readonly responses: number }): { readonly F: Float64Array; readonly response: Float64Array } {
  const F = new Float64Array(heads.heads * n);
  const response = new Float64Array(n * n);
  const tangent = new Float64Array(n);
  const shares = sharesOf(heads, responses);
  for (let h = 0; h < heads.heads; h++) {
    paths.run(h, F.subarray(h * n, (h + 1) * n));
    if (h >= responses) continue;
    for (let j = 0; j < n - P; j++) {
      paths.response(Math.floor(j / P), j % P, tangent);
      for (let i = j; i < n; i++) response[i * n + j]! += shares[h]! * tangent[i]!;
    }
  }
  return { F, response };
}

function covarianceOf(F: Float64Array, f: Float64Array, weights: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  weights.forEach((weight, h) => {
    for (let i = 0; i < n; i++) {
      const left = weight * (F[h * n + i]! - f[i]!);
      for (let j = 0; j <= i; j++) out[i * n + j]! += left * (F[h * n + j]! - f[j]!);
    }
  });
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[j * n + i] = out[i * n + j]!;
  return out;
}

interface SecondOrderParts {
  readonly paths: ReturnType<typeof headPaths>;
  readonly F: Float64Array;
  /** Of the heads that are asked, the first ones. */
  readonly weights: Float64Array;
  readonly covariance: Float64Array;
  readonly n: number;
  readonly apply: (b: Float64Array) => Float64Array;
}

/** -E[(F' - R)(1 + R)^-1 (F - f)] + (1/2) E F'':C; R drops out of the first where f is the mean of the heads that are asked. */
function secondOrder({ paths, F, weights, covariance, n, apply }: SecondOrderParts): Float64Array {
  const heads = weights.length;
  const f = new Float64Array(n);
  for (let h = 0; h < heads; h++) for (let i = 0; i < n; i++) f[i]! += weights[h]! * F[h * n + i]!;
  const { values, vectors } = symmetricEigen(covariance, n);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const directions: Float64Array[] = [];
  values.forEach((value, k) => {
    if (value > NEGLIGIBLE * largest) directions.push(vectors.slice(k * n, (k + 1) * n).map((entry) => entry * Math.sqrt(value)));
  });
  const out = new Float64Array(n);
  const [scratch, first, second] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let h = 0; h < heads; h++) {
    paths.run(h, scratch);
    paths.jet(apply(f.map((value, i) => F[h * n + i]! - value)), first, second);
    for (let i = 0; i < n; i++) out[i]! -= weights[h]! * first[i]!;
    for (const direction of directions) {
      paths.jet(direction, first, second);
      for (let i = 0; i < n; i++) out[i]! += weights[h]! * second[i]!;
    }
  }
  return out;
}
