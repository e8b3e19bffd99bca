/** @file Programs by kernel. */
import type { KernelName, KernelParameters } from "@mesoscope/kernels";
import { attention, attentionDrift, attentionStep, interactionSums } from "./attention.js";
import { harmonicDrift, harmonicMoments, harmonicStep } from "./circle.js";
import { matmul, swapAxes } from "./matrices.js";
import { activation, activationBackward, adamStep, exp, linearCombination, tanh } from "./numbers.js";
import type { ProgramOf } from "./program.js";
import { rowNormalise, rowNormaliseBackward, rowSoftmax, rowSoftmaxBackward } from "./rows.js";

/** The kernels that there are no programs for: draws need products of 32-bit integers, which no mode of gpu.js but two has; sums on S^2 are a table of recurrences. */
export type Missing = "normals" | "binomials" | "spherical-moments" | "spherical-drift";

/** The kernels that there are programs for. */
export type Offered = Exclude<KernelName, Missing>;

/** Programs of parameters that have been checked. */
export const programs: { readonly [K in Offered]: ProgramOf<KernelParameters[K]> } = {
  "attention-drift": attentionDrift,
  "attention-step": attentionStep,
  attention,
  "interaction-sums": interactionSums,
  "harmonic-moments": harmonicMoments,
  "harmonic-drift": harmonicDrift,
  "harmonic-step": harmonicStep,
  matmul,
  "swap-axes": swapAxes,
  "row-softmax": rowSoftmax,
  "row-softmax-backward": rowSoftmaxBackward,
  "row-normalise": rowNormalise,
  "row-normalise-backward": rowNormaliseBackward,
  activation,
  "activation-backward": activationBackward,
  "linear-combination": linearCombination,
  "adam-step": adamStep,
  exp,
  tanh,
};
