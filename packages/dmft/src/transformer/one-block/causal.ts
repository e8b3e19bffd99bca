/** @file One attention block with an output projection in its limit, by causal steps: no iteration, no damping. */
import { outcome } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import { divergence, lastStep, logitsOf, requireFeatures } from "../head-map/head-map.js";
import { checkedDescent, checkedTask } from "../head-map/training-task.js";
import type { Descent, TrainingTask } from "../head-map/training-task.js";
import { gaussianPopulation } from "../matrix-rule/gaussian-population.js";
import { blockAt, requireTimes, timeKernel } from "../matrix-rule/time-kernel.js";
import type { TimeKernel } from "../matrix-rule/time-kernel.js";
import { history, identity, trainedMatrix } from "../matrix-rule/trained-matrix.js";
import type { History } from "../matrix-rule/trained-matrix.js";
import { movingAttention, valueSteps } from "./block-solution.js";
import type { BlockSolution } from "./block-solution.js";
import type { BlockHeads } from "./block-heads.js";

/**
 * Training of $f_\mu = \frac{1}{\gamma_0 n} w\cdot\mathrm{mean}_s u_s$, $u = W_O v^s/\sqrt n$, on a frozen embedding, every matrix of the block trained, in the limit n = N H -> inf
 * [eq:one-block]: read-out and pooled outputs of a site on one side of W_O, values of the heads on the other, coupled by kernels and responses. One pass in time.
 *
 * Exact for N = "infinite" with heads that begin alike (alphaA > 1/2, any H) or with the heads given as they are; infinitely many heads are a quadrature or a sample of them, see `oneBlockLimit`.
 *
 * @throws DomainError for a task, a descent or heads outside their ranges
 */
export function oneBlock(task: TrainingTask, descent: Descent, { states, population }: BlockHeads): BlockSolution {
  const checked = checkedTask(task);
  const { steps, eta0, gamma0 } = checkedDescent(descent);
  requireFeatures(checked, states);
  const { P, D, y } = checked;
  requireTimes(steps + 1, P * P + 2 * P + 1);
  const kappa = eta0 * gamma0;
  const attention = movingAttention(checked, states, kappa);
  const site = gaussianPopulation([1]);
  const heads = population(steps);
  let w = site.source(site.process(1), [1]);
  let V = heads.source(heads.process(D), identity(D));
  const pooled = history(heads, P);
  const readOut = history(site, 1);
  const projection = trainedMatrix({ input: pooled, output: readOut, rate: kappa / P });
  const f = new Float64Array((steps + 1) * P);
  const loss = new Float64Array(steps + 1);
  /** B at the last step of which all was a number. */
  const B = attention.B.slice();

  for (let t = 0; t <= steps; t++) {
    for (let h = 0; h < states.heads; h++) attention.attend(h);
    pooled.push(heads.combine(P, [{ matrix: attention.pooled, field: V }]));
    if (!pooled.kernel(t, t).every(Number.isFinite)) return ended(lastStep(t), divergence(t));
    const out = projection.forward();
    readOut.push(w);
    const now = site.inner(out, w).map((value) => value / gamma0);
    const errors = now.map((value, m) => y[m]! - value);
    loss[t] = errors.reduce((sum, error) => sum + error * error, 0) / (2 * P);
    if (!Number.isFinite(loss[t]) || !Number.isFinite(readOut.kernel(t, t)[0])) return ended(lastStep(t), divergence(t));
    f.set(now, t * P);
    B.set(attention.B);
    const back = projection.backward();
    if (t === steps) break;
    const gate = heads.innerByMember(V, back);
    V = heads.combine(D, [{ matrix: identity(D), field: V }, { matrix: valueSteps(checked, attention, errors, kappa), field: back }]);
    for (let h = 0; h < states.heads; h++) attention.learn(h, gate, h * D, errors);
    w = site.combine(1, [{ matrix: [1], field: w }, { matrix: errors.map((error) => (kappa * error) / P), field: out }]);
    projection.learn(errors);
  }
  return ended(steps, outcome("converged", `${steps} causal steps.`));

  function ended(last: number, how: Outcome): BlockSolution {
    const times = last + 1;
    return {
      steps: last,
      f: f.slice(0, times * P),
      loss: loss.slice(0, times),
      values: kernelOf(pooled, times),
      readOut: kernelOf(readOut, times),
      valueResponse: responseOf(projection.inputResponses, times, P, 1),
      readOutResponse: responseOf(projection.outputResponses, times, 1, P),
      logits: logitsOf(checked, B),
      outcome: how,
    };
  }
}

function kernelOf({ rows, kernel }: History, times: number): TimeKernel {
  const out = timeKernel(times, rows, rows);
  for (let t = 0; t < times; t++) for (let u = 0; u < times; u++) blockAt(out, t, u).set(kernel(t, u));
  return out;
}

function responseOf(responses: readonly Float64Array[], times: number, rows: number, columns: number): TimeKernel {
  const out = timeKernel(times, rows, columns);
  for (let t = 0; t < times; t++) out.data.set(responses[t]!.subarray(0, (t + 1) * rows * columns), t * times * rows * columns);
  return out;
}
