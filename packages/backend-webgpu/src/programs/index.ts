/** @file Each kernel as a program. The parameters have been checked. */
import type { AttentionParameters, KernelName, KernelParameters } from "@mesoscope/kernels";
import type { AttentionForm } from "../shaders/attention-form.js";
import { normalisation } from "../shaders/combination.js";
import { LANES, u, type Place } from "../shaders/shader.js";
import * as arrays from "./arrays.js";
import { attentionSums } from "./attention.js";
import { harmonicField, momentSums } from "./harmonics.js";
import type { Machine, Program } from "./program.js";
import { rungeKuttaStep } from "./runge-kutta.js";

const X: Place = { input: 0 };
const Y: Place = { output: 0 };
/** Kernels that are left out: draws, whose uniform numbers have bits that only doubles hold; and the sums on the sphere, for now. */
type LeftOut = "normals" | "binomials" | "spherical-moments" | "spherical-drift";

/** Kernels that this backend has. */
export type GpuKernel = Exclude<KernelName, LeftOut>;

/** Programs by kernel. */
export const programs: { readonly [K in GpuKernel]: (machine: Machine, parameters: KernelParameters[K]) => Program } = {
  "attention-drift": (machine, p) => attentionSums(machine, drift(p))({ queries: X, out: Y }),
  "attention-step": (machine, p) => {
    const sums = attentionSums(machine, drift(p));
    const rows = p.batch * p.n;
    const step = rungeKuttaStep(machine, p, rows * p.d, (queries, out, to) => sums({ queries, out, to }));
    return [...step, { ...normalisation(p.d), parameters: { rows: u(rows) }, bindings: [{ name: "y", place: Y, writes: true }], groups: Math.ceil(rows / LANES), work: 4 * rows * p.d }];
  },
  attention: (machine, p) => attentionSums(machine, { ...p, ...choices(p), summand: "values" })({ queries: X, keys: { input: 1 }, values: { input: 2 }, out: Y }),
  "interaction-sums": (machine, p) => attentionSums(machine, { ...p, m: p.n, e: p.d, ...choices({ ...p, flow: "USA" }), summand: "weights" })({ queries: X, out: Y }),
  "harmonic-moments": (machine, p) => momentSums(machine, p)(X, Y),
  "harmonic-drift": (machine, p) => harmonicField(machine, p)(X, Y, 0),
  "harmonic-step": (machine, p) => rungeKuttaStep(machine, p, p.batch * p.n, harmonicField(machine, p)),
  matmul: (_, p) => arrays.products(p),
  "swap-axes": (_, p) => arrays.swapAxes(p),
  "row-softmax": (_, p) => arrays.softmax(p),
  "row-softmax-backward": (_, p) => arrays.softmaxBackward(p),
  "row-normalise": (_, p) => arrays.normalise(p),
  "row-normalise-backward": (_, p) => arrays.normaliseBackward(p),
  activation: (_, p) => arrays.activations(p),
  "activation-backward": (_, p) => arrays.activationsBackward(p),
  "linear-combination": (_, p) => arrays.combination(p),
  "adam-step": (_, p) => arrays.adamStep(p),
  exp: (_, p) => arrays.exp(p),
  tanh: (_, p) => arrays.tanh(p),
};

function choices({ flow, causal = false, shift = 0 }: Pick<AttentionParameters, "flow" | "causal" | "shift">): Pick<AttentionForm, "softmax" | "causal" | "shift"> {
  return { softmax: flow === "SA", causal, shift };
}

function drift(p: AttentionParameters): AttentionForm {
  return { ...p, m: p.n, e: p.d, ...choices(p), summand: "differences" };
}
