/** @file Theories of one block with an output projection: both sizes infinite, and infinitely many heads of given width. */
import type { Prediction, Theory } from "@mesoscope/contracts";
import { key } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { once } from "../../../pairs/once.js";
import { drawnHeads, identicalHeads, quadratureHeads } from "../../head-map/head-states.js";
import { blockAt } from "../../matrix-rule/time-kernel.js";
import { narrowHeads, wideHeads } from "../../one-block/block-heads.js";
import type { BlockHeads } from "../../one-block/block-heads.js";
import { oneBlock } from "../../one-block/causal.js";
import { bySize } from "../by-size.js";
import { divergedLimit, spoken } from "../limit-applies.js";
import { curvePredictions } from "../training-observables.js";
import type { TrainingSetting } from "../training-setting.js";
import { valuesId } from "./sample.js";

/** Independent samples of heads, for standard errors. */
const BATCHES = 8;
/** Gauss-Hermite nodes a dimension; the error is the difference to two fewer. */
const NODES = 8;

const drawnFrom = key("one-block");

/** Outputs and kernels of pooled values, index t P + mu, with their numerical errors. */
interface BlockCurves {
  readonly steps: number;
  readonly f: Float64Array;
  readonly error: Float64Array;
  readonly values: Float64Array;
  readonly valuesError: Float64Array;
}

/** N and H -> inf [eq:one-block]. At alphaA = 1/2 an average over random attention: a quadrature for up to two features, else a sample. How it varies from network to network is not known beyond its order. */
export function limitTheory(setting: TrainingSetting): Theory {
  const curves = once(() => wideCurves(setting));
  return {
    id: "limit",
    title: "infinitely many heads of infinite width",
    equations: ["matrix-rule", "one-block", "size-orders"],
    applies: () => divergedLimit(curves(), setting.descent) ?? spoken,
    predict: () => Promise.resolve(predictions(setting, curves(), {})),
  };
}

/** H -> inf at this N [eq:one-block]: a sample of heads, with its standard error. Powers are those along H. */
export function manyHeadsTheory(setting: TrainingSetting): Theory {
  const { alphaA, task, drawnHeads: heads } = setting;
  const half = Math.max(1, Math.floor(heads / (2 * BATCHES)));
  const curves = bySize((N) => sampled(setting, (batch) => narrowHeads({ alphaA, N, features: task.tokens.features, heads: 2 * half }, drawnFrom.fold("width", N, "batch", batch))));
  return {
    id: "many-heads",
    title: "infinitely many heads of this width",
    equations: ["matrix-rule", "one-block"],
    applies: ({ N = 1 }) => divergedLimit(curves(N), setting.descent) ?? spoken,
    predict: ({ N = 1 }) => Promise.resolve(predictions(setting, curves(N), { bias: 1 })),
  };
}

function predictions(setting: TrainingSetting, curves: BlockCurves, exponents: NonNullable<Prediction["exponents"]>): readonly Prediction[] {
  const { times, task: { tokens: { inputs: P } } } = setting;
  const kernels = Array.from({ length: P }, (_, mu): Prediction => ({
    observable: valuesId(mu),
    value: times.map((t) => curves.values[t * P + mu]!),
    numericalError: times.map((t) => curves.valuesError[t * P + mu]!),
    exponents,
  }));
  return [...curvePredictions(setting, curves, exponents), ...kernels];
}

function wideCurves(setting: TrainingSetting): BlockCurves {
  const { alphaA, task: { tokens: { features } }, drawnHeads: heads } = setting;
  if (alphaA > 0.5) {
    const curves = solved(setting, wideHeads(identicalHeads({ alphaA, features, heads: 1 })));
    return { ...curves, error: new Float64Array(curves.f.length), valuesError: new Float64Array(curves.values.length) };
  }
  if (features > 2) {
    return sampled(setting, (batch) => wideHeads(drawnHeads({ alphaA, N: "infinite", features, heads: Math.max(1, Math.floor(heads / BATCHES)) }, limitKey(batch))));
  }
  const [fine, coarse] = [NODES, NODES - 2].map((nodes) => solved(setting, wideHeads(quadratureHeads({ features, nodes })))) as [SolvedBlock, SolvedBlock];
  const apart = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => Math.abs(value - (b[i] ?? 0)));
  return { ...fine, steps: Math.min(fine.steps, coarse.steps), error: apart(fine.f, coarse.f), valuesError: apart(fine.values, coarse.values) };
}

function limitKey(batch: number): Key {
  return drawnFrom.fold("limit", "batch", batch);
}

type SolvedBlock = Pick<BlockCurves, "steps" | "f" | "values">;

function solved({ task, descent }: TrainingSetting, heads: BlockHeads): SolvedBlock {
  const { steps, f, values: kernel } = oneBlock(task, descent, heads);
  const P = task.tokens.inputs;
  const values = new Float64Array((steps + 1) * P);
  for (let t = 0; t <= steps; t++) for (let mu = 0; mu < P; mu++) values[t * P + mu] = blockAt(kernel, t, t)[mu * P + mu]!;
  return { steps, f, values };
}

/** Means over independent batches, and their standard errors. */
function sampled(setting: TrainingSetting, headsOf: (batch: number) => BlockHeads): BlockCurves {
  const all = Array.from({ length: BATCHES }, (_, batch) => solved(setting, headsOf(batch)));
  const steps = Math.min(...all.map((one) => one.steps));
  const length = (steps + 1) * setting.task.tokens.inputs;
  const mean = (name: "f" | "values"): Float64Array => Float64Array.from({ length }, (_, i) => all.reduce((sum, one) => sum + one[name][i]!, 0) / BATCHES);
  const error = (name: "f" | "values", centre: Float64Array): Float64Array => centre.map((value, i) => Math.sqrt(all.reduce((sum, one) => sum + (one[name][i]! - value) * (one[name][i]! - value), 0) / (BATCHES * (BATCHES - 1))));
  const [f, values] = [mean("f"), mean("values")];
  return { steps, f, values, error: error("f", f), valuesError: error("values", values) };
}
