/** @file The kernels on plain arrays of the reference backend: the truth itself. */
import type { ArrayKernelParameters } from "../parameters.js";
import { activation, activationBackward } from "./activation.js";
import { adamStep } from "./adam-step.js";
import { binomials, normals } from "./draws.js";
import { linearCombination } from "./linear-combination.js";
import { matmul } from "./matmul.js";
import type { Program } from "./program.js";
import { rowNormalise, rowNormaliseBackward } from "./row-normalise.js";
import { rowSoftmax, rowSoftmaxBackward } from "./row-softmax.js";
import { swapAxes } from "./swap-axes.js";

/** A program for given parameters. */
export const arrayPrograms: { readonly [K in keyof ArrayKernelParameters]: (parameters: ArrayKernelParameters[K]) => Program } = {
  matmul: (p) => (a, c, _, [, b, old]) => {
    matmul(a, b!, p, c, old);
  },
  "swap-axes": (p) => (x, y) => {
    swapAxes(x, p, y);
  },
  "row-softmax": (p) => (x, y) => {
    rowSoftmax(x, p, y);
  },
  "row-softmax-backward": (p) => (y, dx, _, [, g]) => {
    rowSoftmaxBackward(y, g!, p, dx);
  },
  "row-normalise": (p) => (x, y) => {
    rowNormalise(x, p, y);
  },
  "row-normalise-backward": (p) => (x, dx, _, [, g]) => {
    rowNormaliseBackward(x, g!, p, dx);
  },
  activation: ({ name }) => (x, y) => {
    activation(x, name, y);
  },
  "activation-backward": ({ name }) => (x, dx, _, [, g]) => {
    activationBackward(x, g!, name, dx);
  },
  "linear-combination": (p) => (x, out, _, [, y]) => {
    linearCombination(x, y!, p, out);
  },
  "adam-step": (parameters) => (p, out, _, [, g, m, v, rates], [, outM, outV]) => {
    adamStep({ p, m: m!, v: v! }, g!, rates!, parameters, { p: out, m: outM!, v: outV! });
  },
  normals: (p) => (keys, z) => {
    normals(keys, p, z);
  },
  binomials: (parameters) => (keys, counts, _, [, p]) => {
    binomials(keys, p!, parameters, counts);
  },
};
