/** @file The words that inputs of the multi-head theory are made of: tokens, a network at initialisation, a descent; and how answers are laid out. */
import { inputKernel, type HeadLaw, type LimitCurve, type NumericalError, type Precision, type ResidualModel, type TokenKernel, type TrainingTask } from "@mesoscope/dmft/transformer";
import type { Outcome } from "@mesoscope/numerics";
import { tokensOf, type Task } from "@mesoscope/transformer";
import type { JsonSchema } from "../quantity.js";
import { number, object } from "./inputs.js";

export type Matrix = readonly (readonly number[])[];

export const matrix = (description: string): JsonSchema => ({ type: "array", minItems: 1, items: { type: "array", minItems: 1, items: { type: "number" } }, description });
export const matrices = (description: string): JsonSchema => ({ type: "array", items: matrix("row by row"), description });

export interface TokensInput {
  readonly x: readonly Matrix[];
}

export const tokensProperties: Readonly<Record<string, JsonSchema>> = {
  x: { type: "array", minItems: 1, items: matrix("tokens of one input, D features each"), description: "inputs x[mu][s][i]: P inputs of S tokens with D features; rows of kernels are tokens, input after input" },
};

export interface HeadInput {
  readonly alphaA: number;
  readonly attention?: "softmax" | "shaped" | "linear";
  readonly causal?: boolean;
}

export const headProperties: Readonly<Record<string, JsonSchema>> = {
  alphaA: { type: "number", minimum: 0.5, maximum: 1, description: "alpha_A, logits are N^-alpha_A q.k" },
  attention: { enum: ["softmax", "shaped", "linear"], description: "softmax unless given" },
  causal: { type: "boolean", description: "tokens attend to themselves and those before; false unless given" },
};

export const HEAD_NAMES: readonly string[] = ["attention", "causal"];

export const widthProperty: JsonSchema = { type: "integer", minimum: 1, maximum: 1_000_000_000, description: "N, width of a head; infinite unless given" };

export interface ModelInput extends HeadInput {
  readonly N?: number;
  readonly L?: number;
  readonly alphaL?: number;
  readonly beta0?: number;
  readonly mlp?: "relu" | "erf" | "gelu" | "tanh";
  readonly skip?: boolean;
  readonly layerNormEpsilon?: number;
}

export const modelProperties: Readonly<Record<string, JsonSchema>> = {
  ...headProperties,
  L: { type: "integer", minimum: 1, maximum: 10_000, description: "L, blocks; 1 unless given" },
  alphaL: { type: "number", minimum: 0.5, maximum: 1, description: "alpha_L, branches weigh beta_0 L^-alpha_L; 1/2 unless given" },
  beta0: { type: "number", description: "beta_0, weight of a branch at depth 1; 1 unless given" },
  mlp: { enum: ["relu", "erf", "gelu", "tanh"], description: "activation of a perceptron in every block; none unless given" },
  skip: { type: "boolean", description: "branches are added to the stream; without it they replace it; true unless given" },
  layerNormEpsilon: { type: "number", minimum: 0, maximum: 1, description: "layer norm before branches and read-out, with this epsilon; none unless given" },
};

export const MODEL_NAMES: readonly string[] = [...HEAD_NAMES, "L", "alphaL", "beta0", "mlp", "skip", "layerNormEpsilon"];

export interface PrecisionInput {
  readonly tolerance?: number;
  readonly budget?: number;
  readonly seed?: number;
}

export const precisionProperties: Readonly<Record<string, JsonSchema>> = {
  tolerance: { type: "number", exclusiveMinimum: 0, default: 1e-6, description: "largest error of an entry that will do" },
  budget: { type: "integer", minimum: 64, maximum: 100_000_000, default: 100_000, description: "points of a rule that a pair of tokens may take" },
  seed: { type: "integer", default: 1, description: "seed of sampling, where more than a few dimensions make a rule too large" },
};

export const PRECISION_NAMES: readonly string[] = Object.keys(precisionProperties);

export function precisionFrom({ tolerance = 1e-6, budget = 100_000, seed = 1 }: PrecisionInput): Precision {
  return { tolerance, budget, seed };
}

export function kernelFrom({ x }: TokensInput): TokenKernel {
  const { inputs, tokens, features, x: flat } = tokensOf(x);
  return inputKernel({ inputs, tokens, features, x: Float64Array.from(flat) });
}

export function headFrom({ alphaA, attention, causal = false }: HeadInput, N?: number): HeadLaw {
  return { alphaA, N: N ?? "infinite", ...(attention === undefined ? {} : { attention }), ...(causal ? { mask: "causal" as const } : {}) };
}

export function modelFrom({ N, L = 1, alphaL = 0.5, beta0 = 1, mlp, skip = true, layerNormEpsilon, ...head }: ModelInput): ResidualModel {
  return { L, alphaL, beta0, skip, head: headFrom(head, N), ...(mlp === undefined ? {} : { mlp }), ...(layerNormEpsilon === undefined ? {} : { layerNorm: { epsilon: layerNormEpsilon } }) };
}

export interface DescentInput extends TokensInput {
  readonly targets: readonly number[];
  readonly alphaA: number;
  readonly eta0: number;
  readonly gamma0: number;
  readonly steps: number;
}

export const descentProperties: Readonly<Record<string, JsonSchema>> = {
  ...tokensProperties,
  targets: { type: "array", minItems: 1, items: { type: "number" }, description: "y, one target an input" },
  alphaA: headProperties["alphaA"]!,
  eta0: { type: "number", minimum: 0, description: "eta_0, learning rate in function space" },
  gamma0: { type: "number", exclusiveMinimum: 0, description: "gamma_0, richness: towards 0 kernels stand still" },
  steps: { type: "integer", minimum: 0, maximum: 100_000, description: "T, full-batch steps of gradient descent" },
};

export function taskFrom({ x, targets }: DescentInput): TrainingTask & Task {
  return { tokens: tokensOf(x), targets: Float64Array.from(targets) };
}

/** Numbers row by row as nested lists, `width` numbers a row. */
export function rowsOf(values: ArrayLike<number>, width: number): number[][] {
  const flat = Array.from(values);
  return Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width));
}

/** Square matrices one after the other. */
export function squaresOf(values: ArrayLike<number>, n: number): number[][][] {
  const rows = rowsOf(values, n);
  return Array.from({ length: rows.length / n }, (_, k) => rows.slice(k * n, (k + 1) * n));
}

export const endingProperty: JsonSchema = { ...object({ kind: { type: "string" }, message: { type: "string" } }), description: "how it ended: converged, budget-exhausted or diverged, and what to do" };

export const errorProperties: Readonly<Record<string, JsonSchema>> = {
  error: number("largest numerical error of an entry; 0 for closed forms"),
  rule: { enum: ["closed", "tensor", "net"], description: "closed form, tensor quadrature, or scrambled Sobol nets" },
  outcome: endingProperty,
};

export function errorOf({ error, rule, outcome }: NumericalError): { readonly error: number; readonly rule: string; readonly outcome: object } {
  return { error, rule, outcome: endingOf(outcome) };
}

export function endingOf({ kind, message }: Outcome): object {
  return { kind, message };
}

export const curveProperties: Readonly<Record<string, JsonSchema>> = {
  f: matrix("f(t) - f(0), one row a step from 0 on, one column an input"),
  error: matrix("numerical error of each"),
  errorKind: { enum: ["rounding", "quadrature", "standard-error"], description: "what the error is" },
  outcome: endingProperty,
};

export function curveOf({ f, error, errorKind, outcome }: LimitCurve, inputs: number): object {
  return { f: rowsOf(f, inputs), error: rowsOf(error, inputs), errorKind, outcome: endingOf(outcome) };
}
