import { checkSize, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { equations } from "../equations.js";
import { widthAndHeads } from "../training-setting.js";
import { kernelObservables } from "./observed-entries.js";
import { sampleKernels } from "./sample.js";
import { kernelParameters, kernelSetting } from "./setting.js";
import { correctedTheory, exactTheory, limitTheory, manyHeadsTheory } from "./theories.js";

/**
 * The pair "attention-kernels": kernels of residual transformers at initialisation, after L blocks of H heads of width N, against infinitely many heads of infinite width ("limit"), infinitely many of
 * width N ("many-heads"), the limit with noise and shift to first order ("corrected"), and one block exactly ("exact").
 *
 * Networks are drawn by the chain of their kernels [eq:attention-kernel-chain], which has the law of explicit networks at a cost that does not grow with N; with `sampler: "networks"` they are explicit, on a backend.
 *
 * @param options.backend where explicit networks are computed; the reference kernels if none is given
 */
export function attentionKernelsPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "attention-kernels";
  return {
    pairVersion: 1,
    id,
    title: "Kernels of multi-head attention at initialisation",
    parameters: kernelParameters,
    axes: widthAndHeads,
    equations: equations("attention-logits", "attention-heads", "attention-finite-width", "attention-width-slope", "attention-depth", "attention-collapse", "attention-one-block", "attention-cumulants", "attention-kernel-chain", "size-orders"),
    at: (parameters: Parameters): PairInstance => {
      const setting = kernelSetting(parameters);
      return {
        observables: kernelObservables,
        theories: [limitTheory(setting), manyHeadsTheory(setting), correctedTheory(setting), exactTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(widthAndHeads, size, id);
          return sampleKernels(setting, { N: size["N"]!, H: size["H"]! }, replicas, context, options.backend);
        },
      };
    },
  };
}
