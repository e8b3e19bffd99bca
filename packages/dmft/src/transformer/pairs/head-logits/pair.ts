import { checkSize, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { equations } from "../equations.js";
import { logitObservables, widthAndManyHeads } from "./observed.js";
import { sampleExplicitLogits, sampleReducedLogits } from "./sample.js";
import { headLogitsParameters, headLogitsSetting } from "./setting.js";
import { exactStartTheory, manyHeadsLogits, wideHeadsLogits } from "./theories.js";

/**
 * The pair "head-logits": one logit over the heads of networks that are read out directly, before and after training. Its law, and its variance over the heads of one network, against the exact law of
 * untrained heads ("exact"), infinitely many trained heads of this width ("many-heads"), and wide heads ("wide-heads"): at alphaA = 1 on one path, with deviations of order N^-1/2.
 *
 * Networks are followed by the closed map [eq:head-map], which is gradient descent on their weights exactly; with `weights: "explicit"` they are explicit, on a backend.
 *
 * @param options.backend where explicit networks are trained; the reference kernels if none is given
 */
export function headLogitsPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "head-logits";
  return {
    pairVersion: 1,
    id,
    title: "Logits over attention heads, before and after training",
    parameters: headLogitsParameters,
    axes: widthAndManyHeads,
    equations: equations("attention-logits", "attention-logit-law", "head-map", "wide-noise"),
    at: (parameters: Parameters): PairInstance => {
      const setting = headLogitsSetting(parameters);
      return {
        observables: logitObservables(setting.descent.steps),
        theories: [exactStartTheory(setting), manyHeadsLogits(setting), wideHeadsLogits(setting)],
        sample: async (size, replicas, context) => {
          checkSize(widthAndManyHeads, size, id);
          const at = { N: size["N"]!, H: size["H"]! };
          if (setting.isExplicit) return sampleExplicitLogits(setting, at, replicas, context, options.backend);
          return Promise.resolve(sampleReducedLogits(setting, at, replicas, context));
        },
      };
    },
  };
}
