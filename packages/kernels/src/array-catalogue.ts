/** @file The kernels on plain arrays: products, rows, activations, an optimiser, draws. Part of the catalogue. */
import { checkActivation, checkAdamStep, checkBinomials, checkLinearCombination, checkMatmul, checkNormals, checkRowNormalise, checkRows, checkRowSoftmax, checkSwapAxes } from "./array-rules.js";
import type { CatalogueEntry } from "./catalogue-entry.js";
import type { ArrayKernelParameters } from "./parameters.js";
import type { Shape } from "./shape.js";

const numbers = ({ batch, n }: { batch: number; n: number }): Shape => [batch, n];
const rows = ({ batch, n, m }: { batch: number; n: number; m: number }): Shape => [batch, n, m];

/** The kernels on arrays, by name. */
export const arrayCatalogue: { readonly [K in keyof ArrayKernelParameters]: CatalogueEntry<ArrayKernelParameters[K]> } = Object.freeze({
  matmul: {
    meaning:
      "C = scale A B, with add C = scale A B + C: products of matrices, one a replica. Every sum runs over k in ascending order on a deterministic backend, so that its f64 " +
      "bits are those of plain loops. A (R, m, k), or (R, k, m) with transposeA; B (R, k, n), or (R, n, k) with transposeB; a shared operand is (1, ...); " +
      "with add a third input C (R, m, n) -> C (R, m, n), which may be that input. With beside, rows hold the heads of a replica side by side: (R / heads, rows, heads, columns).",
    iterates: false,
    inPlace: [[2, 0]],
    check: checkMatmul,
    shapes: ({ batch, m, k, n, transposeA = false, transposeB = false, add = false, shareA = false, shareB = false, heads = 1, besideA = false, besideB = false, besideC = false }) => {
      const shape = (shared: boolean, beside: boolean, [down, across]: readonly [number, number]): Shape => (beside ? [batch / heads, down, heads, across] : [shared ? 1 : batch, down, across]);
      const product = shape(false, besideC, [m, n]);
      return {
        inputs: [shape(shareA, besideA, transposeA ? [k, m] : [m, k]), shape(shareB, besideB, transposeB ? [n, k] : [k, n]), ...(add ? [product] : [])],
        outputs: [product],
      };
    },
  },
  "swap-axes": {
    meaning: "y_{b a c} = x_{a b c}: the two middle axes change places, as when heads are gathered or transposed. x (R, a, b, c) -> y (R, b, a, c).",
    iterates: false,
    check: checkSwapAxes,
    shapes: ({ batch, a, b, c }) => ({ inputs: [[batch, a, b, c]], outputs: [[batch, b, a, c]] }),
  },
  "row-softmax": {
    meaning:
      "y_ij = exp(x_ij - max_k x_ik) / sum_l exp(x_il - max_k x_ik): every row a probability. Causal (m = n): over k, l <= i, and y_ij = 0 for j > i. " +
      "Weights below the least normal number may be 0. x (R, n, m) -> y (R, n, m).",
    iterates: false,
    check: checkRowSoftmax,
    shapes: (p) => ({ inputs: [rows(p)], outputs: [rows(p)] }),
  },
  "row-softmax-backward": {
    meaning: "dx_ij = y_ij (g_ij - sum_k y_ik g_ik): the gradient g at probabilities y taken back to their scores. y (R, n, m), g (R, n, m) -> dx (R, n, m).",
    iterates: false,
    check: checkRows,
    shapes: (p) => ({ inputs: [rows(p), rows(p)], outputs: [rows(p)] }),
  },
  "row-normalise": {
    meaning: "y_ij = (x_ij - mean_i) / sqrt(var_i + epsilon), mean and variance over the m numbers of the row (divided by m). x (R, n, m) -> y (R, n, m).",
    iterates: false,
    check: checkRowNormalise,
    shapes: (p) => ({ inputs: [rows(p)], outputs: [rows(p)] }),
  },
  "row-normalise-backward": {
    meaning:
      "dx_ij = (g_ij - mean_k g_ik - y_ij mean_k(g_ik y_ik)) / sqrt(var_i + epsilon), y = row-normalise(x): the gradient g at the normalised rows taken back to x. " +
      "x (R, n, m), g (R, n, m) -> dx (R, n, m).",
    iterates: false,
    check: checkRowNormalise,
    shapes: (p) => ({ inputs: [rows(p), rows(p)], outputs: [rows(p)] }),
  },
  activation: {
    meaning:
      "y = phi(x), number by number: relu max(x, 0); erf(x / sqrt 2) = 2 Phi(x) - 1; gelu x Phi(x), exact; tanh. A deterministic backend gives in f64 the bits of the reference. x (R, n) -> y (R, n).",
    iterates: false,
    check: checkActivation,
    shapes: (p) => ({ inputs: [numbers(p)], outputs: [numbers(p)] }),
  },
  "activation-backward": {
    meaning: "dx = g phi'(x), number by number; phi'(0) = 0 for relu. x (R, n), g (R, n) -> dx (R, n).",
    iterates: false,
    check: checkActivation,
    shapes: (p) => ({ inputs: [numbers(p), numbers(p)], outputs: [numbers(p)] }),
  },
  "linear-combination": {
    meaning: "a x + b y. x (R, n), or (1, n) with shareX; y (R, n) -> (R, n), which may be y.",
    iterates: false,
    inPlace: [[1, 0]],
    check: checkLinearCombination,
    shapes: (p) => ({ inputs: [[p.shareX === true ? 1 : p.batch, p.n], numbers(p)], outputs: [numbers(p)] }),
  },
  "adam-step": {
    meaning:
      "One step of Adam: m' = beta1 m + (1 - beta1) g, v' = beta2 v + (1 - beta2) g^2, p' = p - rate c1 m' / (sqrt(c2 v') + epsilon), with (rate, c1, c2) of each replica as numbers: " +
      "c1 = 1 / (1 - beta1^t), c2 = 1 / (1 - beta2^t). p, g, m, v (R, n), rates (R, 3) -> p', m', v' (R, n), which may be p, m, v.",
    iterates: false,
    inPlace: [[0, 0], [2, 1], [3, 2]],
    check: checkAdamStep,
    shapes: (p) => ({ inputs: [numbers(p), numbers(p), numbers(p), numbers(p), [p.batch, 3]], outputs: [numbers(p), numbers(p), numbers(p)] }),
  },
  normals: {
    meaning:
      "Standard normals: replica r holds the draws first ... first + n - 1 of normal() of the stream of key r of @mesoscope/numerics; a deterministic backend gives its bits. " +
      "Keys as four numbers below 2^16 each (keyHalves), which a float holds. keys (R, 4) -> z (R, n).",
    iterates: false,
    check: checkNormals,
    shapes: (p) => ({ inputs: [[p.batch, 4]], outputs: [numbers(p)] }),
  },
  binomials: {
    meaning:
      "Counts of successes in `trials` trials: replica r holds drawBinomial(stream, trials, p) of @mesoscope/numerics for its probabilities in order, with the stream of key r. " +
      "A probability outside [0, 1] gives NaN and draws nothing. keys (R, 4) as for normals, p (R, n) -> counts (R, n).",
    iterates: false,
    check: checkBinomials,
    shapes: (p) => ({ inputs: [[p.batch, 4], numbers(p)], outputs: [numbers(p)] }),
  },
});
