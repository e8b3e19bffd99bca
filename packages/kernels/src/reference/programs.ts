/** @file Each kernel of the reference backend as a function on its arrays. The interaction sums are the truth itself; the others are fast forms that the laws hold against the truth. */
import { driftKernel, momentsKernel, stepKernel } from "../harmonics/kernels.js";
import { exp, tanh } from "@mesoscope/numerics";
import type { KernelName, KernelParameters } from "../parameters.js";
import { attentionDriftKernel, attentionStepKernel } from "../tokens/kernels.js";
import { attention } from "./attention.js";
import { elementwise } from "./elementwise.js";
import { interactionSums } from "./interaction-sums.js";
import { rowSoftmax } from "./row-softmax.js";

/** Runs a kernel from its input to its output, `repeat` times for kernels that iterate; what takes several inputs finds them in `inputs`. */
export type Program = (input: Float64Array, output: Float64Array, repeat: number, inputs: readonly Float64Array[]) => void;

/** A program for given parameters, its scratch allocated. */
export const programs: { readonly [K in KernelName]: (parameters: KernelParameters[K]) => Program } = {
  "attention-drift": attentionDriftKernel,
  "attention-step": (p) => inPlace(attentionStepKernel(p)),
  attention: (p) => (q, y, _, [, k, v]) => {
    attention(q, k!, v!, p, y);
  },
  "interaction-sums": (p) => (x, sums) => {
    interactionSums(x, p, sums);
  },
  "harmonic-moments": momentsKernel,
  "harmonic-drift": driftKernel,
  "harmonic-step": (p) => inPlace(stepKernel(p)),
  "row-softmax": (p) => (x, y) => {
    rowSoftmax(x, p, y);
  },
  exp: () => elementwise(exp),
  tanh: () => elementwise(tanh),
};

function inPlace(step: (state: Float64Array, repeat: number) => void): Program {
  return (input, output, repeat) => {
    if (output !== input) output.set(input);
    step(output, repeat);
  };
}
