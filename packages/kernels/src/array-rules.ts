/** @file The rules of the parameters of the kernels on plain arrays. */
import { DomainError, requireFinite, requireInRange, requireInteger } from "@mesoscope/numerics";
import type { ActivationParameters, AdamStepParameters, BinomialsParameters, LinearCombinationParameters, MatmulParameters, NormalsParameters, RowNormaliseParameters, RowParameters, RowSoftmaxParameters, SwapAxesParameters } from "./array-parameters.js";

/** Names of the activations. */
export const activationNames: readonly string[] = Object.freeze(["relu", "erf", "gelu", "tanh"]);

/** @throws DomainError unless both are integers >= 1. */
export function checkNumbers({ batch, n }: { readonly batch: number; readonly n: number }): void {
  requireInteger("batch", batch, { min: 1 });
  requireInteger("n", n, { min: 1 });
}

export function checkMatmul(p: MatmulParameters): void {
  checkNumbers(p);
  requireInteger("m", p.m, { min: 1 });
  requireInteger("k", p.k, { min: 1 });
  requireFinite("scale", p.scale ?? 1);
  const heads = requireInteger("heads", p.heads ?? 1, { min: 1 });
  if (p.batch % heads !== 0) throw new DomainError({ name: "batch", value: p.batch, rule: `must be a multiple of the ${heads} heads`, remedy: "The batch counts the matrices of all heads." });
  for (const [shared, beside, name] of [[p.shareA, p.besideA, "A"], [p.shareB, p.besideB, "B"]] as const) {
    if (shared === true && beside === true) throw new DomainError({ name: `beside${name}`, value: true, rule: `contradicts share${name}`, remedy: "A shared operand is one matrix, without heads." });
  }
}

export function checkSwapAxes({ batch, a, b, c }: SwapAxesParameters): void {
  requireInteger("batch", batch, { min: 1 });
  requireInteger("a", a, { min: 1 });
  requireInteger("b", b, { min: 1 });
  requireInteger("c", c, { min: 1 });
}

export function checkRows(p: RowParameters): void {
  checkNumbers(p);
  requireInteger("m", p.m, { min: 1 });
}

export function checkRowSoftmax(p: RowSoftmaxParameters): void {
  checkRows(p);
  if (p.causal === true) requireInteger("m", p.m, { min: p.n, max: p.n }, "A causal softmax is of square matrices: give as many numbers in a row as rows.");
}

export function checkRowNormalise(p: RowNormaliseParameters): void {
  checkRows(p);
  requireNotNegative("epsilon", p.epsilon);
}

export function checkActivation(p: ActivationParameters): void {
  checkNumbers(p);
  if (activationNames.includes(p.name)) return;
  throw new DomainError({ name: "name", value: p.name, rule: `must be one of ${activationNames.join(", ")}`, remedy: "Name an activation of the catalogue." });
}

export function checkLinearCombination(p: LinearCombinationParameters): void {
  checkNumbers(p);
  requireFinite("a", p.a);
  requireFinite("b", p.b);
}

export function checkAdamStep(p: AdamStepParameters): void {
  checkNumbers(p);
  requireDecay("beta1", p.beta1);
  requireDecay("beta2", p.beta2);
  requireNotNegative("epsilon", p.epsilon);
}

export function checkNormals(p: NormalsParameters): void {
  checkNumbers(p);
  requireInteger("first", p.first ?? 0, { min: 0, max: 2 ** 51 });
}

export function checkBinomials(p: BinomialsParameters): void {
  checkNumbers(p);
  requireInteger("trials", p.trials, { min: 0 });
}

function requireNotNegative(name: string, value: number): void {
  requireInRange(name, requireFinite(name, value), { min: 0 });
}

function requireDecay(name: string, value: number): void {
  requireInRange(name, value, { min: 0, max: 1 - 2 ** -53 }, "Give the share of the past that is kept, at least 0 and below 1.");
}
