/** @file Theories of feature learning: the kernel regime, which learns no features, and one block with responses, which does. */
import type { Applicability, Prediction, Theory } from "@mesoscope/contracts";
import { once } from "../../../pairs/once.js";
import { whichLimit } from "../../advisor/which-limit.js";
import { identicalHeads } from "../../head-map/head-states.js";
import type { ResidualModel } from "../../initialisation/residual-model.js";
import { forwardKernels } from "../../initialisation/solvers.js";
import { inputKernel, pooledKernel } from "../../initialisation/token-kernel.js";
import { blockAt } from "../../matrix-rule/time-kernel.js";
import { wideHeads } from "../../one-block/block-heads.js";
import { oneBlock } from "../../one-block/causal.js";
import { tangentKernel } from "../../tangent-kernel/groups.js";
import { kernelDescent } from "../../tangent-kernel/kernel-descent.js";
import { divergedLimit, spoken } from "../limit-applies.js";
import { effectiveRank, kernelAlignment, kernelMovement } from "./kernel-measures.js";
import { answered, hiddenFromMean, lossOf, retrievalOfOne, toldByMean } from "./retrieval.js";
import type { LearningSetting } from "./setting.js";

const { targets, tokens } = retrievalOfOne;
const P = tokens.inputs;

/** At alphaA = 1 and infinite width every kernel is a closed form: no rule is refined. */
const closed = { tolerance: 1e-12, budget: 64, seed: 0 };

/** The kernel regime: descent in the tangent kernel of the limit at its start. */
interface Lazy {
  /** (T + 1, P) */
  readonly outputs: Float64Array;
  readonly steps: number;
  readonly sharpness: number;
  /** (P, P) */
  readonly tangent: Float64Array;
  readonly features: Float64Array;
}

function lazyOf({ network, L, alphaL, descent: { eta0, steps } }: LearningSetting): Lazy {
  const start = inputKernel({ ...tokens, x: Float64Array.from(tokens.x) });
  const isBlock = network === "block";
  const model: ResidualModel = { L, alphaL, beta0: 1, head: { alphaA: 1, N: "infinite" }, skip: !isBlock };
  const { groups } = tangentKernel(start, model, "mean-field", closed);
  const tangent = new Float64Array(P * P);
  // The block reads the tokens themselves: no embedding learns.
  for (const [name, kernel] of Object.entries(groups)) if (!isBlock || name !== "W0") for (let k = 0; k < tangent.length; k++) tangent[k]! += kernel[k]!;
  const { stream, values } = forwardKernels(start, model, closed);
  const read = isBlock ? values : stream;
  const { outputs, sharpness } = kernelDescent(tangent, targets, { eta0, steps });
  return { outputs, steps: outputs.length / P - 1, sharpness, tangent, features: pooledKernel({ ...start, matrix: read.slice(read.length - start.matrix.length) }) };
}

/** gamma0 -> 0 at infinite width [eq:kernel-descent]: kernels stand still, so that every movement is 0. */
export function lazyTheory(setting: LearningSetting): Theory {
  const lazy = once(() => lazyOf(setting));
  const { descent: { gamma0 } } = setting;
  return {
    id: "lazy",
    title: "kernel regime",
    equations: ["attention-tangent", "kernel-descent", "lazy-order", "averaging-floor"],
    applies: () => {
      const meters = [{ symbol: "γ₀²", meaning: "order of what richness adds to the kernel regime", value: gamma0 * gamma0, threshold: SMALL_RICHNESS }];
      if (lazy().steps === setting.descent.steps && lazy().sharpness < 2) return { applies: true, meters };
      return { applies: false, reason: `descent in the kernel diverges: η₀ times its largest eigenvalue over P is ${lazy().sharpness.toPrecision(3)}, above 2`, remedy: "Lower the learning rate η₀.", meters };
    },
    predict: () => {
      const { outputs, tangent, features } = lazy();
      return Promise.resolve([...outputPredictions(setting, outputs), ...kernelPredictions("", tangent, tangent), ...kernelPredictions("feature-", features, features), exactly("even", 0), exactly("odd", 0), ...(setting.hasHalf ? [exactly("even-power", 2), exactly("odd-power", 1)] : [])]);
    },
  };
}

/** Up to here gamma0^2 is called small. */
const SMALL_RICHNESS = 0.01;

/** One block with responses at N -> inf [eq:one-block]; for the residual network nothing is solved here. */
export function limitTheory(setting: LearningSetting): Theory {
  const lazy = once(() => lazyOf(setting));
  const solution = once(() => oneBlock(retrievalOfOne, setting.descent, wideHeads(identicalHeads({ alphaA: 1, features: tokens.features, heads: 1 }))));
  const { descent } = setting;
  return {
    id: "limit",
    title: "infinitely wide heads, with features that learn",
    equations: ["matrix-rule", "one-block"],
    applies: () => (setting.network === "residual" ? notSolved(setting) : (divergedLimit(solution(), descent) ?? spoken)),
    predict: () => {
      const { f, values } = solution();
      const { steps } = descent;
      const even = largestDistance(f, lazy().outputs);
      return Promise.resolve([...outputPredictions(setting, f), ...kernelPredictions("feature-", blockAt(values, steps, steps), blockAt(values, 0, 0)), exactly("even", even), exactly("odd", 0)]);
    },
  };
}

/** Root mean square over inputs of how far two curves (T + 1, P) are apart, largest over the steps. */
function largestDistance(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let row = 0; row < a.length; row += P) {
    let sum = 0;
    for (let k = row; k < row + P; k++) sum += (a[k]! - b[k]!) * (a[k]! - b[k]!);
    largest = Math.max(largest, Math.sqrt(sum / P));
  }
  return largest;
}

/** In the words of the advisor. */
function notSolved({ L, alphaL, architecture, descent: { gamma0, eta0 } }: LearningSetting): Applicability {
  const { theories } = whichLimit({ N: "infinite", H: "infinite", L, alphaA: 1, alphaL, architecture, scheme: "mean-field", optimiser: "sgd", gamma0, eta0 });
  const { reason } = theories.find(({ id }) => id === "residual")!;
  return { applies: false, reason, remedy: "Look at the kernel regime at small γ₀, or at the trend with N.", meters: [] };
}

function outputPredictions({ descent: { steps }, times }: LearningSetting, f: ArrayLike<number>): readonly Prediction[] {
  return [
    exactly("told", answered(f, toldByMean, steps * P), { bias: 1, spread: 0.5 }),
    exactly("hidden", answered(f, hiddenFromMean, steps * P), { bias: 1, spread: 0.5 }),
    { observable: "loss", value: times.map((t) => lossOf(f, t * P)), numericalError: times.map(() => 0), exponents: { bias: 1 } },
  ];
}

/** `prefix` "" for the tangent kernel, "feature-" for that of features. */
function kernelPredictions(prefix: string, kernel: ArrayLike<number>, start: ArrayLike<number>): readonly Prediction[] {
  return [exactly(`${prefix}alignment`, kernelAlignment(kernel, targets)), exactly(`${prefix}rank`, effectiveRank(kernel)), exactly(`${prefix}movement`, kernelMovement(kernel, start))];
}

/** A closed form, exact up to rounding. */
function exactly(observable: string, value: number, exponents: NonNullable<Prediction["exponents"]> = {}): Prediction {
  return { observable, value: [value], numericalError: [0], exponents };
}
