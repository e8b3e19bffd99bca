/** @file Each kernel as a program. The parameters have been checked. */
import type { AttentionParameters, ElementwiseParameters, KernelParameters } from "@mesoscope/kernels";
import type { AttentionForm } from "../shaders/attention-form.js";
import { normalisation } from "../shaders/combination.js";
import { elementwise, ROW_SOFTMAX } from "../shaders/rows.js";
import { LANES, u, type Place } from "../shaders/shader.js";
import { attentionSums } from "./attention.js";
import { harmonicField, momentSums } from "./harmonics.js";
import type { Machine, Program } from "./program.js";
import { rungeKuttaStep } from "./runge-kutta.js";

const X: Place = { input: 0 };
const Y: Place = { output: 0 };

/** Kernels that this backend has. */
export type GpuKernel = "attention-drift" | "attention-step" | "attention" | "interaction-sums" | "harmonic-moments" | "harmonic-drift" | "harmonic-step" | "row-softmax" | "exp" | "tanh";

/** Programs by kernel. */
export const programs: { readonly [K in GpuKernel]: (machine: Machine, parameters: KernelParameters[K]) => Program } = {
  "attention-drift": (machine, p) => {
    const { at, buffers } = attentionSums(machine, drift(p));
    return { dispatches: at({ queries: X, out: Y }), buffers };
  },
  "attention-step": (machine, p) => {
    const sums = attentionSums(machine, drift(p));
    const rows = p.batch * p.n;
    const step = rungeKuttaStep(machine, p, rows * p.d, (queries, out, to) => sums.at({ queries, out, to }));
    const unit = { ...normalisation(p.d), parameters: { rows: u(rows) }, bindings: [{ name: "y", place: Y, writes: true }], groups: Math.ceil(rows / LANES), work: 4 * rows * p.d };
    return { dispatches: [...step.dispatches, unit], buffers: [...sums.buffers, ...step.buffers] };
  },
  attention: (machine, p) => {
    const { at, buffers } = attentionSums(machine, { ...p, ...choices(p), summand: "values" });
    return { dispatches: at({ queries: X, keys: { input: 1 }, values: { input: 2 }, out: Y }), buffers };
  },
  "interaction-sums": (machine, p) => {
    const { at, buffers } = attentionSums(machine, { ...p, m: p.n, e: p.d, ...choices({ ...p, flow: "USA" }), summand: "weights" });
    return { dispatches: at({ queries: X, out: Y }), buffers };
  },
  "harmonic-moments": (machine, p) => {
    const { at, buffers } = momentSums(machine, p);
    return { dispatches: at(X, Y), buffers };
  },
  "harmonic-drift": (machine, p) => {
    const { field, buffers } = harmonicField(machine, p);
    return { dispatches: field(X, Y, 0), buffers };
  },
  "harmonic-step": (machine, p) => {
    const { field, buffers } = harmonicField(machine, p);
    const step = rungeKuttaStep(machine, p, p.batch * p.n, field);
    return { dispatches: step.dispatches, buffers: [...buffers, ...step.buffers] };
  },
  "row-softmax": (_, { batch, n, m }) => ({
    dispatches: [{ ...ROW_SOFTMAX, parameters: { m: u(m) }, bindings: [{ name: "x", place: X }, { name: "y", place: Y, writes: true }], groups: batch * n, work: 16 * batch * n * m }],
    buffers: [],
  }),
  exp: (_, p) => everyNumber("exp", p),
  tanh: (_, p) => everyNumber("tanh", p),
};

function everyNumber(name: "exp" | "tanh", { batch, n }: ElementwiseParameters): Program {
  const length = batch * n;
  return {
    dispatches: [{ ...elementwise(name), parameters: { length: u(length) }, bindings: [{ name: "x", place: X }, { name: "y", place: Y, writes: true }], groups: Math.ceil(length / LANES), work: 16 * length }],
    buffers: [],
  };
}

function choices({ flow, causal = false, shift = 0 }: Pick<AttentionParameters, "flow" | "causal" | "shift">): Pick<AttentionForm, "softmax" | "causal" | "shift"> {
  return { softmax: flow === "SA", causal, shift };
}

function drift(p: AttentionParameters): AttentionForm {
  return { ...p, m: p.n, e: p.d, ...choices(p), summand: "differences" };
}
