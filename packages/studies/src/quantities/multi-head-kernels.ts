/** @file Multi-head attention at initialisation: kernels through depth, the tangent kernel by group, moments of one block; and descent in a kernel that stands still. */
import { depthKernels, forwardKernels, kernelDescent, oneBlockMoments, tangentKernel, type TangentScheme } from "@mesoscope/dmft/transformer";
import { equations } from "../equations.js";
import { quantity, type JsonSchema, type Quantity } from "../quantity.js";
import { number, numbers, object } from "./inputs.js";
import {
  endingOf,
  endingProperty,
  errorOf,
  errorProperties,
  HEAD_NAMES,
  headFrom,
  headProperties,
  kernelFrom,
  matrices,
  matrix,
  MODEL_NAMES,
  modelFrom,
  modelProperties,
  PRECISION_NAMES,
  precisionFrom,
  precisionProperties,
  rowsOf,
  squaresOf,
  tokensProperties,
  widthProperty,
  type HeadInput,
  type Matrix,
  type ModelInput,
  type PrecisionInput,
  type TokensInput,
} from "./multi-head-inputs.js";

/** Two inputs of two tokens. */
const x = [[[1, 0], [0.5, 1]], [[-1, 0.5], [0.5, 0.5]]];

export const attentionKernelsQuantity: Quantity = quantity<TokensInput & ModelInput & PrecisionInput>({
  id: "attention-kernels",
  title: "Kernels of a residual transformer at initialisation, forward and backward, for infinitely many heads",
  equations: equations("attention-depth", "attention-backward", "attention-heads", "attention-finite-width"),
  input: object({ ...tokensProperties, ...modelProperties, N: widthProperty, ...precisionProperties }, [...MODEL_NAMES, "N", ...PRECISION_NAMES]),
  output: object({
    stream: matrices("H^0 ... H^L over all tokens"),
    values: matrices("V^s of each block"),
    gradients: { type: ["array", "null"], items: matrix("row by row"), description: "G^0 ... G^L of gamma_0 n df/dh; null at finite N" },
    ...errorProperties,
  }),
  example: { x, alphaA: 0.5, L: 2, tolerance: 1e-4 },
  compute(input) {
    const start = kernelFrom(input);
    const [model, precision] = [modelFrom(input), precisionFrom(input)];
    const n = start.inputs * start.tokens;
    const found = input.N === undefined ? depthKernels(start, model, precision) : { ...forwardKernels(start, model, precision), gradients: undefined };
    return { stream: squaresOf(found.stream, n), values: squaresOf(found.values, n), gradients: found.gradients === undefined ? null : squaresOf(found.gradients, n), ...errorOf(found) };
  },
});

const groupsProperty = (description: string): JsonSchema => ({ type: "object", additionalProperties: matrix("(P, P)"), description });

export const attentionTangentQuantity: Quantity = quantity<TokensInput & ModelInput & PrecisionInput & { readonly scheme?: TangentScheme }>({
  id: "attention-tangent-kernel",
  title: "Neural tangent kernel of a residual transformer at initialisation, by group of weights",
  equations: equations("attention-tangent", "attention-depth", "attention-backward"),
  input: object(
    { ...tokensProperties, ...modelProperties, scheme: { enum: ["mean-field", "ntk"], description: "units: mean-field (unless given), where keys and queries are of order 1/N, or every multiplier 1/sqrt(fan-in)" }, ...precisionProperties },
    [...MODEL_NAMES, "scheme", ...PRECISION_NAMES],
  ),
  output: object({
    groups: groupsProperty("kernels of order one: w read-out, W0 read-in, O V K Q attention, W1 W2 perceptron"),
    total: matrix("their sum (P, P)"),
    perWidth: groupsProperty("N times what is of order 1/N"),
    ...errorProperties,
  }),
  example: { x, alphaA: 0.5, scheme: "ntk", mlp: "erf", tolerance: 1e-4 },
  compute({ scheme = "mean-field", ...input }) {
    const start = kernelFrom(input);
    const found = tangentKernel(start, modelFrom(input), scheme, precisionFrom(input));
    const named = (groups: Readonly<Record<string, Float64Array>>): object => Object.fromEntries(Object.entries(groups).map(([name, kernel]) => [name, rowsOf(kernel, start.inputs)]));
    return { groups: named(found.groups), total: rowsOf(found.total, start.inputs), perWidth: named(found.perWidth), ...errorOf(found) };
  },
});

export const attentionMomentsQuantity: Quantity = quantity<TokensInput & HeadInput & PrecisionInput & { readonly N: number; readonly H: number }>({
  id: "attention-block-moments",
  title: "Mean and variance of the kernels of one attention block with random weights, at every N and H",
  equations: equations("attention-one-block", "attention-finite-width"),
  input: object({ ...tokensProperties, ...headProperties, N: { ...widthProperty, description: "N, width of a head" }, H: { type: "integer", minimum: 1, maximum: 1_000_000_000, description: "H, number of heads" }, ...precisionProperties }, [...HEAD_NAMES, ...PRECISION_NAMES]),
  output: object({
    mean: matrix("mean of the kernels of values and of outputs, over all tokens"),
    valueVariance: matrix("variance of each entry of the kernel of values"),
    outputVariance: matrix("the same behind the output projection"),
    ...errorProperties,
  }),
  example: { x: [[[1, 0], [0.5, 1]]], alphaA: 0.5, N: 4, H: 8 },
  compute({ N, H, ...input }) {
    const start = kernelFrom(input);
    const n = start.inputs * start.tokens;
    const found = oneBlockMoments(start, { ...headFrom(input, N), N, H }, precisionFrom(input));
    return { mean: rowsOf(found.mean, n), valueVariance: rowsOf(found.valueVariance, n), outputVariance: rowsOf(found.outputVariance, n), ...errorOf(found) };
  },
});

export const kernelDescentQuantity: Quantity = quantity<{ readonly kernel: Matrix; readonly targets: readonly number[]; readonly eta0: number; readonly steps: number }>({
  id: "kernel-descent",
  title: "Gradient descent in the kernel regime",
  equations: equations("kernel-descent"),
  input: object({
    kernel: matrix("K, tangent kernel (P, P)"),
    targets: numbers("y, one target an input"),
    eta0: { type: "number", exclusiveMinimum: 0, description: "eta_0, learning rate in function space" },
    steps: { type: "integer", minimum: 0, maximum: 1_000_000, description: "T, full-batch steps" },
  }),
  output: object({ f: matrix("f(t) - f(0), one row a step"), loss: numbers("half the mean squared error, a step each"), sharpness: number("eta_0 times the largest eigenvalue over P: stable below 2"), outcome: endingProperty }),
  example: { kernel: [[2, 0.5], [0.5, 1]], targets: [1, -1], eta0: 0.5, steps: 8 },
  compute({ kernel, targets, eta0, steps }) {
    const { outputs, loss, sharpness, outcome } = kernelDescent(kernel.flat(), targets, { eta0, steps });
    return { f: rowsOf(outputs, targets.length), loss: [...loss], sharpness, outcome: endingOf(outcome) };
  },
});
