import { checkSize, type Pair, type PairInstance, type Parameters } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { equations } from "../equations.js";
import { widthAndHeads } from "../training-setting.js";
import { learningObservables } from "./observables.js";
import { sampleLearning } from "./sample.js";
import { learningParameters, learningSetting } from "./setting.js";
import { lazyTheory, limitTheory } from "./theories.js";

/**
 * The pair "feature-learning": networks at alphaA = 1 that learn to retrieve a sign by its key, at any richness gamma0, against the kernel regime ("lazy"), which does not depend on it, and, for one block,
 * infinitely wide heads with features that learn ("limit"). Observed: answers, loss, the orders in gamma0 by which a network leaves the descent in its own kernel, and alignment, effective rank and
 * movement of its kernels.
 *
 * A replica is two networks that differ in the sign of their read-out: their mean is even in gamma0, half their difference odd [eq:lazy-order].
 *
 * @param options.backend where networks are trained; the reference kernels if none is given
 */
export function featureLearningPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "feature-learning";
  return {
    pairVersion: 1,
    id,
    title: "Multi-head attention between the kernel regime and feature learning",
    parameters: learningParameters,
    axes: widthAndHeads,
    equations: equations("transformer-training", "attention-tangent", "kernel-descent", "lazy-order", "kernel-alignment", "averaging-floor", "matrix-rule", "one-block"),
    at: (parameters: Parameters): PairInstance => {
      const setting = learningSetting(parameters);
      const observables = learningObservables(setting);
      return {
        observables,
        theories: [lazyTheory(setting), limitTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(widthAndHeads, size, id);
          return sampleLearning(setting, observables, { N: size["N"]!, H: size["H"]! }, replicas, context, options.backend);
        },
      };
    },
  };
}
