import { checkSize, type Observable, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { subscript } from "../../../pairs/subscript.js";
import { equations } from "../equations.js";
import { timeGrid, trainingObservables } from "../training-observables.js";
import { widthAndHeads } from "../training-setting.js";
import type { TrainingSetting } from "../training-setting.js";
import { sampleBlocks, sampleReducedBlocks, valuesId } from "./sample.js";
import { oneBlockParameters, oneBlockSetting } from "./setting.js";
import { limitTheory, manyHeadsTheory } from "./theories.js";

/**
 * The pair "one-block": one attention block of H heads of width N with an output projection, every matrix trained, against infinitely many heads of infinite width ("limit") and infinitely many of
 * width N ("many-heads"). Observed: outputs, loss and the kernels of pooled values along gradient descent.
 *
 * Networks are followed with an output projection that is drawn where it is asked for, which is gradient descent on all weights exactly (1e-10) at a cost of order H; with `weights: "explicit"` they
 * are explicit networks on a backend: the same law, other draws.
 *
 * @param options.backend where explicit networks are trained; the reference kernels if none is given
 */
export function oneBlockPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "one-block";
  return {
    pairVersion: 1,
    id,
    title: "One attention block with an output projection, in training",
    parameters: oneBlockParameters,
    axes: widthAndHeads,
    equations: equations("transformer-training", "transformer-order-parameters", "matrix-rule", "one-block", "conditioned-matrix", "turned-axes", "size-orders"),
    at: (parameters: Parameters): PairInstance => {
      const setting = oneBlockSetting(parameters);
      const observables = [...trainingObservables(setting), ...kernelObservables(setting)];
      return {
        observables,
        theories: [limitTheory(setting), manyHeadsTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(widthAndHeads, size, id);
          const at = { N: size["N"]!, H: size["H"]! };
          if (setting.isExplicit) return sampleBlocks(setting, observables, at, replicas, context, options.backend);
          return Promise.resolve(sampleReducedBlocks(setting, observables, at, replicas, context));
        },
      };
    },
  };
}

function kernelObservables({ task, times }: TrainingSetting): readonly Observable[] {
  return Array.from({ length: task.tokens.inputs }, (_, mu) => ({
    id: valuesId(mu),
    symbol: `V̄${subscript(mu + 1)}${subscript(mu + 1)}`,
    meaning: `kernel of the pooled values on input ${mu + 1}`,
    unit: "1",
    kind: "series",
    equation: "one-block",
    grid: timeGrid(times),
  }));
}
