/** @file Theories of kernels at initialisation: both sizes infinite, infinitely many heads of given width, first orders in 1/H, 1/n and 1/N, and one block exactly. */
import type { Applicability, Prediction, Theory } from "@mesoscope/contracts";
import { once } from "../../../pairs/once.js";
import { depthCumulants } from "../../finite-size/depth-cumulants.js";
import type { DepthCumulants } from "../../finite-size/depth-cumulants.js";
import { oneBlockMoments } from "../../finite-size/one-block.js";
import { forwardKernels } from "../../initialisation/solvers.js";
import { bySize } from "../by-size.js";
import { spoken } from "../limit-applies.js";
import { COSINE, cosineCurvature, cosineGradient, cosineOf, entriesAt, halfPlaces, OVERLAP, SQUARE } from "./observed-entries.js";
import type { Entries } from "./observed-entries.js";
import { modelOfWidth } from "./setting.js";
import type { KernelSetting } from "./setting.js";

/** Spread of an entry against its value up to which an expansion in noise is one. */
const SMALL_NOISE = 0.5;

/** N and H -> inf [eq:attention-depth]: no chance is left. */
export function limitTheory(setting: KernelSetting): Theory {
  const kernels = once(() => lastEntries(setting, "infinite"));
  return {
    id: "limit",
    title: "infinitely many heads of infinite width",
    equations: ["attention-heads", "attention-depth", "size-orders"],
    applies: () => spoken,
    predict: () => Promise.resolve(meanPredictions(kernels())),
  };
}

/** H -> inf at this N [eq:attention-finite-width]. Powers are those along H. */
export function manyHeadsTheory(setting: KernelSetting): Theory {
  const kernels = bySize((N) => lastEntries(setting, N));
  return {
    id: "many-heads",
    title: "infinitely many heads of this width",
    equations: ["attention-finite-width", "attention-depth"],
    applies: () => spoken,
    predict: ({ N = 1 }) => Promise.resolve(meanPredictions(kernels(N), { bias: 1, spread: 0.5 })),
  };
}

/** The limit with shift and noise to first order in 1/H, 1/n and 1/N [eq:attention-cumulants]. */
export function correctedTheory(setting: KernelSetting): Theory {
  const cumulants = once(() => depthCumulants(setting.start, modelOfWidth(setting, "infinite"), setting.embedding, setting.precision));
  const refusal = expansionRefusal(setting);
  return {
    id: "corrected",
    title: "the limit with its first orders in 1/H, 1/NH and 1/N",
    equations: ["attention-cumulants", "attention-width-slope", "size-orders"],
    applies: ({ N = 1, H = 1 }) => {
      if (refusal !== undefined) return refusal;
      const { entries, covariance } = firstOrder(setting, cumulants(), N, H);
      return { applies: true, meters: [{ symbol: "σ/H₁₁", meaning: "spread of the first entry against its value", value: Math.sqrt(Math.max(0, covariance[0]![0]!)) / entries[0], threshold: SMALL_NOISE }] };
    },
    predict: ({ N = 1, H = 1 }) => {
      const { entries, limit, shift, covariance, error } = firstOrder(setting, cumulants(), N, H);
      const gradient = cosineGradient(limit);
      const along = gradient.reduce((sum, g, i) => sum + g * shift[i]!, 0);
      const variance = gradient.reduce((sum, g, i) => sum + gradient.reduce((part, h, j) => part + g * h * covariance[i]![j]!, 0), 0);
      const slope = gradient.reduce((sum, g) => sum + Math.abs(g), 0);
      const sd = (square: number): readonly number[] => [Math.sqrt(Math.max(0, square))];
      return Promise.resolve([
        { observable: SQUARE, value: [entries[0]], numericalError: [error], spread: sd(covariance[0]![0]!) },
        { observable: OVERLAP, value: [entries[1]], numericalError: [error], spread: sd(covariance[1]![1]!) },
        { observable: COSINE, value: [cosineOf(limit) + along + cosineCurvature(limit, covariance)], numericalError: [slope * error], spread: sd(variance) },
      ]);
    },
  };
}

/**
 * One block on a given kernel, exact at every N and H [eq:attention-one-block]: with u the branch, H^1 = H^0 + b (h.u + u.h)/n + b^2 u.u/n; given the heads the cross term is
 * normal and odd in W_O, so that its variance adds.
 */
export function exactTheory(setting: KernelSetting): Theory {
  const refusal = exactRefusal(setting);
  const moments = new Map<string, readonly Prediction[]>();
  return {
    id: "exact",
    title: "one block at this width and number of heads, exactly",
    equations: ["attention-one-block", "attention-finite-width"],
    applies: () => refusal ?? spoken,
    predict: ({ N = 1, H = 1 }) => {
      const name = `${N}x${H}`;
      const known = moments.get(name) ?? exactPredictions(setting, N, H);
      moments.set(name, known);
      return Promise.resolve(known);
    },
  };
}

function exactPredictions({ start, model: { beta0 }, alphaA, causal, precision }: KernelSetting, N: number, H: number): readonly Prediction[] {
  const { mean, outputVariance, error } = oneBlockMoments(start, { alphaA, N, H, ...(causal ? { mask: "causal" } : {}) }, precision);
  const n = start.inputs * start.tokens;
  const b2 = beta0 * beta0;
  const of = (observable: string, i: number, j: number): Prediction => {
    const at = (matrix: Float64Array, k: number, l: number): number => matrix[k * n + l]!;
    const cross = (at(start.matrix, i, i) * at(mean, j, j) + at(start.matrix, j, j) * at(mean, i, i) + 2 * at(start.matrix, i, j) * at(mean, i, j)) / (N * H);
    return {
      observable,
      value: [at(start.matrix, i, j) + b2 * at(mean, i, j)],
      numericalError: [b2 * error],
      spread: [Math.sqrt(b2 * cross + b2 * b2 * at(outputVariance, i, j))],
    };
  };
  return [of(SQUARE, 0, 0), of(OVERLAP, 0, 1)];
}

interface Solved {
  readonly entries: Entries;
  readonly error: number;
}

function lastEntries(setting: KernelSetting, N: number | "infinite"): Solved {
  const { stream, error } = forwardKernels(setting.start, modelOfWidth(setting, N), setting.precision);
  const n = setting.start.inputs * setting.start.tokens;
  return { entries: entriesAt(stream, setting.model.L * n * n, n), error };
}

function meanPredictions({ entries, error }: Solved, exponents?: NonNullable<Prediction["exponents"]>): readonly Prediction[] {
  const slope = cosineGradient(entries).reduce((sum, g) => sum + Math.abs(g), 0);
  const of = (observable: string, value: number, numericalError: number): Prediction => ({ observable, value: [value], numericalError: [numericalError], ...(exponents === undefined ? {} : { exponents }) });
  return [of(SQUARE, entries[0], error), of(OVERLAP, entries[1], error), of(COSINE, cosineOf(entries), slope * error)];
}

interface FirstOrder extends Solved {
  readonly limit: Entries;
  readonly shift: Entries;
  /** (3, 3) of H_11, H_12, H_22. */
  readonly covariance: readonly (readonly number[])[];
}

function firstOrder({ start }: KernelSetting, { limit, shiftPerHead, shiftPerNeuron, shiftPerWidth, covariancePerHead, covariancePerNeuron, error }: DepthCumulants, N: number, H: number): FirstOrder {
  const places = halfPlaces(start);
  const m = limit.length;
  const at = (of: (place: number) => number): Entries => [of(places[0]), of(places[1]), of(places[2])];
  const base = at((k) => limit[k]!);
  const shift = at((k) => shiftPerHead[k]! / H + shiftPerNeuron[k]! / (N * H) + shiftPerWidth[k]! / N);
  return {
    limit: base,
    shift,
    entries: [base[0] + shift[0], base[1] + shift[1], base[2] + shift[2]],
    covariance: places.map((i) => places.map((j) => covariancePerHead[i * m + j]! / H + covariancePerNeuron[i * m + j]! / (N * H))),
    // The error is that of the worst of all arrays.
    error: error * (1 + 1 / H + 1 / (N * H) + 1 / N),
  };
}

function expansionRefusal({ alphaA, model: { mlp, layerNorm } }: KernelSetting): Applicability | undefined {
  const remedy = 'Compare with "limit" and "many-heads", or leave it out.';
  if (mlp !== undefined) return { applies: false, reason: "noise and shift are not known with a perceptron branch", remedy, meters: [] };
  if (layerNorm !== undefined) return { applies: false, reason: "noise and shift are not known behind layer norm", remedy, meters: [] };
  if (alphaA !== 0.5 && alphaA !== 1) return { applies: false, reason: "between α_A = 1/2 and 1 the orders in N are others", remedy: "Take α_A = 1/2 or 1.", meters: [] };
  return undefined;
}

function exactRefusal({ embedding, model: { L, mlp, layerNorm } }: KernelSetting): Applicability | undefined {
  if (L > 1) return { applies: false, reason: "after more than one block the moments do not close", remedy: 'Take L = 1, or compare with "corrected".', meters: [] };
  if (embedding === "random") return { applies: false, reason: "the kernel below the block is random", remedy: 'Take the embedding "fixed".', meters: [] };
  if (mlp !== undefined || layerNorm !== undefined) return { applies: false, reason: "a perceptron branch or layer norm is not in it", remedy: "Leave them out.", meters: [] };
  return undefined;
}
