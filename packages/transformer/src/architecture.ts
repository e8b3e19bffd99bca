/** @file What a network is made of, as data: its switches, its sizes, and the models of the solvable ladder as values. Sizes and scales are elsewhere. */
import { DomainError, requireInteger } from "@mesoscope/numerics";

/** Pointwise nonlinearities: `erf` is erf(x/sqrt 2), `gelu` is x (1 + erf(x/sqrt 2))/2. */
export type Activation = "relu" | "erf" | "gelu" | "tanh";

/** The groups of weights: W_0, the positions, W_Q, W_K, W_V, W_O, W_1, W_2, w. */
export type WeightGroup = "readIn" | "positions" | "query" | "key" | "value" | "output" | "mlpIn" | "mlpOut" | "readOut";

/** All groups, from the input to the output. */
export const WEIGHT_GROUPS: readonly WeightGroup[] = Object.freeze(["readIn", "positions", "query", "key", "value", "output", "mlpIn", "mlpOut", "readOut"]);

/** Epsilon of the layer norm. */
export const NORM_EPSILON = 1e-6;

/** The switches of a network [eq:transformer-block]. */
export interface Architecture {
  /** `identity`: the first heads read x itself. `frozen`: W_0 is drawn and kept. */
  readonly readIn: "trained" | "frozen" | "identity";
  /** Learned vectors added to the tokens by their place; needs a read-in. */
  readonly positions: boolean;
  /** `softmax`; `shaped`: 1 + softmax - 1/S (causal: each row by its own count); `linear`: the logits themselves. */
  readonly attention: "softmax" | "shaped" | "linear";
  /** Tokens attend to themselves and earlier tokens only. */
  readonly causal: boolean;
  /** W_O after the heads; without it the block gives the values of the heads side by side. */
  readonly outputProjection: boolean;
  /** Branches are added to the stream; without it each replaces the stream. */
  readonly skip: boolean;
  /** Second branch of every block, of hidden width n = NH. */
  readonly mlp: Activation | "none";
  /** Layer norm without parameters before each branch and before the read-out, epsilon {@link NORM_EPSILON}. */
  readonly layerNorm: boolean;
  /** Nonlinearity at every site before the mean over tokens. */
  readonly siteNonlinearity: Activation | "none";
  /** Groups that learn; by default all that the network has, but read-in and positions only where the read-in is `trained`. */
  readonly trained?: readonly WeightGroup[];
}

/** Width per head N, heads H, blocks L; the model width is n = NH. */
export interface Sizes {
  readonly N: number;
  readonly H: number;
  readonly L: number;
}

const plain = { positions: false, attention: "softmax", causal: false, mlp: "none", layerNorm: false, siteNonlinearity: "none" } as const;

/** C1: one block on the inputs themselves, heads read out directly. Exactly closed at every N and H. */
export const C1: Architecture = Object.freeze({ ...plain, readIn: "identity", outputProjection: false, skip: false });
/** C2: C1 with W_O. */
export const C2: Architecture = Object.freeze({ ...plain, readIn: "identity", outputProjection: true, skip: false });
/** C3: C2 with a nonlinearity at every site, before the tokens are averaged. */
export const C3: Architecture = Object.freeze({ ...C2, siteNonlinearity: "tanh" });
/** C4: the residual transformer of L attention blocks with everything trained. */
export const C4: Architecture = Object.freeze({ ...plain, readIn: "trained", outputProjection: true, skip: true });

const ACTIVATIONS: readonly string[] = ["none", "relu", "erf", "gelu", "tanh"];

/**
 * Sizes of a network of model width `width` that is split into `heads`.
 * @throws DomainError where the heads do not divide the width
 */
export function sizesOfWidth({ width, heads, blocks }: { width: number; heads: number; blocks: number }): Sizes {
  requireInteger("heads", heads, { min: 1 });
  requireInteger("width", width, { min: 1 });
  if (width % heads !== 0) throw new DomainError({ name: "width", value: width, rule: `must be a multiple of the ${heads} heads`, remedy: "Give each head the same width N: width = N heads." });
  return Object.freeze({ N: width / heads, H: heads, L: requireInteger("blocks", blocks, { min: 1 }) });
}

/** The groups that a network of this architecture has. */
export function groupsOf(architecture: Architecture): readonly WeightGroup[] {
  const { readIn, positions, outputProjection, mlp } = architecture;
  const absent = new Set<WeightGroup>([
    ...(readIn === "identity" ? (["readIn"] as const) : []),
    ...(positions ? [] : (["positions"] as const)),
    ...(outputProjection ? [] : (["output"] as const)),
    ...(mlp === "none" ? (["mlpIn", "mlpOut"] as const) : []),
  ]);
  return WEIGHT_GROUPS.filter((group) => !absent.has(group));
}

/** The groups that learn. */
export function trainedGroups(architecture: Architecture): readonly WeightGroup[] {
  const has = groupsOf(architecture);
  const { trained } = architecture;
  if (trained !== undefined) return has.filter((group) => trained.includes(group));
  return architecture.readIn === "frozen" ? has.filter((group) => group !== "readIn" && group !== "positions") : has;
}

/**
 * The architecture, checked.
 * @throws DomainError naming the switch, its rule and what to do
 */
export function checkedArchitecture(architecture: Architecture): Architecture {
  const { readIn, positions, attention, mlp, siteNonlinearity, trained } = architecture;
  requireOneOf("readIn", readIn, ["trained", "frozen", "identity"]);
  requireOneOf("attention", attention, ["softmax", "shaped", "linear"]);
  requireOneOf("mlp", mlp, ACTIVATIONS);
  requireOneOf("siteNonlinearity", siteNonlinearity, ACTIVATIONS);
  for (const name of ["positions", "causal", "outputProjection", "skip", "layerNorm"] as const) {
    const value: unknown = architecture[name];
    if (typeof value !== "boolean") throw new DomainError({ name, value, rule: "must be true or false", remedy: "Start from one of C1, C2, C3, C4 and change what differs." });
  }
  if (positions && readIn === "identity") throw new DomainError({ name: "positions", value: positions, rule: "needs an embedding to be added to", remedy: 'Take readIn "trained" or "frozen", or put the place of a token into its features.' });
  if (trained !== undefined) checkTrained(architecture, trained);
  return architecture;
}

function checkTrained(architecture: Architecture, trained: readonly WeightGroup[]): void {
  const has = groupsOf(architecture);
  for (const group of trained) {
    if (!has.includes(group)) throw new DomainError({ name: "trained", value: group, rule: "is no group of this network", remedy: `It has ${has.join(", ")}.` });
  }
  if (architecture.readIn === "frozen" && trained.includes("readIn")) throw new DomainError({ name: "trained", value: "readIn", rule: "contradicts a frozen read-in", remedy: 'Take readIn "trained".' });
  if (architecture.readIn === "trained" && !trained.includes("readIn")) throw new DomainError({ name: "readIn", value: "trained", rule: 'needs "readIn" among the trained groups', remedy: 'Take readIn "frozen".' });
}

/** @throws DomainError unless the value is one of those */
export function requireOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw new DomainError({ name, value, rule: `must be one of ${allowed.join(", ")}`, remedy: "Take one of them." });
}
