/** @file The kernels on plain arrays as programs on the module's memory, each a call over a range that threads may divide. Costs are nanoseconds on one thread. */
import type { ActivationName, ArrayKernelParameters, ElementwiseParameters, KernelParameters, MatmulParameters } from "@mesoscope/kernels";
import { bytesOf, scratchOfEach, type Machine, type Program } from "./program.js";

const TRANSPOSE_A = 1;
const TRANSPOSE_B = 2;
const ADD = 4;
const BESIDE_A = 8;
const BESIDE_B = 16;
const BESIDE_C = 32;

/** As in assembly/activation.as. */
const ACTIVATIONS: Readonly<Record<ActivationName, number>> = { relu: 0, erf: 1, gelu: 2, tanh: 3 };
const ACTIVATION_COSTS: Readonly<Record<ActivationName, number>> = { relu: 0.5, erf: 8, gelu: 12, tanh: 6 };

/** Of one number that is read, changed a little, and written. */
const TOUCH = 1;
/** Of one exponential with its sums. */
const WEIGHT = 3;
/** Of one normal number. */
const NORMAL = 25;

/** Of one binomial count. */
const COUNT = 150;

type Elementwise = "exp" | "tanh";
type Arrays = ArrayKernelParameters & Pick<KernelParameters, Elementwise>;

/** Programs by kernel. The parameters have been checked. */
export const arrayPrograms: { readonly [K in keyof Arrays]: (machine: Machine, parameters: Arrays[K]) => Program } = {
  matmul: product,
  "swap-axes": ({ over, dtype }, { batch, a, b, c }) => ({
    blocks: [],
    run: (x, y) => {
      over({ name: `swapAxes_${dtype}`, numbers: [x, y, 0, batch * a * b, a, b, c], range: 2, cost: 5 + TOUCH * c });
    },
  }),
  "row-softmax": ({ over, dtype }, p) => ({
    blocks: [],
    run: (x, y) => {
      over({ name: `rowSoftmax_${dtype}`, numbers: [x, y, 0, p.batch * p.n, p.m, p.causal === true ? p.n : 0], range: 2, cost: WEIGHT * p.m });
    },
  }),
  "row-softmax-backward": ({ over, dtype }, p) => ({
    blocks: [],
    run: (y, dx, _, [, g]) => {
      over({ name: `rowSoftmaxBackward_${dtype}`, numbers: [y, g!, dx, 0, p.batch * p.n, p.m], range: 3, cost: TOUCH * p.m });
    },
  }),
  "row-normalise": ({ over, dtype }, p) => ({
    blocks: [],
    run: (x, y) => {
      over({ name: `rowNormalise_${dtype}`, numbers: [x, y, 0, p.batch * p.n, p.m, p.epsilon], range: 2, cost: 2 * TOUCH * p.m });
    },
  }),
  "row-normalise-backward": ({ over, dtype }, p) => ({
    blocks: [],
    run: (x, dx, _, [, g]) => {
      over({ name: `rowNormaliseBackward_${dtype}`, numbers: [x, g!, dx, 0, p.batch * p.n, p.m, p.epsilon], range: 3, cost: 3 * TOUCH * p.m });
    },
  }),
  activation: ({ over, dtype }, p) => ({
    blocks: [],
    run: (x, y) => {
      over({ name: `activation_${dtype}`, numbers: [x, 0, y, 0, p.batch * p.n, ACTIVATIONS[p.name]], range: 3, cost: ACTIVATION_COSTS[p.name] });
    },
  }),
  "activation-backward": ({ over, dtype }, p) => ({
    blocks: [],
    run: (x, dx, _, [, g]) => {
      over({ name: `activation_${dtype}`, numbers: [x, g!, dx, 0, p.batch * p.n, ACTIVATIONS[p.name]], range: 3, cost: ACTIVATION_COSTS[p.name] });
    },
  }),
  "linear-combination": ({ over, dtype }, p) => ({
    blocks: [],
    run: (x, out, _, [, y]) => {
      over({ name: `linearCombination_${dtype}`, numbers: [x, y!, out, 0, p.batch * p.n, p.n, p.shareX === true ? 1 : 0, p.a, p.b], range: 3, cost: TOUCH });
    },
  }),
  "adam-step": ({ over, dtype }, q) => ({
    blocks: [],
    run: (p, outP, _, [, g, m, v, rates], [, outM, outV]) => {
      over({ name: `adamStep_${dtype}`, numbers: [p, g!, m!, v!, rates!, outP, outM!, outV!, 0, q.batch * q.n, q.n, q.beta1, q.beta2, q.epsilon], range: 8, cost: 4 * TOUCH });
    },
  }),
  normals: (machine, { batch, n, first = 0 }) => {
    const { block, scratch } = scratchOfEach(machine, 6, machine.exports.normalsScratch());
    return {
      blocks: [block],
      run: (keys, z) => {
        machine.over({ name: `normals_${machine.dtype}`, numbers: [keys, z, 0, batch, n, first, block.at], range: 2, cost: NORMAL * n, scratch });
      },
    };
  },
  binomials: (machine, { batch, n, trials }) => {
    const { block, scratch } = scratchOfEach(machine, 7, machine.exports.binomialsScratch());
    return {
      blocks: [block],
      run: (keys, counts, _, [, p]) => {
        machine.over({ name: `binomials_${machine.dtype}`, numbers: [keys, p!, counts, 0, batch, n, trials, block.at], range: 3, cost: COUNT * n, scratch });
      },
    };
  },
  exp: elementwise("exp"),
  tanh: elementwise("tanh"),
};

/** A function of every number by itself. */
function elementwise(name: Elementwise): (machine: Machine, parameters: ElementwiseParameters) => Program {
  return ({ over, dtype }, { batch, n }) => ({
    blocks: [],
    run: (x, y) => {
      over({ name: `${name}_${dtype}`, numbers: [x, y, 0, batch * n], range: 2, cost: 5 });
    },
  });
}

/** A shared B and many A in order are one product of all their rows. */
function product(machine: Machine, p: MatmulParameters): Program {
  const { batch, m, k, n, scale = 1, shareA = false, shareB = false, heads = 1 } = p;
  const { exports, dtype, over } = machine;
  const flags = flagsOf(p);
  const rows = shareB && !shareA && (flags & ~ADD & ~TRANSPOSE_B) === 0 ? batch * m : m;
  const { block, scratch } = scratchOfEach(machine, 14, exports.matmulScratch(m, k, n, flags, bytesOf(dtype)));
  // Rows of one block of the module: what is copied for a block serves all of them.
  const together = 64;
  return {
    blocks: [block],
    run: (a, c, _, [, b, old = 0]) => {
      const numbers = [a, b!, old, c, 0, batch * m, rows, k, n, heads, shareA ? 0 : m * k, shareB ? 0 : k * n, flags, scale, block.at];
      over({ name: `matmul_${dtype}`, numbers, range: 4, cost: 5 + 0.01 * bytesOf(dtype) * k * n, together, scratch });
    },
  };
}

function flagsOf({ transposeA, transposeB, add, besideA, besideB, besideC }: MatmulParameters): number {
  const given = [[transposeA, TRANSPOSE_A], [transposeB, TRANSPOSE_B], [add, ADD], [besideA, BESIDE_A], [besideB, BESIDE_B], [besideC, BESIDE_C]] as const;
  return given.reduce((flags, [is, flag]) => flags + (is === true ? flag : 0), 0);
}
