/**
 * @file The truth of the kernels on plain arrays and how far a backend may be from it. With eps the unit in the last place of 1, one rounding is at
 * most eps / 2 of its result, and a sum of m terms, in whatever order, errs by at most (m / 2) eps of the sum of their absolute values.
 */
import type { ActivationParameters, AdamStepParameters, LinearCombinationParameters, MatmulParameters, RowNormaliseParameters, RowParameters, RowSoftmaxParameters } from "../array-parameters.js";
import type { ArrayKernelParameters } from "../parameters.js";
import { activations, activationSlopes } from "../reference/activation.js";
import { adamStep } from "../reference/adam-step.js";
import { binomials, normals } from "../reference/draws.js";
import { linearCombination } from "../reference/linear-combination.js";
import { matmul } from "../reference/matmul.js";
import { rowNormalise, rowNormaliseBackward } from "../reference/row-normalise.js";
import { rowSoftmax, rowSoftmaxBackward } from "../reference/row-softmax.js";
import { swapAxes } from "../reference/swap-axes.js";
import { bits, leastNormal, type Expectation, type Oracle } from "./expectation.js";

function exactly(value: Float64Array): Expectation {
  return { value, bound: new Float64Array(value.length) };
}

/** k products and their sum on both sides, then scale and addition: (k + 4) eps of the same expression in absolute values. */
const matmulOracle: Oracle<MatmulParameters> = (a, p, { epsilon }, [b, old]) => {
  const value = new Float64Array(p.batch * p.m * p.n);
  matmul(a, b!, p, value, old);
  const bound = new Float64Array(value.length);
  matmul(a.map(Math.abs), b!.map(Math.abs), { ...p, scale: Math.abs(p.scale ?? 1) }, bound, old?.map(Math.abs));
  return { value, bound: bound.map((size) => epsilon * (p.k + 4) * size) };
};

/** Rounding x - max is an error of the exponent; a weight that is no normal number may be 0. */
const rowSoftmaxOracle: Oracle<RowSoftmaxParameters> = (x, p, rounding) => {
  const value = new Float64Array(x.length);
  rowSoftmax(x, p, value);
  const { n, m, causal = false } = p;
  const factor = 8 + 2 * bits(m) + rounding.exponentialUlps;
  const bound = new Float64Array(x.length);
  for (let row = 0; row < p.batch * n; row += 1) {
    const used = causal ? (row % n) + 1 : m;
    const top = x.subarray(row * m, row * m + used).reduce((a, b) => Math.max(a, b), -Infinity);
    for (let j = row * m; j < row * m + used; j += 1) bound[j] = leastNormal(rounding) + value[j]! * rounding.epsilon * (factor + (top - x[j]!));
  }
  return { value, bound };
};

const rowSoftmaxBackwardOracle: Oracle<RowParameters> = (y, p, { epsilon }, [g]) => {
  const value = new Float64Array(y.length);
  rowSoftmaxBackward(y, g!, p, value);
  const bound = new Float64Array(y.length);
  for (let at = 0; at < y.length; at += p.m) {
    let size = 0;
    for (let j = at; j < at + p.m; j += 1) size += y[j]! * Math.abs(g![j]!);
    for (let j = at; j < at + p.m; j += 1) bound[j] = epsilon * y[j]! * ((p.m + 6) * size + 4 * Math.abs(g![j]!));
  }
  return { value, bound };
};

/**
 * Of each row: the normalised numbers, how far they may be off on one side, and sqrt(var + epsilon). The mean errs by (m / 2 + 1) eps of the mean
 * size A, which moves every difference; the root by half of what the variance errs, (m + 4) eps, the error of the mean entering squared.
 */
function normalised(x: Float64Array, p: RowNormaliseParameters, epsilon: number): { y: Float64Array; error: Float64Array; deviations: Float64Array } {
  const y = new Float64Array(x.length);
  rowNormalise(x, p, y);
  const error = new Float64Array(x.length);
  const deviations = new Float64Array(x.length / p.m);
  for (let row = 0; row < deviations.length; row += 1) {
    const numbers = x.subarray(row * p.m, (row + 1) * p.m);
    const mean = numbers.reduce((a, b) => a + b, 0) / p.m;
    const size = numbers.reduce((a, b) => a + Math.abs(b), 0) / p.m;
    const deviation = Math.sqrt(numbers.reduce((a, b) => a + (b - mean) * (b - mean), 0) / p.m + p.epsilon);
    deviations[row] = deviation;
    for (let j = row * p.m; j < (row + 1) * p.m; j += 1) error[j] = epsilon * (((p.m / 2 + 2) * size + Math.abs(x[j]!)) / deviation + Math.abs(y[j]!) * (p.m / 2 + 4));
  }
  return { y, error, deviations };
}

const rowNormaliseOracle: Oracle<RowNormaliseParameters> = (x, p, { epsilon }) => {
  const { y, error } = normalised(x, p, epsilon);
  return { value: y, bound: error.map((one) => 2 * one) };
};

/** With E the error of y: two means of m terms, the product with y, a difference and a quotient. */
const rowNormaliseBackwardOracle: Oracle<RowNormaliseParameters> = (x, p, { epsilon }, [g]) => {
  const value = new Float64Array(x.length);
  rowNormaliseBackward(x, g!, p, value);
  const { y, error, deviations } = normalised(x, p, epsilon);
  const bound = value.map((dx, j) => {
    const row = Math.floor(j / p.m);
    let size = 0;
    let along = 0;
    let moved = 0;
    for (let k = row * p.m; k < (row + 1) * p.m; k += 1) {
      size += Math.abs(g![k]!) / p.m;
      along += Math.abs(g![k]! * y[k]!) / p.m;
      moved += (Math.abs(g![k]!) * error[k]!) / p.m;
    }
    const above = epsilon * (2 * Math.abs(g![j]!) + (p.m / 2 + 4) * (size + Math.abs(y[j]!) * along)) + Math.abs(y[j]!) * moved + error[j]! * along;
    return 2 * (above / deviations[row]! + epsilon * (p.m / 2 + 4) * Math.abs(dx));
  });
  return { value, bound };
};

/**
 * Phi may be made of an error function that is good to 2 ulp and the device's exponential in absolute terms: (4 + u) eps of max(1, |x|) for gelu, of the value
 * itself for the others. x / sqrt 2 rounded moves a gaussian by x^2 eps of itself.
 */
function activationError(name: ActivationParameters["name"], x: number, value: number, factor: number): number {
  if (name === "relu") return 0;
  if (name === "tanh") return factor * Math.abs(value);
  return factor * (Math.abs(value) + (name === "gelu" ? Math.min(Math.abs(x), 1 + Math.abs(value)) : 0));
}

const activationOracle: Oracle<ActivationParameters> = (x, { name }, { epsilon, exponentialUlps }) => {
  const value = x.map(activations[name]);
  return { value, bound: value.map((y, i) => activationError(name, x[i]!, y, epsilon * (4 + 2 * exponentialUlps))) };
};

/** The derivative errs by (4 + u) eps of 1 (tanh, gelu: differences of numbers near 1), a gaussian by x^2 eps of itself besides, at most eps. */
const activationBackwardOracle: Oracle<ActivationParameters> = (x, { name }, { epsilon, exponentialUlps }, [g]) => {
  const value = x.map((number, i) => g![i]! * activationSlopes[name](number));
  return { value, bound: value.map((dx, i) => (name === "relu" ? 0 : epsilon * (6 + 2 * exponentialUlps) * Math.abs(g![i]!) + epsilon * Math.abs(dx))) };
};

const combinationOracle: Oracle<LinearCombinationParameters> = (x, p, { epsilon }, [y]) => {
  const value = new Float64Array(y!.length);
  linearCombination(x, y!, p, value);
  return { value, bound: value.map((_, i) => 3 * epsilon * (Math.abs(p.a * x[p.shareX === true ? i % p.n : i]!) + Math.abs(p.b * y![i]!))) };
};

/** m' and v' err by 4 eps of their terms; the step by that of m' over the root, and by 8 eps of itself. */
const adamOracle: Oracle<AdamStepParameters> = (p, q, { epsilon }, [g, m, v, rates]) => {
  const length = p.length;
  const [value, bound] = [new Float64Array(3 * length), new Float64Array(3 * length)];
  const part = (index: number): Float64Array => value.subarray(index * length, (index + 1) * length);
  const out = { p: part(0), m: part(1), v: part(2) };
  adamStep({ p, m: m!, v: v! }, g!, rates!, q, out);
  for (let i = 0; i < length; i += 1) {
    const [rate, c1, c2] = rates!.subarray(3 * Math.floor(i / q.n));
    const terms = q.beta1 * Math.abs(m![i]!) + (1 - q.beta1) * Math.abs(g![i]!);
    const root = Math.sqrt(c2! * out.v[i]!) + q.epsilon;
    bound[length + i] = 4 * epsilon * terms;
    bound[2 * length + i] = 4 * epsilon * out.v[i]!;
    bound[i] = epsilon * (2 * Math.abs(out.p[i]!) + (Math.abs(rate!) * c1! * 12 * terms) / root);
  }
  return { value, bound };
};

/** The truth of each kernel on arrays with its bound. */
export const arrayOracles: { readonly [K in keyof ArrayKernelParameters]: Oracle<ArrayKernelParameters[K]> } = {
  matmul: matmulOracle,
  "swap-axes": (x, p) => {
    const value = new Float64Array(x.length);
    swapAxes(x, p, value);
    return exactly(value);
  },
  "row-softmax": rowSoftmaxOracle,
  "row-softmax-backward": rowSoftmaxBackwardOracle,
  "row-normalise": rowNormaliseOracle,
  "row-normalise-backward": rowNormaliseBackwardOracle,
  activation: activationOracle,
  "activation-backward": activationBackwardOracle,
  "linear-combination": combinationOracle,
  "adam-step": adamOracle,
  // The uniform behind a normal has 52 bits, which only doubles hold: elsewhere the double is made and rounded.
  normals: (keys, p, { epsilon, exponentialUlps }) => {
    const value = new Float64Array(p.batch * p.n);
    normals(keys, p, value);
    return { value, bound: value.map((z) => epsilon * (8 + exponentialUlps) * Math.abs(z)) };
  },
  binomials: (keys, parameters, _, [p]) => {
    const value = new Float64Array(p!.length);
    binomials(keys, p!, parameters, value);
    return exactly(value);
  },
};
