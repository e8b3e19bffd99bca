/** @file Theories of the logits of heads: their exact law before training, infinitely many heads of given width after it, and wide heads. */
import type { Applicability, Prediction, Theory } from "@mesoscope/contracts";
import { key, normalQuantile } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { once } from "../../../pairs/once.js";
import { headMap } from "../../head-map/head-map.js";
import { drawnHeads, identicalHeads } from "../../head-map/head-states.js";
import type { Extent } from "../../head-map/training-task.js";
import { logitLaw } from "../../initialisation/logit-law.js";
import { wideFluctuations } from "../../propagator/wide-fluctuations.js";
import { bySize } from "../by-size.js";
import { divergedLimit, spoken } from "../limit-applies.js";
import { LOGIT_END, LOGIT_START, VARIANCE_END, VARIANCE_START, varianceOver } from "./observed.js";
import type { HeadLogitsSetting } from "./setting.js";

/** Independent samples of heads, for standard errors. */
const BATCHES = 8;
/** Probabilities of a tabulated law: 1/128, ..., 127/128. */
const PROBABILITIES: readonly number[] = Array.from({ length: 127 }, (_, i) => (i + 1) / 128);

const drawnFrom = key("head-logits");

/** Before training, at every N and H [eq:attention-logit-law]: heads are independent, and a variance over H of them varies by their kurtosis. */
export function exactStartTheory(setting: HeadLogitsSetting): Theory {
  const law = bySize((N) => {
    const { variance, kurtosis, quantile } = startLaw(setting, N);
    return { variance, kurtosis, table: tableOf(quantile) };
  });
  return {
    id: "exact",
    title: "a product of two Gaussian vectors",
    equations: ["attention-logit-law"],
    applies: () => spoken,
    predict: ({ N = 1, H = 2 }) => {
      const { variance, kurtosis, table } = law(N);
      return Promise.resolve([
        { observable: LOGIT_START, value: [0], numericalError: [0], spread: [Math.sqrt(variance)], law: table },
        { observable: VARIANCE_START, value: [variance], numericalError: [0], spread: [variance * Math.sqrt((kurtosis - (H - 3) / (H - 1)) / H)] },
      ]);
    },
  };
}

/** After training, H -> inf at this N [eq:head-map]: every head follows its own path under errors that are the same for all, and a sample of heads tells the law. */
export function manyHeadsLogits(setting: HeadLogitsSetting): Theory {
  const heads = bySize((N) => trainedHeads(setting, N, drawnFrom.fold("width", N)));
  return {
    id: "many-heads",
    title: "infinitely many heads of this width",
    equations: ["head-map"],
    applies: ({ N = 1 }) => divergedLimit(heads(N), setting.descent) ?? spoken,
    predict: ({ N = 1 }) => Promise.resolve(endPredictions(heads(N), { bias: 1 })),
  };
}

/**
 * N -> inf. At alphaA = 1/2 a law of heads that does not narrow, normal before training; at 1 all heads follow one path, and differ by normal deviations of variance ~ 1/N
 * [eq:wide-noise]. Between them the orders in N are others.
 */
export function wideHeadsLogits(setting: HeadLogitsSetting): Theory {
  const { alphaA, task, descent, kernels, place } = setting;
  const half = once(() => trainedHeads(setting, "infinite", drawnFrom.fold("limit")));
  const one = once(() => headMap(task, descent, identicalHeads({ alphaA: 1, features: task.tokens.features, heads: 1 })));
  const noise = once(() => wideFluctuations(task, descent).logitVariance[place]!);
  const refused: Applicability = { applies: false, reason: "between α_A = 1/2 and 1 the first order in N is not known after training", remedy: 'Take α_A = 1/2 or 1, or compare with "many-heads".', meters: [] };
  return {
    id: "wide-heads",
    title: alphaA === 1 ? "wide heads on one path, apart by 1/√N" : "infinitely many heads of infinite width",
    equations: ["attention-logits", "head-map", ...(alphaA === 1 ? ["wide-noise"] : [])],
    applies: () => (alphaA !== 1 && alphaA !== 0.5 ? refused : divergedLimit(alphaA === 1 ? one() : half(), descent) ?? spoken),
    predict: ({ N = 1 }) => {
      const start = kernels[0] * kernels[1] * (alphaA === 1 ? 1 / N : 1);
      const before: readonly Prediction[] = [normalPrediction(LOGIT_START, 0, start), { observable: VARIANCE_START, value: [start], numericalError: [0] }];
      if (alphaA !== 1) return Promise.resolve([...before, ...endPredictions(half())]);
      const end = noise() / N;
      return Promise.resolve([...before, normalPrediction(LOGIT_END, one().logits[place]!, end), { observable: VARIANCE_END, value: [end], numericalError: [0] }]);
    },
  };
}

function startLaw({ alphaA, kernels }: HeadLogitsSetting, N: number): ReturnType<typeof logitLaw> {
  return logitLaw({ N, alphaA, query: kernels[0], key: kernels[1] });
}

function tableOf(quantile: (p: number) => number): NonNullable<Prediction["law"]> {
  return { probabilities: PROBABILITIES, quantiles: PROBABILITIES.map(quantile) };
}

function normalPrediction(observable: string, mean: number, variance: number): Prediction {
  const sd = Math.sqrt(variance);
  return { observable, value: [mean], numericalError: [0], spread: [sd], law: tableOf((p) => mean + sd * normalQuantile(p)) };
}

/** Logits of many heads after training under common errors, in independent batches. */
interface TrainedHeads {
  /** Steps that all batches made. */
  readonly steps: number;
  /** Ascending, of all batches. */
  readonly logits: Float64Array;
  /** Mean and variance over heads, by batch. */
  readonly means: readonly number[];
  readonly variances: readonly number[];
}

function trainedHeads({ task, descent, alphaA, drawnHeads: M, place }: HeadLogitsSetting, N: Extent, own: Key): TrainedHeads {
  const { inputs, tokens, features } = task.tokens;
  const heads = Math.max(2, Math.floor(M / BATCHES));
  const stride = inputs * tokens * tokens;
  const runs = Array.from({ length: BATCHES }, (_, batch) => headMap(task, descent, drawnHeads({ alphaA, N, features, heads }, own.fold(batch))));
  const logits = Float64Array.from({ length: BATCHES * heads }, (_, i) => runs[Math.floor(i / heads)]!.logits[(i % heads) * stride + place]!).sort();
  return {
    steps: Math.min(...runs.map(({ steps }) => steps)),
    logits,
    means: runs.map(({ logits: all }) => all.reduce((sum, value, i) => (i % stride === place ? sum + value / heads : sum), 0)),
    variances: runs.map(({ logits: all }) => varianceOver(all, place, stride, heads)),
  };
}

function endPredictions({ logits, means, variances }: TrainedHeads, exponents?: NonNullable<Prediction["exponents"]>): readonly Prediction[] {
  const [mean, variance] = [meanAndError(means), meanAndError(variances)];
  const told = exponents === undefined ? {} : { exponents };
  return [
    { observable: LOGIT_END, value: [mean.value], numericalError: [mean.error], spread: [Math.sqrt(variance.value)], law: tableOf((p) => logits[Math.floor(p * logits.length)]!) },
    { observable: VARIANCE_END, value: [variance.value], numericalError: [variance.error], ...told },
  ];
}

function meanAndError(values: readonly number[]): { readonly value: number; readonly error: number } {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length;
  const square = values.reduce((sum, x) => sum + (x - value) * (x - value), 0);
  return { value, error: Math.sqrt(square / (values.length * (values.length - 1))) };
}
