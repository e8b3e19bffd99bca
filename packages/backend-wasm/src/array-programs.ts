/** @file The kernels on plain arrays as programs on the module's memory. */
import type { ActivationName, ArrayKernelParameters, MatmulParameters } from "@mesoscope/kernels";
import { bytesOf, type Machine, type Program } from "./program.js";

const TRANSPOSE_A = 1;
const TRANSPOSE_B = 2;
const ADD = 4;

/** As in assembly/activation.as. */
const ACTIVATIONS: Readonly<Record<ActivationName, number>> = { relu: 0, erf: 1, gelu: 2, tanh: 3 };

/** Programs by kernel. The parameters have been checked. */
export const arrayPrograms: { readonly [K in keyof ArrayKernelParameters]: (machine: Machine, parameters: ArrayKernelParameters[K]) => Program } = {
  matmul: product,
  "swap-axes": ({ exports, dtype }, { batch, a, b, c }) => ({ blocks: [], run: (x, y) => exports[`swapAxes_${dtype}`](x, y, 0, batch * a * b, a, b, c) }),
  "row-softmax": ({ exports, dtype }, p) => ({ blocks: [], run: (x, y) => exports[`rowSoftmax_${dtype}`](x, y, 0, p.batch * p.n, p.m, p.causal === true ? p.n : 0) }),
  "row-softmax-backward": ({ exports, dtype }, p) => ({ blocks: [], run: (y, dx, _, [, g]) => exports[`rowSoftmaxBackward_${dtype}`](y, g!, dx, 0, p.batch * p.n, p.m) }),
  "row-normalise": ({ exports, dtype }, p) => ({ blocks: [], run: (x, y) => exports[`rowNormalise_${dtype}`](x, y, 0, p.batch * p.n, p.m, p.epsilon) }),
  "row-normalise-backward": ({ exports, dtype }, p) => ({ blocks: [], run: (x, dx, _, [, g]) => exports[`rowNormaliseBackward_${dtype}`](x, g!, dx, 0, p.batch * p.n, p.m, p.epsilon) }),
  activation: ({ exports, dtype }, p) => ({ blocks: [], run: (x, y) => exports[`activation_${dtype}`](x, 0, y, 0, p.batch * p.n, ACTIVATIONS[p.name]) }),
  "activation-backward": ({ exports, dtype }, p) => ({ blocks: [], run: (x, dx, _, [, g]) => exports[`activation_${dtype}`](x, g!, dx, 0, p.batch * p.n, ACTIVATIONS[p.name]) }),
  "linear-combination": ({ exports, dtype }, p) => ({
    blocks: [],
    run: (x, out, _, [, y]) => exports[`linearCombination_${dtype}`](x, y!, out, 0, p.batch * p.n, p.n, p.shareX === true ? 1 : 0, p.a, p.b),
  }),
  "adam-step": ({ exports, dtype }, q) => ({
    blocks: [],
    run: (p, outP, _, [, g, m, v, rates], [, outM, outV]) => exports[`adamStep_${dtype}`](p, g!, m!, v!, rates!, outP, outM!, outV!, 0, q.batch * q.n, q.n, q.beta1, q.beta2, q.epsilon),
  }),
  normals: ({ exports, heap, dtype }, { batch, n, first = 0 }) => {
    const scratch = heap.take(exports.normalsScratch());
    return { blocks: [scratch], run: (keys, z) => exports[`normals_${dtype}`](keys, z, 0, batch, n, first, scratch.at) };
  },
  binomials: ({ exports, heap, dtype }, { batch, n, trials }) => {
    const scratch = heap.take(exports.binomialsScratch());
    return { blocks: [scratch], run: (keys, counts, _, [, p]) => exports[`binomials_${dtype}`](keys, p!, counts, 0, batch, n, trials, scratch.at) };
  },
};

/** A shared B and many A in order are one product of all their rows. */
function product({ exports, heap, dtype }: Machine, p: MatmulParameters): Program {
  const { batch, m, k, n, transposeA = false, transposeB = false, scale = 1, add = false, shareA = false, shareB = false } = p;
  const flags = (transposeA ? TRANSPOSE_A : 0) + (transposeB ? TRANSPOSE_B : 0) + (add ? ADD : 0);
  const rows = shareB && !shareA && !transposeA ? batch * m : m;
  const scratch = heap.take(exports.matmulScratch(k, flags, bytesOf(dtype)));
  const call = exports[`matmul_${dtype}`];
  return {
    blocks: [scratch],
    run: (a, c, _, [, b, old = 0]) => call(a, b!, old, c, 0, batch * m, rows, k, n, shareA ? 0 : m * k, shareB ? 0 : k * n, flags, scale, scratch.at),
  };
}
