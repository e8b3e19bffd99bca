import { checkSize, type Observable, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import type { Network, Training } from "@mesoscope/transformer";
import { movementNames } from "@mesoscope/transformer";
import { equations } from "../equations.js";
import { residualLimit } from "../residual/limit-theory.js";
import { sampleResidual } from "../residual/networks.js";
import { residualAxes } from "../residual/setting.js";
import { saturationParameters, saturationSetting } from "./setting.js";

/**
 * The pair "attention-saturation": a residual network with everything trained, looked at where the heads are: the gradient that keys send below, how far logits have moved, the entropy of attention, the loss.
 * Below alphaA = 1 these have no limit as N grows, and the theory says so; distributions over seeds have heavy tails there: compare medians.
 *
 * @param options.backend where the networks are trained; the reference kernels if none is given
 */
export function attentionSaturationPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "attention-saturation";
  return {
    pairVersion: 1,
    id,
    title: "Attention of wide heads in training: movement, entropy, divergence",
    parameters: saturationParameters,
    axes: residualAxes,
    equations: equations("transformer-block", "transformer-scales", "transformer-order-parameters", "attention-growth", "matrix-rule", "size-orders"),
    at: (parameters: Parameters): PairInstance => {
      const setting = saturationSetting(parameters);
      const observables = observablesAt(setting.times);
      return {
        observables,
        theories: [residualLimit(setting)],
        sample: async (size, replicas, context) => {
          checkSize(residualAxes, size, id);
          return sampleResidual(setting, observables, size, replicas, context, {
            steps: setting.times.at(-1)!,
            at: setting.times,
            observe: ["keyGradient", "entropy", "movement"],
            backend: options.backend,
            record: ({ training, network, r, row }, values) => {
              setting.times.forEach((t, i) => {
                const at = row * setting.times.length + i;
                const found = attentionAt(training, network, r, i);
                values["key-gradient"]![at] = found.keyGradient;
                values["logits"]![at] = found.logits;
                values["entropy"]![at] = found.entropy;
                values["loss"]![at] = training.loss[r * (training.steps + 1) + t]!;
              });
            },
          });
        },
      };
    },
  };
}

function observablesAt(times: readonly number[]): readonly Observable[] {
  const grid = { symbol: "t", meaning: "steps of gradient descent", unit: "step", values: times, isTime: true };
  return [
    { id: "key-gradient", symbol: "|r_K|²", meaning: "squared gradient through the keys, a component, mean over blocks", unit: "1", kind: "series", grid, equation: "attention-growth" },
    { id: "logits", symbol: "⟨ΔA²⟩", meaning: "squared movement of the logits, mean over blocks, heads and pairs of tokens", unit: "1", kind: "series", grid, equation: "attention-growth" },
    { id: "entropy", symbol: "S", meaning: "entropy of attention, mean over blocks, heads and tokens", unit: "nat", kind: "series", grid, equation: "transformer-order-parameters" },
    { id: "loss", symbol: "ℒ", meaning: "loss, half the mean squared error", unit: "1", kind: "series", grid, equation: "transformer-training" },
  ];
}

/** What one replica shows at the snapshot of index i. */
function attentionAt({ snapshots, outcomes }: Training, network: Network, r: number, i: number): { readonly keyGradient: number; readonly logits: number; readonly entropy: number } {
  const { keyGradient, entropy, movement } = snapshots[i]!.values;
  const own = (all: Float64Array): Float64Array => all.subarray((r * all.length) / outcomes.length, ((r + 1) * all.length) / outcomes.length);
  const mean = (of: Float64Array | readonly number[]): number => {
    let sum = 0;
    for (const value of of) sum += value;
    return sum / of.length;
  };
  const moved = own(movement!);
  const logits = movementNames(network).flatMap((name, k) => (name.startsWith("logits.") ? [moved[k]! * moved[k]!] : []));
  return { keyGradient: mean(own(keyGradient!)), logits: mean(logits), entropy: mean(own(entropy!)) };
}
