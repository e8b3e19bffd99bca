/** @file Theories of heads that are read out directly: both sizes infinite, infinitely many heads of given width, and the first order in 1/H on top. */
import type { Applicability, Theory } from "@mesoscope/contracts";
import { key } from "@mesoscope/numerics";
import { once } from "../../../pairs/once.js";
import { headMapLimit } from "../../head-map/head-map-limit.js";
import type { LimitCurve } from "../../head-map/head-map-limit.js";
import { drawnHeads, quadratureHeads } from "../../head-map/head-states.js";
import type { HeadStates } from "../../head-map/head-states.js";
import { headFluctuations } from "../../propagator/head-fluctuations.js";
import { wideFluctuations } from "../../propagator/wide-fluctuations.js";
import { bySize } from "../by-size.js";
import { divergedLimit, spoken } from "../limit-applies.js";
import { curvePredictions } from "../training-observables.js";
import type { HeadReadoutSetting } from "./setting.js";

/** Independent samples of heads, for standard errors. */
export const BATCHES = 8;
/** Gauss-Hermite nodes a dimension: of a mean, and of a covariance, which is asked for fewer digits. */
const NODES = 9;
const NOISE_NODES = 5;
/** One of so many heads is asked for its response to others: that costs as much more, and H makes the error of a shift small. */
const RESPONSE_SHARE = 32;
/** One of so many heads is drawn for the noise of wide heads: their law has no heavy tail. */
const NOISE_SHARE = 16;
/** Fewer heads than this in a batch have no covariance worth the name. */
const FEWEST_HEADS = 8;
/** Share of the spread up to which the 1/H shift is a small correction. */
const SHIFT_SHARE = 0.5;

const drawnFrom = key("head-readout");

/**
 * N and H -> inf [eq:head-map], with the leading noise: 1/(N H) at alphaA = 1 [eq:wide-noise], 1/H at 1/2 [eq:head-noise]; between them no noise is known.
 * At alphaA = 1/2 an average over random attention: a quadrature for up to two features, else a sample.
 */
export function limitTheory(setting: HeadReadoutSetting): Theory {
  const { task, descent, alphaA, drawnHeads: heads } = setting;
  const isSmall = task.tokens.features <= 2;
  const curve = once(() => headMapLimit(task, descent, { alphaA, N: "infinite" }, isSmall ? { kind: "quadrature", nodes: NODES } : { kind: "sample", heads: batchOf(heads), batches: BATCHES, key: drawnFrom.fold("limit") }));
  const noise = once(() => {
    if (alphaA === 1) return wideFluctuations(task, descent).covariance;
    if (alphaA !== 0.5) return undefined;
    return headFluctuations(task, descent, isSmall ? quadratureHeads({ features: task.tokens.features, nodes: NOISE_NODES }) : wideDraw(setting), { shift: false }).covariance;
  });
  return {
    id: "limit",
    title: "infinitely many heads of infinite width",
    equations: ["head-map", ...(alphaA === 1 ? ["wide-noise"] : alphaA === 0.5 ? ["head-noise"] : []), "size-orders"],
    applies: () => divergedLimit(curve(), descent) ?? spoken,
    predict: ({ N = 1, H = 1 }) => {
      const covariance = noise();
      const scaled = covariance?.map((value) => value / (alphaA === 1 ? N * H : H));
      return Promise.resolve(curvePredictions(setting, { ...curve(), ...(scaled === undefined ? {} : { covariance: scaled }) }));
    },
  };
}

/** H -> inf at this N [eq:head-map]: the mean over a sample of heads, with its standard error. */
export function manyHeadsTheory(setting: HeadReadoutSetting, curves: HeadsOfWidth): Theory {
  return {
    id: "many-heads",
    title: "infinitely many heads of this width",
    equations: ["head-map"],
    applies: ({ N = 1 }) => divergedLimit(curves.mean(N), setting.descent) ?? spoken,
    predict: ({ N = 1 }) => Promise.resolve(curvePredictions(setting, curves.mean(N), { bias: 1 })),
  };
}

/** The same with noise and shift to first order in 1/H [eq:head-noise]. Powers are those along H. */
export function correctedTheory(setting: HeadReadoutSetting, curves: HeadsOfWidth): Theory {
  const meter = (N: number, H: number): Applicability => {
    const { shift, covariance } = curves.noise(N);
    const n = shift.length;
    let value = 0;
    for (let i = 0; i < n; i++) if (covariance[i * n + i]! > 0) value = Math.max(value, Math.abs(shift[i]!) / Math.sqrt(H * covariance[i * n + i]!));
    return { applies: true, meters: [{ symbol: "|μ|/√(H C)", meaning: "1/H shift of an output against its spread, at worst", value, threshold: SHIFT_SHARE }] };
  };
  return {
    id: "corrected",
    title: "heads of this width with their first order in 1/H",
    equations: ["head-map", "head-noise"],
    applies: ({ N = 1, H = 1 }) => divergedLimit(curves.mean(N), setting.descent) ?? meter(N, H),
    predict: ({ N = 1, H = 1 }) => {
      const { f, error } = curves.mean(N);
      const { shift, shiftError, covariance } = curves.noise(N);
      return Promise.resolve(
        curvePredictions(setting, { f: f.map((value, i) => value + shift[i]! / H), error: error.map((value, i) => value + shiftError[i]! / H), covariance: covariance.map((value) => value / H), isLossOfSpread: true }, { bias: 2, spread: 0.5 }),
      );
    },
  };
}

/** Infinitely many heads of width N: their mean curve, and what finitely many add. */
export interface HeadsOfWidth {
  readonly mean: (N: number) => LimitCurve;
  readonly noise: (N: number) => HeadNoise;
}

interface HeadNoise {
  /** H (E f - f_inf), with its standard error, (n). */
  readonly shift: Float64Array;
  readonly shiftError: Float64Array;
  /** H Cov f (n, n). */
  readonly covariance: Float64Array;
}

/** Each width is solved once. */
export function headsOfWidth({ task, descent, alphaA, drawnHeads: heads }: HeadReadoutSetting): HeadsOfWidth {
  return {
    mean: bySize((N) => headMapLimit(task, descent, { alphaA, N }, { kind: "sample", heads: batchOf(heads), batches: BATCHES, key: drawnFrom.fold("width", N) })),
    noise: bySize((N) => {
      const own = drawnFrom.fold("noise", N);
      const many = Math.max(FEWEST_HEADS, batchOf(heads));
      const few = Math.max(FEWEST_HEADS, batchOf(heads / RESPONSE_SHARE));
      const all = Array.from({ length: BATCHES }, (_, batch) => headFluctuations(task, descent, drawnHeads({ alphaA, N, features: task.tokens.features, heads: many }, own.fold(batch)), { responses: few }));
      // Covariances about the mean of the same heads are too small by 1/heads.
      const meanOf = (name: "shift" | "covariance", unbiased: number): Float64Array => all[0]![name].map((_, i) => (unbiased * all.reduce((sum, one) => sum + one[name][i]!, 0)) / BATCHES);
      const unbiased = few / (few - 1);
      const shift = meanOf("shift", unbiased);
      const shiftError = shift.map((mean, i) => Math.sqrt(all.reduce((sum, one) => sum + (unbiased * one.shift[i]! - mean) * (unbiased * one.shift[i]! - mean), 0) / (BATCHES * (BATCHES - 1))));
      return { shift, shiftError, covariance: meanOf("covariance", many / (many - 1)) };
    }),
  };
}

function wideDraw({ task, drawnHeads: heads }: HeadReadoutSetting): HeadStates {
  return drawnHeads({ alphaA: 0.5, N: "infinite", features: task.tokens.features, heads: Math.max(1, Math.floor(heads / NOISE_SHARE)) }, drawnFrom.fold("limit noise"));
}

/** Heads of one batch. */
function batchOf(heads: number): number {
  return Math.max(1, Math.floor(heads / BATCHES));
}
