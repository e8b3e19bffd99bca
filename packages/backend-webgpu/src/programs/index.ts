/** @file Each kernel as a program. The parameters have been checked. */
import type { AttentionParameters, ElementwiseParameters, KernelParameters } from "@mesoscope/kernels";
import type { AttentionForm } from "../shaders/attention-form.js";
import { normalisation } from "../shaders/combination.js";
import { elementwise, ROW_SOFTMAX } from "../shaders/rows.js";
import { LANES, u, type Binding, type Place } from "../shaders/shader.js";
import { attentionSums } from "./attention.js";
import { harmonicField, momentSums } from "./harmonics.js";
import type { Machine, Program } from "./program.js";
import { rungeKuttaStep } from "./runge-kutta.js";

const X: Place = { input: 0 };
const Y: Place = { output: 0 };
const XY: readonly Binding[] = [
  { name: "x", place: X },
  { name: "y", place: Y, writes: true },
];

/** Kernels that this backend has. */
export type GpuKernel = "attention-drift" | "attention-step" | "attention" | "interaction-sums" | "harmonic-moments" | "harmonic-drift" | "harmonic-step" | "row-softmax" | "exp" | "tanh";

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
  "row-softmax": (_, { batch, n, m }) => [{ ...ROW_SOFTMAX, parameters: { m: u(m) }, bindings: XY, groups: batch * n, work: 16 * batch * n * m }],
  exp: (_, p) => everyNumber("exp", p),
  tanh: (_, p) => everyNumber("tanh", p),
};

function everyNumber(name: "exp" | "tanh", { batch, n }: ElementwiseParameters): Program {
  const length = batch * n;
  return [{ ...elementwise(name), parameters: { length: u(length) }, bindings: XY, groups: Math.ceil(length / LANES), work: 16 * length }];
}

function choices({ flow, causal = false, shift = 0 }: Pick<AttentionParameters, "flow" | "causal" | "shift">): Pick<AttentionForm, "softmax" | "causal" | "shift"> {
  return { softmax: flow === "SA", causal, shift };
}

function drift(p: AttentionParameters): AttentionForm {
  return { ...p, m: p.n, e: p.d, ...choices(p), summand: "differences" };
}
