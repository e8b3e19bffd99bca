import { checkSize, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { C1 } from "@mesoscope/transformer";
import { equations } from "../equations.js";
import { sampleNetworks } from "../trained-networks.js";
import { trainingObservables } from "../training-observables.js";
import { widthAndHeads } from "../training-setting.js";
import { sampleHeadMap } from "./sample.js";
import { headReadoutParameters, headReadoutSetting } from "./setting.js";
import { correctedTheory, headsOfWidth, limitTheory, manyHeadsTheory } from "./theories.js";

/**
 * The pair "head-readout": H attention heads of width N, trained and read out directly, against infinitely many heads of infinite width ("limit"), infinitely many of width N ("many-heads"), and those
 * with noise and shift to first order in 1/H ("corrected"). Observed: outputs and loss along gradient descent.
 *
 * Networks are followed by the closed map [eq:head-map], which is gradient descent on their weights exactly (1e-12) at a cost that does not grow with N; with `weights: "explicit"` they are explicit
 * networks on a backend: the same law, other draws.
 *
 * @param options.backend where explicit networks are trained; the reference kernels if none is given
 */
export function headReadoutPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "head-readout";
  return {
    pairVersion: 1,
    id,
    title: "Attention heads that are read out directly, in training",
    parameters: headReadoutParameters,
    axes: widthAndHeads,
    equations: equations("transformer-training", "head-map", "head-noise", "wide-noise", "size-orders"),
    at: (parameters: Parameters): PairInstance => {
      const setting = headReadoutSetting(parameters);
      const observables = trainingObservables(setting);
      const curves = headsOfWidth(setting);
      return {
        observables,
        theories: [limitTheory(setting), manyHeadsTheory(setting, curves), correctedTheory(setting, curves)],
        sample: async (size, replicas, context) => {
          checkSize(widthAndHeads, size, id);
          const at = { N: size["N"]!, H: size["H"]! };
          if (setting.isExplicit) return sampleNetworks(setting, observables, at, replicas, context, { architecture: C1, backend: options.backend });
          return Promise.resolve(sampleHeadMap(setting, observables, at, replicas, context));
        },
      };
    },
  };
}
