/** @file Sizes that are divided: tokens that fill no tile, one block and several, batches of few and of many, angles in many chunks. */
import type { Backend, Dtype, KernelName, KernelParameters } from "@mesoscope/kernels";
import { catalogueEntry, elements } from "@mesoscope/kernels";
import { key } from "@mesoscope/numerics";

const MIDPOINT = { dt: 0.01, tableau: { a: [[], [0.5]], b: [0, 1] } };
const harmonics = { numerator: [1, -0.5, 0.25], denominator: [3, 0.5] };
const flows = [{ flow: "SA", beta: 2 }, { flow: "SA", beta: 400 }, { flow: "SA", beta: 3, causal: true }, { flow: "SA", beta: 400, causal: true }, { flow: "USA", beta: 2 }, { flow: "USA", beta: 2, causal: true }, { flow: "USA", beta: 400, shift: 1 }] as const;

type Large = { readonly [K in KernelName]?: readonly KernelParameters[K][] };

/** Parameters by kernel. */
export const large: Large = {
  "attention-drift": [...flows.map((flow) => ({ batch: 1, n: 1001, d: 3, ...flow })), { batch: 3, n: 257, d: 5, flow: "SA", beta: 1 }, { batch: 9, n: 129, d: 2, flow: "SA", beta: 300 }],
  "attention-step": [
    { batch: 1, n: 641, d: 3, flow: "SA", beta: 2, ...MIDPOINT },
    { batch: 7, n: 65, d: 4, flow: "SA", beta: 300, ...MIDPOINT },
  ],
  attention: [...flows.map((flow) => ({ batch: 1, n: 333, m: 333, d: 7, e: 5, ...flow })), { batch: 9, n: 70, m: 131, d: 3, e: 9, flow: "SA", beta: 2 }],
  "interaction-sums": [{ batch: 1, n: 1001, d: 3, beta: 5 }, { batch: 8, n: 200, d: 3, beta: -5 }],
  "harmonic-moments": [{ batch: 1, n: 20_001, order: 7 }, { batch: 9, n: 301, order: 12 }],
  "harmonic-drift": [{ batch: 1, n: 20_001, ...harmonics }, { batch: 10, n: 301, ...harmonics }],
  "harmonic-step": [{ batch: 1, n: 9001, ...harmonics, ...MIDPOINT }, { batch: 5, n: 301, ...harmonics, ...MIDPOINT }],
  "spherical-moments": [{ batch: 5, n: 301, degree: 6 }],
  "spherical-drift": [{ batch: 5, n: 301, numerator: [1, -0.5, 0.25] }, { batch: 3, n: 101, ...harmonics }],
  matmul: [
    { batch: 3, m: 97, k: 31, n: 45 },
    { batch: 2, m: 70, k: 33, n: 17, transposeA: true, add: true, scale: 0.5 },
    { batch: 5, m: 30, k: 65, n: 33, transposeB: true, shareB: true },
    // Parts that begin in the middle of small matrices.
    { batch: 401, m: 3, k: 3, n: 16, transposeA: true, scale: 0.5 },
    { batch: 401, m: 3, k: 16, n: 3, transposeB: true },
    { batch: 31, m: 50, k: 6, n: 3, transposeA: true, add: true, shareB: true },
    { batch: 402, m: 3, k: 16, n: 3, heads: 3, besideA: true, besideB: true, transposeB: true },
    { batch: 402, m: 3, k: 3, n: 16, heads: 3, besideB: true, besideC: true, transposeA: true, add: true },
    { batch: 6, m: 80, k: 30, n: 20, heads: 3, besideA: true, besideB: true, besideC: true },
  ],
  "swap-axes": [{ batch: 5, a: 31, b: 17, c: 23 }],
  "row-softmax": [{ batch: 3, n: 67, m: 301 }, { batch: 4, n: 61, m: 61, causal: true }],
  "row-softmax-backward": [{ batch: 3, n: 67, m: 301 }],
  "row-normalise": [{ batch: 3, n: 67, m: 301, epsilon: 1e-5 }],
  "row-normalise-backward": [{ batch: 3, n: 67, m: 301, epsilon: 1e-5 }],
  activation: (["relu", "erf", "gelu", "tanh"] as const).map((name) => ({ batch: 3, n: 4001, name })),
  "activation-backward": (["relu", "erf", "gelu", "tanh"] as const).map((name) => ({ batch: 3, n: 4001, name })),
  "linear-combination": [{ batch: 3, n: 9001, a: 0.3, b: -2, shareX: true }],
  "adam-step": [{ batch: 3, n: 5001, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }],
  normals: [{ batch: 7, n: 501 }],
  binomials: [{ batch: 7, n: 101, trials: 50 }],
  exp: [{ batch: 3, n: 9001 }],
  tanh: [{ batch: 1, n: 12_345 }],
};

/** All outputs of a kernel on numbers of a stream, one after the other; angles among them that only @mesoscope/numerics can reduce. */
export async function outputOf<K extends KernelName>(backend: Backend, kernel: K, parameters: KernelParameters[K], dtype: Dtype): Promise<Float64Array> {
  const { inputs, outputs } = catalogueEntry(kernel).shapes(parameters);
  const plan = await backend.prepare(kernel, parameters, dtype);
  const from = inputs.map((shape, index) => backend.upload(numbersFor(kernel, index, elements(shape)), shape, dtype));
  const to = outputs.map((shape) => backend.alloc(dtype, shape));
  backend.submit(plan, from, to, catalogueEntry(kernel).iterates ? 3 : 1);
  const read: number[] = [];
  for (const y of to) for (const value of await backend.read(y)) read.push(value);
  for (const handle of [plan, ...from, ...to]) backend.free(handle);
  return Float64Array.from(read);
}

function numbersFor(kernel: KernelName, index: number, count: number): Float64Array {
  const stream = key("large").fold(kernel, index).stream();
  // Keys are halves of words, chances below 1, squares not negative.
  if (kernel === "normals" || (kernel === "binomials" && index === 0)) return Float64Array.from({ length: count }, () => stream.integer(65_536));
  if (kernel === "binomials") return Float64Array.from({ length: count }, () => stream.uniform());
  const x = stream.fillNormal(new Float64Array(count));
  if (kernel === "adam-step") return x.map(Math.abs);
  if (kernel.startsWith("harmonic")) for (let at = 0; at < count; at += 97) x[at] = 1e7 + at;
  return x;
}
