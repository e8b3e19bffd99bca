/** @file The tangent kernel at initialisation by group of parameters. */
import { DomainError } from "@mesoscope/numerics";
import { backwardPass } from "../initialisation/backward.js";
import { forwardPass, normed } from "../initialisation/forward.js";
import { refined } from "../initialisation/precision.js";
import type { NumericalError, Precision } from "../initialisation/precision.js";
import type { CheckedModel, ResidualModel } from "../initialisation/residual-model.js";
import type { RulePoints } from "../initialisation/rules.js";
import { joined, parted, prepared, requireInfiniteWidth } from "../initialisation/solvers.js";
import { pooledKernel } from "../initialisation/token-kernel.js";
import type { TokenKernel } from "../initialisation/token-kernel.js";

/** w read-out, W0 read-in, O V K Q attention, W1 W2 perceptron (hidden and output weights). */
export type ParameterGroup = "w" | "W0" | "O" | "V" | "K" | "Q" | "W1" | "W2";

/**
 * mean-field: df/dt = -sum K dloss/df at eta0 = 1, where keys and queries enter at order 1/N for every alphaA. ntk: every multiplier 1/sqrt(fan-in), logits 1/sqrt N with
 * independent queries and keys, rate 1, where they enter at order one.
 */
export type TangentScheme = "mean-field" | "ntk";

export interface TangentKernel extends NumericalError {
  /** (P, P) by group, those of order one. */
  readonly groups: Readonly<Partial<Record<ParameterGroup, Float64Array>>>;
  /** (P, P) their sum. */
  readonly total: Float64Array;
  /** (P, P) N times what is of order 1/N: K and Q in mean-field units. */
  readonly perWidth: Readonly<Partial<Record<ParameterGroup, Float64Array>>>;
}

/**
 * Tangent kernel of f = mean_s w . h^L_s / (gamma0 n) at initialisation, by group [eq:attention-tangent].
 *
 * @throws DomainError as `depthKernels`; for the scheme ntk also unless alphaA = 1/2
 */
export function tangentKernel(start: TokenKernel, model: ResidualModel, scheme: TangentScheme, precision: Precision): TangentKernel {
  requireInfiniteWidth(model);
  if (scheme === "ntk" && model.head.alphaA !== 0.5) {
    throw new DomainError({ name: "alphaA", value: model.head.alphaA, rule: "must be 1/2 in the scheme ntk, whose logits are q . k / sqrt N", remedy: "Use the scheme mean-field for other exponents." });
  }
  const { kernel, checked, size: points } = prepared(start, model);
  const names = groupNames(checked);
  const size = kernel.inputs * kernel.inputs;
  const { values, ...rest } = refined((at) => joined(groupsAt(kernel, checked, scheme, at, names)), points, precision);
  const parts = parted(values, names.map(() => size));
  const suppressed = (name: ParameterGroup): boolean => scheme === "mean-field" && (name === "K" || name === "Q");
  const chosen = (keep: boolean): Partial<Record<ParameterGroup, Float64Array>> => Object.fromEntries(names.map((name, k) => [name, parts[k]!] as const).filter(([name]) => suppressed(name) !== keep));
  const groups = chosen(true);
  const total = new Float64Array(size);
  for (const part of Object.values(groups)) for (let k = 0; k < size; k++) total[k]! += part[k]!;
  return { groups, total, perWidth: chosen(false), ...rest };
}

function groupNames({ mlp }: CheckedModel): readonly ParameterGroup[] {
  return mlp === undefined ? ["w", "W0", "O", "V", "K", "Q"] : ["w", "W0", "O", "V", "K", "Q", "W1", "W2"];
}

/** Sums over the tokens of both inputs: w mean H^L; W0 G^0 o Phi0; a block b^2 L^(2 alphaL - 1) times O: G o V^s, V K Q: path o H, W2: G o Phi, W1: G o Phi' o H. */
function groupsAt(start: TokenKernel, model: CheckedModel, scheme: TangentScheme, points: RulePoints, names: readonly ParameterGroup[]): readonly Float64Array[] {
  const forward = forwardPass(start, model, points);
  const backward = backwardPass(forward, model);
  const { inputs, tokens } = start;
  const rate = model.branch * (scheme === "mean-field" ? model.rate : 1);
  const sums = new Map<ParameterGroup, Float64Array>(names.map((name) => [name, new Float64Array(inputs * inputs)]));
  const add = (name: ParameterGroup, factor: number, a: Float64Array, b: Float64Array): void => {
    const sum = sums.get(name)!;
    const n = inputs * tokens;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum[Math.floor(i / tokens) * inputs + Math.floor(j / tokens)]! += factor * a[i * n + j]! * b[i * n + j]!;
  };
  sums.set("w", pooledKernel(normed(forward.stream[model.L]!, model.epsilon).read));
  add("W0", 1, backward.gradients[0]!, start.matrix);
  for (const [l, { read, attention, perceptron }] of forward.blocks.entries()) {
    const { above, middle, paths } = backward.blocks[l]!;
    add("O", rate, middle, attention.value);
    for (const name of ["V", "K", "Q"] as const) add(name, rate, paths[name], read.matrix);
    if (perceptron === undefined) continue;
    add("W2", rate, above, perceptron.kernels.phi);
    const hidden = above.map((g, k) => g * perceptron.kernels.slope[k]!);
    add("W1", rate, hidden, perceptron.read.matrix);
  }
  return names.map((name) => sums.get(name)!);
}
