/** @file Infinitely many blocks: the kernel as a function of depth time tau = l / L, and how finite depths approach it. */
import { outcome, requireInRange } from "@mesoscope/numerics";
import { dormandPrince8, integrateAdaptive } from "@mesoscope/time-integration";
import type { Field } from "@mesoscope/time-integration";
import type { Outcome } from "@mesoscope/numerics";
import { perceptronKernelsAt } from "./activations.js";
import { attentionAverages } from "./attention-averages.js";
import { forwardPass, normed } from "./forward.js";
import { refined } from "./precision.js";
import type { NumericalError, Precision } from "./precision.js";
import { trapezoidStep } from "./residual-model.js";
import type { CheckedModel, ResidualModel } from "./residual-model.js";
import type { RulePoints } from "./rules.js";
import { joined, parted, prepared } from "./solvers.js";
import type { TokenKernel } from "./token-kernel.js";

/** A model without its depth. */
export type DeepModel = Omit<ResidualModel, "L" | "skip">;

export interface DepthFlow extends NumericalError {
  /** (times, n, n) kernel of the stream. */
  readonly stream: Float64Array;
  /** (times, n, n) for alphaL = 1 the coefficient of 1/L in H - H^0; 0 for 1/2, whose kernel moves at order one. */
  readonly perDepth: Float64Array;
}

/** Steps in depth time that one run may try. Kernels of order one take tens, growth by e^100 takes 500. */
const MOST_STEPS = 2000;

/**
 * Kernel of an infinitely deep residual stream at initialisation [eq:attention-depth-flow]. alphaL = 1/2: dH/dtau = beta0^2 (V^s(H) + Phi(H)). alphaL = 1: the kernel stays at H^0, and moves by beta0^2 tau (V^s + Phi) / L.
 *
 * Work is bounded: a run that tries 2,000 steps ends as `budget-exhausted` and says how far it came, and kernels so large that attention is all but hard as `stalled`. Times that were not reached have the kernel of the last step.
 *
 * @param times depth times tau in [0, 1], ascending
 * @throws DomainError as `forwardKernels`; unless alphaL is 1/2 or 1
 */
export function depthFlow(start: TokenKernel, model: DeepModel, times: readonly number[], precision: Precision): DepthFlow {
  requireExponent(model);
  for (const [k, time] of times.entries()) requireInRange(`times[${k}]`, time, { min: k === 0 ? 0 : times[k - 1]!, max: 1 }, "Give depth times from 0 to 1, ascending.");
  const { kernel, checked, size } = prepared(start, { ...model, L: 1 });
  const square = kernel.matrix.length;
  let ending: Outcome | undefined;
  let reached: Float64Array | undefined;
  const { values, ...rest } = refined(
    (points) => {
      // Where the steps ran out once, finer averages only take longer.
      if (reached !== undefined && ending?.kind !== "converged") return reached;
      const run = flowAt(kernel, checked, model.alphaL, times, points, precision.tolerance);
      ending = run.ending;
      return (reached = joined([run.stream, run.perDepth]));
    },
    size,
    precision,
  );
  const [stream, perDepth] = parted(values, [times.length * square, times.length * square]);
  // The solver in depth time takes a hundredth of the tolerance; if it could not, that is how the run ended.
  const ended = ending === undefined || ending.kind === "converged" ? rest.outcome : ending;
  return { stream: stream!, perDepth: perDepth!, ...rest, rule: rest.rule, outcome: ended };
}

function requireExponent({ alphaL }: DeepModel): void {
  if (alphaL !== 0.5 && alphaL !== 1) requireInRange("alphaL", alphaL, { min: 0.5, max: 0.5 }, "Give 1/2, where the kernel moves, or 1, where it stays: between them it stays, too, and approaches slower than 1/L.");
}

interface FlowRun {
  readonly stream: Float64Array;
  readonly perDepth: Float64Array;
  readonly ending: Outcome;
}

function flowAt(kernel: TokenKernel, model: CheckedModel, alphaL: number, times: readonly number[], points: RulePoints, tolerance: number): FlowRun {
  const n2 = kernel.matrix.length;
  const field = (matrix: Float64Array): Float64Array => rate({ ...kernel, matrix }, model, points);
  const none = new Float64Array(times.length * n2);
  if (alphaL === 1) {
    const pull = field(kernel.matrix);
    const perDepth = joined(times.map((tau) => pull.map((x) => tau * x)));
    return { stream: joined(times.map(() => kernel.matrix)), perDepth, ending: outcome("converged", "The kernel stays.") };
  }
  const last = times[times.length - 1] ?? 0;
  if (last === 0) return { stream: joined(times.map(() => kernel.matrix)), perDepth: none, ending: outcome("converged", "No depth.") };
  const inside = [...new Set(times.filter((tau) => tau > 0))];
  const derivative: Field = (_, y, out) => {
    out.set(field(Float64Array.from(y)));
  };
  const run = integrateAdaptive(derivative, kernel.matrix, { t0: 0, t1: last, relative: Math.min(tolerance / 100, 0.01), absolute: tolerance / 100, maxSteps: MOST_STEPS, tableau: dormandPrince8, times: inside });
  const at = (tau: number): Float64Array => (tau === 0 ? kernel.matrix : Float64Array.from(run.observations.find(({ t }) => t === tau)?.y ?? run.y));
  const spent = outcome("budget-exhausted", `Depth time ${run.t} of ${last} after ${MOST_STEPS} steps: the kernel grows or turns too fast. Lower beta0, or raise the tolerance of ${tolerance}.`);
  return { stream: joined(times.map(at)), perDepth: none, ending: run.outcome.kind === "budget-exhausted" ? spent : run.outcome };
}

/** beta0^2 (V^s + Phi) of the kernel. */
function rate(kernel: TokenKernel, model: CheckedModel, points: RulePoints): Float64Array {
  const { read } = normed(kernel, model.epsilon);
  const { value } = attentionAverages(read, model.head, points);
  if (model.mlp === undefined) return value.map((v) => model.branch * v);
  const { phi } = perceptronKernelsAt(read, model.mlp, trapezoidStep(points));
  return value.map((v, k) => model.branch * (v + phi[k]!));
}

export interface DepthApproach extends NumericalError {
  /** (depths, n, n) H^L. */
  readonly kernels: Float64Array;
  /** (n, n) the limit. */
  readonly limit: Float64Array;
  /** (depths) L max |H^L - limit|: settles where the approach is 1/L. */
  readonly scaledDeviations: Float64Array;
}

/**
 * Kernels of networks of several depths beside their limit of infinite depth [eq:attention-depth-flow].
 *
 * @throws DomainError as {@link depthFlow}
 */
export function depthApproach(start: TokenKernel, model: DeepModel, depths: readonly number[], precision: Precision): DepthApproach {
  requireExponent(model);
  const checkedDepths = depths.map((L) => prepared(start, { ...model, L }).checked);
  const { kernel, checked, size } = prepared(start, { ...model, L: 1 });
  const square = kernel.matrix.length;
  const { values, ...rest } = refined(
    (points) => joined([...checkedDepths.map((deep) => forwardPass(kernel, deep, points).stream[deep.L]!.matrix), flowAt(kernel, checked, model.alphaL, [1], points, precision.tolerance).stream]),
    size,
    precision,
  );
  const [kernels, limit] = parted(values, [depths.length * square, square]) as [Float64Array, Float64Array];
  const scaledDeviations = Float64Array.from(depths, (L, d) => L * limit.reduce((most, x, k) => Math.max(most, Math.abs(kernels[d * square + k]! - x)), 0));
  return { kernels, limit, scaledDeviations, ...rest };
}
