/** @file Each kernel of the reference backend as a function on its arrays. Attention, the interaction sums and the kernels on plain arrays are the truth itself; the others are fast forms that the laws hold against the truth. */
import { driftKernel, momentsKernel, stepKernel } from "../harmonics/kernels.js";
import { exp, tanh } from "@mesoscope/numerics";
import type { KernelName, KernelParameters } from "../parameters.js";
import { sphericalDriftKernel, sphericalMomentsKernel } from "../spherical/kernels.js";
import { attentionDriftKernel, attentionStepKernel } from "../tokens/kernels.js";
import { arrayPrograms } from "./array-programs.js";
import { attention } from "./attention.js";
import { elementwise } from "./elementwise.js";
import { interactionSums } from "./interaction-sums.js";
import type { Program } from "./program.js";

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
  "spherical-moments": sphericalMomentsKernel,
  "spherical-drift": sphericalDriftKernel,
  ...arrayPrograms,
  exp: () => elementwise(exp),
  tanh: () => elementwise(tanh),
};

function inPlace(step: (state: Float64Array, repeat: number) => void): Program {
  return (input, output, repeat) => {
    if (output !== input) output.set(input);
    step(output, repeat);
  };
}
