/** @file What the advisor is asked: a network and what is done with it, as data. */
import { DomainError, requireFinite, requireInRange } from "@mesoscope/numerics";
import { checkedAlpha, checkedExtent } from "../head-map/training-task.js";
import type { Extent } from "../head-map/training-task.js";

/** Groups of weights that may be trained. */
export const WEIGHT_GROUPS = ["embedding", "positions", "queries-keys", "values", "output-projection", "perceptron", "read-out"] as const;
export type WeightGroup = (typeof WEIGHT_GROUPS)[number];

/**
 * Architectures of the ladder of solvable models:
 * - `heads`: one layer of heads that read the tokens and are read out directly;
 * - `block`: heads with an output projection on a frozen embedding, linear read-out of the pooled block, no skip;
 * - `nonlinear-block`: the same with a pointwise function before pooling;
 * - `residual`: L residual blocks of attention, with or without a perceptron.
 */
export const ARCHITECTURES = ["heads", "block", "nonlinear-block", "residual"] as const;
export const SCHEMES = ["mean-field", "ntk", "standard"] as const;
export const OPTIMISERS = ["sgd", "momentum", "adam"] as const;

export interface LimitQuestion {
  /** Width of a head, number of heads, number of blocks; "infinite" where the limit itself is meant. */
  readonly N: Extent;
  readonly H: Extent;
  readonly L: Extent;
  /** Logits are q.k N^-alphaA, 1/2 to 1. */
  readonly alphaA: number;
  /** Branches are weighted with L^-alphaL, 1/2 to 1. */
  readonly alphaL: number;
  readonly architecture: (typeof ARCHITECTURES)[number];
  /** How weights, multipliers and rates depend on the sizes. */
  readonly scheme: (typeof SCHEMES)[number];
  readonly optimiser: (typeof OPTIMISERS)[number];
  /** Groups that learn; none: the network at initialisation. */
  readonly trained: readonly WeightGroup[];
  /** Richness, if known. */
  readonly gamma0?: number;
  /** Learning rate, and the largest eigenvalue of the tangent kernel over the number of inputs, if known: together they tell whether steps are too long. */
  readonly eta0?: number;
  readonly largestEigenvalue?: number;
}

/** @throws DomainError for sizes, exponents, names and rates outside their ranges */
export function checkedQuestion(question: LimitQuestion): LimitQuestion {
  checkedExtent("N", question.N);
  checkedExtent("H", question.H);
  checkedExtent("L", question.L);
  checkedAlpha(question.alphaA);
  requireInRange("alphaL", question.alphaL, { min: 0.5, max: 1 }, "Give 1/2 (branches add like noise), 1 (like a flow), or a power between.");
  oneOf("architecture", question.architecture, ARCHITECTURES);
  oneOf("scheme", question.scheme, SCHEMES);
  oneOf("optimiser", question.optimiser, OPTIMISERS);
  for (const group of question.trained) oneOf("trained", group, WEIGHT_GROUPS);
  for (const name of ["gamma0", "eta0", "largestEigenvalue"] as const) {
    const value = question[name];
    if (value !== undefined) requireInRange(name, requireFinite(name, value), { min: 0 });
  }
  if (question.architecture !== "residual" && question.L !== 1) {
    throw new DomainError({ name: "L", value: question.L, rule: `must be 1 for the architecture "${question.architecture}"`, remedy: 'Depth is for "residual".' });
  }
  return question;
}

function oneOf(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw new DomainError({ name, value, rule: `must be one of ${allowed.join(", ")}`, remedy: "Give one of these names." });
}

/** Is anything trained that receives gradients through queries and keys: the embedding, positions, or a block below another? */
export function trainsBelowAttention({ architecture, trained, L }: LimitQuestion): boolean {
  if (trained.includes("embedding") || trained.includes("positions")) return true;
  return architecture === "residual" && L !== 1 && trained.some((group) => group !== "read-out");
}
