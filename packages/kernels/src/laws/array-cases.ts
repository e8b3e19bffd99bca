/** @file Inputs of the kernels on plain arrays: sizes that break tilings, the forms of an operand, numbers of very different size. */
import { key, type Stream } from "@mesoscope/numerics";
import type { MatmulParameters } from "../array-parameters.js";
import type { ArrayKernelParameters, KernelName } from "../parameters.js";
import { keyHalves } from "../reference/draws.js";
import type { Case } from "./case.js";
import { nameOf } from "./case.js";

function streamOf(...parts: (number | string)[]): Stream {
  return key("kernels/laws").fold(...parts).stream();
}

function normal(length: number, ...parts: (number | string)[]): Float64Array {
  return streamOf(...parts).fillNormal(new Float64Array(length));
}

/** Sizes (batch, m, k, n): one number, odd ones, whole tiles, more than a tile, small batches; heads of few tokens with their logits and inputs. */
const products = [[5, 3, 3, 16], [5, 3, 16, 3], [3, 5, 9, 4], [3, 20, 6, 3], [1, 1, 1, 1], [3, 2, 3, 5], [3, 4, 8, 8], [2, 7, 5, 3], [3, 6, 64, 64], [2, 3, 2, 33], [1, 65, 17, 31], [1, 130, 33, 70], [2, 1, 9, 40], [2, 40, 9, 1], [1, 12, 300, 20]] as const;

const forms: readonly Partial<MatmulParameters>[] = [
  {},
  { transposeA: true, add: true },
  { transposeB: true, scale: 0.37 },
  { transposeA: true, transposeB: true, shareA: true },
  { shareB: true, scale: -2, add: true },
  { transposeB: true, shareA: true, shareB: true },
];

/** Heads side by side: few and many tokens, each operand, all of them, one head. */
const headed: readonly { readonly sizes: readonly [number, number, number, number]; readonly form: Partial<MatmulParameters> }[] = ([[6, 3, 16, 3], [6, 3, 3, 16], [4, 20, 9, 20], [4, 70, 17, 5], [2, 5, 40, 1]] as const).flatMap((sizes) =>
  ([
    { heads: 2, besideA: true, besideB: true, transposeB: true, scale: 0.25 },
    { heads: 2, besideB: true, besideC: true },
    { heads: 2, besideB: true, besideC: true, transposeA: true, add: true },
    { heads: 1, besideA: true, besideC: true, shareB: true },
    { heads: 2, besideA: true, transposeA: true, transposeB: true },
  ] as const).map((form) => ({ sizes, form })),
);

function matmulCases(): Case<"matmul">[] {
  const all = [...products.flatMap((sizes) => forms.map((form) => ({ sizes, form }))), ...headed];
  return all.map(({ sizes: [batch, m, k, n], form }) => {
    const parameters = { batch, m, k, n, ...form };
    const input = normal((form.shareA === true ? 1 : batch) * m * k, "matmul a", batch, m, k, n);
    const b = normal((form.shareB === true ? 1 : batch) * k * n, "matmul b", batch, m, k, n);
    const more = form.add === true ? [b, normal(batch * m * n, "matmul c", batch, m, k, n)] : [b];
    return { name: nameOf(parameters), parameters, input, more };
  });
}

function swapCases(): Case<"swap-axes">[] {
  return ([[1, 1, 1, 1], [3, 2, 3, 5], [3, 7, 2, 1], [1, 4, 6, 16], [2, 33, 5, 3], [1, 8, 8, 2]] as const).map(([batch, a, b, c]) => {
    const parameters = { batch, a, b, c };
    return { name: nameOf(parameters), parameters, input: normal(batch * a * b * c, "swap", batch, a, b, c) };
  });
}

const rowLengths = [1, 2, 3, 8, 33, 256, 1001];

/** Scores of both signs, narrow and wide, some rows all equal; lengths that break vectors. */
function scores(rows: number, m: number, reach: number): Float64Array {
  const stream = streamOf("rows", m, String(reach));
  return Float64Array.from({ length: rows * m }, (_, at) => (Math.floor(at / m) % 5 === 2 ? reach : 2 * reach * (stream.uniform() - 0.5)));
}

function softmaxCases(): Case<"row-softmax">[] {
  const full = rowLengths.flatMap((m) => [0.1, 5, 60].map((reach) => ({ parameters: { batch: 3, n: 5, m }, reach })));
  const causal = [1, 2, 5, 8, 33].flatMap((m) => [0.1, 60].map((reach) => ({ parameters: { batch: 3, n: m, m, causal: true }, reach })));
  return [...full, ...causal].map(({ parameters, reach }) => ({ name: `reach ${reach} ${nameOf(parameters)}`, parameters, input: scores(3 * parameters.n, parameters.m, reach) }));
}

function softmaxBackwardCases(): Case<"row-softmax-backward">[] {
  return rowLengths.map((m) => {
    const parameters = { batch: 3, n: 5, m };
    const input = normal(15 * m, "probabilities", m).map((value) => value * value);
    for (let at = 0; at < input.length; at += m) {
      const sum = input.subarray(at, at + m).reduce((a, b) => a + b, 0);
      for (let j = at; j < at + m; j += 1) input[j]! /= sum;
    }
    return { name: nameOf(parameters), parameters, input, more: [normal(15 * m, "row gradient", m)] };
  });
}

/** Rows of every size about a mean of every size, never so far from 0 that a float has no digits left for their spread. */
function normaliseCases<K extends "row-normalise" | "row-normalise-backward">(backward: boolean): Case<K>[] {
  return rowLengths.flatMap((m) =>
    [0, 30].map((mean) => {
      const parameters = { batch: 3, n: 5, m, epsilon: m === 1 ? 0.5 : 1e-5 } as ArrayKernelParameters[K];
      const input = normal(15 * m, "normalise", m).map((value, at) => mean + [1, 0.05, 20, 3, 1][Math.floor(at / m) % 5]! * value);
      return { name: `about ${mean} ${nameOf(parameters)}`, parameters, input, ...(backward ? { more: [normal(15 * m, "normalise gradient", m)] } : {}) };
    }),
  );
}

/** Numbers of every size, the ends of the pieces that error functions are made of among them. */
function activationCases<K extends "activation" | "activation-backward">(backward: boolean): Case<K>[] {
  const special = [0, -0, 0.70710678, -0.70710679, 1.13, -1.77, 2.55, -3.54, 4.95, -7.08, 7.1, 8.5, -8.5, 0.875, -20, 20, 1e-30, -1e-12];
  return (["relu", "erf", "gelu", "tanh"] as const).flatMap((name) =>
    ([[1, 1], [3, 7], [2, 64], [1, 517]] as const).map(([batch, n]) => {
      const stream = streamOf("activation", batch, n);
      const reach = [1e-9, 0.3, 1, 2, 4, 9];
      const parameters = { batch, n, name } as ArrayKernelParameters[K];
      const input = Float64Array.from({ length: batch * n }, (_, i) => special[i - 5] ?? 2 * reach[i % reach.length]! * (stream.uniform() - 0.5));
      return { name: nameOf(parameters), parameters, input, ...(backward ? { more: [normal(batch * n, "activation gradient", n)] } : {}) };
    }),
  );
}

const counts = [[1, 1], [3, 7], [2, 64], [1, 517], [3, 1001]] as const;

function combinationCases(): Case<"linear-combination">[] {
  return counts.flatMap(([batch, n]) =>
    [{ a: 1, b: 1 }, { a: -0.3, b: 0 }, { a: 2.5, b: -0.7, shareX: true }].map((weights) => {
      const parameters = { batch, n, ...weights };
      return { name: nameOf(parameters), parameters, input: normal((weights.shareX === true ? 1 : batch) * n, "combination x", n), more: [normal(batch * n, "combination y", n)] };
    }),
  );
}

function adamCases(): Case<"adam-step">[] {
  return counts.map(([batch, n]) => {
    const parameters = { batch, n, beta1: 0.9, beta2: 0.99, epsilon: 1e-6 };
    const [input, g, m, root] = ["p", "g", "m", "v"].map((name) => normal(batch * n, "adam", name, n));
    const rates = Float64Array.from({ length: 3 * batch }, (_, at) => [0.01 * (1 + Math.floor(at / 3)), 1 / 0.271, 1 / 0.029701][at % 3]!);
    return { name: nameOf(parameters), parameters, input: input!, more: [g!, m!, root!.map((value) => value * value), rates] };
  });
}

function keysOf(batch: number, name: string): Float64Array {
  return keyHalves(Array.from({ length: batch }, (_, replica) => key("kernels/laws").fold(name, replica)));
}

function normalsCases(): Case<"normals">[] {
  return [...counts.map(([batch, n]) => ({ batch, n })), { batch: 3, n: 9, first: 1 }, { batch: 2, n: 5, first: 2 ** 40 }].map((parameters) => ({ name: nameOf(parameters), parameters, input: keysOf(parameters.batch, "normals") }));
}

/** Small and large means, the ends and the middle of the interval. */
function binomialsCases(): Case<"binomials">[] {
  return [0, 1, 7, 64, 1000, 100_000].map((trials) => {
    const parameters = { batch: 3, n: 40, trials };
    const stream = streamOf("probabilities", trials);
    const p = Float64Array.from({ length: 120 }, (_, i) => Math.fround([0, 1, 0.5, stream.uniform(), 1e-3 * stream.uniform(), 1 - 1e-4 * stream.uniform()][i % 6]!));
    return { name: nameOf(parameters), parameters, input: keysOf(3, "binomials"), more: [p] };
  });
}

/** All cases of the kernels on arrays. */
export const arrayCases: { readonly [K in keyof ArrayKernelParameters & KernelName]: () => readonly Case<K>[] } = {
  matmul: matmulCases,
  "swap-axes": swapCases,
  "row-softmax": softmaxCases,
  "row-softmax-backward": softmaxBackwardCases,
  "row-normalise": () => normaliseCases<"row-normalise">(false),
  "row-normalise-backward": () => normaliseCases<"row-normalise-backward">(true),
  activation: () => activationCases<"activation">(false),
  "activation-backward": () => activationCases<"activation-backward">(true),
  "linear-combination": combinationCases,
  "adam-step": adamCases,
  normals: normalsCases,
  binomials: binomialsCases,
};
