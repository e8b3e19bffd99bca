/** @file What the advisor is asked: a network and what is done with it, as data. */
import { DomainError, requireFinite, requireInRange } from "@mesoscope/numerics";
import { groupsOf, network, trainedGroups } from "@mesoscope/transformer";
import type { Architecture, Optimiser, WeightGroup } from "@mesoscope/transformer";
import { checkedAlpha, checkedExtent } from "../head-map/training-task.js";
import type { Extent } from "../head-map/training-task.js";

export interface LimitQuestion {
  /** Width of a head, number of heads, number of blocks; "infinite" where the limit itself is meant. */
  readonly N: Extent;
  readonly H: Extent;
  readonly L: Extent;
  /** Logits are q.k N^-alphaA, 1/2 to 1. */
  readonly alphaA: number;
  /** Branches are weighted with L^-alphaL, 1/2 to 1. */
  readonly alphaL: number;
  /** The switches of `@mesoscope/transformer`; `trained: []` asks about the network at initialisation. */
  readonly architecture: Architecture;
  /** How weights, multipliers and rates depend on the sizes. */
  readonly scheme: "mean-field" | "ntk" | "standard";
  readonly optimiser: Optimiser;
  /** Richness, if known. */
  readonly gamma0?: number;
  /** Learning rate, and the largest eigenvalue of the tangent kernel over the number of inputs, if known: together they tell whether steps are too long. */
  readonly eta0?: number;
  readonly largestEigenvalue?: number;
}

/**
 * Models of the solvable ladder:
 * - `heads`: one layer of softmax heads that are read out directly;
 * - `block`: softmax heads with an output projection, a linear read-out of the pooled block, no skip;
 * - `nonlinear-block`: the same with a pointwise function before pooling;
 * - `residual`: blocks of attention added to a stream, with or without a perceptron;
 * - `other`: what none of them is.
 */
export type LadderModel = "heads" | "block" | "nonlinear-block" | "residual" | "other";

/** A question that was checked, with what follows from its switches. */
export interface Setting extends LimitQuestion {
  readonly model: LadderModel;
  readonly trained: readonly WeightGroup[];
  readonly rule: "sgd" | "momentum" | "adam";
  /** Is anything trained that receives gradients through queries and keys: read-in, positions, or a block below another? */
  readonly trainsBelow: boolean;
  /** Is every group of the blocks and the read-out trained, read-in and positions not? */
  readonly trainsBlockAlone: boolean;
}

/** @throws DomainError for sizes, exponents, names and rates outside their ranges, and for architectures and optimisers that are none */
export function settingOf(question: LimitQuestion): Setting {
  const { architecture, optimiser, scheme, L } = question;
  checkedExtent("N", question.N);
  checkedExtent("H", question.H);
  checkedExtent("L", L);
  checkedAlpha(question.alphaA);
  requireInRange("alphaL", question.alphaL, { min: 0.5, max: 1 }, "Give 1/2 (branches add like noise), 1 (like a flow), or a power between.");
  checkNetwork(question);
  if (!["mean-field", "ntk", "standard"].includes(scheme)) {
    throw new DomainError({ name: "scheme", value: scheme, rule: "must be mean-field, ntk or standard", remedy: "Give one of these names." });
  }
  for (const name of ["gamma0", "eta0", "largestEigenvalue"] as const) {
    const value = question[name];
    if (value !== undefined) requireInRange(name, requireFinite(name, value), { min: 0 });
  }
  const trained = trainedGroups(architecture);
  const below = trained.includes("readIn") || trained.includes("positions");
  return {
    ...question,
    model: modelOf(architecture, L),
    trained,
    rule: optimiser === "sgd" ? "sgd" : "momentum" in optimiser ? "momentum" : "adam",
    trainsBelow: below || (L !== 1 && trained.some((group) => group !== "readOut")),
    trainsBlockAlone: !below && groupsOf(architecture).every((group) => group === "readIn" || group === "positions" || trained.includes(group)),
  };
}

/** The checks of the network itself, at sizes that suit every architecture. That only some groups are trained, or none, is a question here. */
function checkNetwork({ architecture, optimiser, alphaA, alphaL }: LimitQuestion): void {
  const given: unknown = architecture;
  if (typeof given !== "object" || given === null) {
    throw new DomainError({ name: "architecture", value: given, rule: "must be an architecture", remedy: "Give C1, C2, C3, C4, or one of them with switches changed." });
  }
  const { trained, ...switches } = architecture;
  network({ architecture: switches, parameterisation: { scheme: "mean-field", alphaA, alphaL, beta0: 1, gamma0: 1, eta0: 1, optimiser }, sizes: { N: 1, H: 1, L: 1 }, tokens: 1, features: 1 });
  const has = groupsOf(architecture);
  for (const group of trained ?? []) {
    if (!has.includes(group)) throw new DomainError({ name: "trained", value: group, rule: "is no group of this network", remedy: `It has ${has.join(", ")}.` });
  }
}

function modelOf({ attention, causal, layerNorm, mlp, outputProjection, siteNonlinearity, skip }: Architecture, L: Extent): LadderModel {
  if (skip) return outputProjection && siteNonlinearity === "none" ? "residual" : "other";
  if (L !== 1 || attention !== "softmax" || causal || layerNorm || mlp !== "none") return "other";
  if (!outputProjection) return siteNonlinearity === "none" ? "heads" : "other";
  return siteNonlinearity === "none" ? "block" : "nonlinear-block";
}
