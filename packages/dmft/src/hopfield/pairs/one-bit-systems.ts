/** @file The networks that are known by name: features and the parameters at which each is looked at unless others are given. Data only. */
import { attentionNetwork, classesFromColumns } from "@mesoscope/hopfield-transformer";
import type { AttentionNetwork, AttentionNetworkInput, RoleRows } from "@mesoscope/hopfield-transformer";

/** A network by its features, with its own parameters. */
export interface OneBitSystem {
  readonly title: string;
  /** Weights of the classes as whole numbers: w_c is their share. Their sum divides every N that no class has to be rounded for. */
  readonly weights: readonly number[];
  /** Patterns, rows (M, C) for each role. */
  readonly xi: RoleRows;
  /** Positional parts, rows (M, P) for each role, where there are positional bits. */
  readonly zeta?: RoleRows;
  readonly contextLength: number;
  readonly beta: number;
  readonly gamma: number;
  readonly positionalWeight: number;
  /** g / gamma where it is not 1 / sqrt(M). */
  readonly logitScale?: number;
}

export type OneBitSystemName = "paper3" | "hop1" | "neg1" | "neg1m" | "rot2" | "rot2s" | "cyc3" | "mix" | "big5";

/**
 * Networks of 1-bit self-attention by name. `paper3` is the one behind the figures of the paper; the others are the smallest that show a regime.
 * @see Poc-Lopez and Aguilera (2024), arXiv:2406.07247
 */
export const oneBitSystems: Readonly<Record<OneBitSystemName, OneBitSystem>> = Object.freeze({
  paper3: {
    title: "the published network: three features on three segments, two positional bits, random signs (NumPy legacy seed 1)",
    weights: [1, 1, 1],
    xi: { o: [[-1, 1, 1], [-1, 1, -1], [1, 1, 1]], v: [[-1, 1, -1], [-1, -1, 1], [-1, 1, 1]], q: [[1, -1, -1], [-1, -1, -1], [1, -1, 1]], k: [[-1, -1, -1], [-1, -1, 1], [-1, 1, -1]] },
    zeta: { o: [[-1, -1], [1, -1], [1, 1]], v: [[-1, -1], [1, -1], [-1, 1]], q: [[1, -1], [1, 1], [-1, -1]], k: [[-1, -1], [-1, -1], [-1, 1]] },
    contextLength: 4,
    beta: 1.28,
    gamma: 220,
    positionalWeight: 0.02,
  },
  hop1: {
    title: "one feature in all four roles: Curie-Weiss, parallel",
    weights: [1],
    xi: { o: [[1]], v: [[1]], q: [[1]], k: [[1]] },
    contextLength: 2,
    beta: 1.4,
    gamma: 3,
    positionalWeight: 0,
  },
  neg1: {
    title: "one feature, values opposed to outputs: it avoids what it has just said",
    weights: [1],
    xi: { o: [[1]], v: [[-1]], q: [[1]], k: [[1]] },
    contextLength: 2,
    beta: 2.9,
    gamma: 0.66,
    positionalWeight: 0,
  },
  neg1m: {
    title: "as neg1, but keys opposed to queries: it attends to what differs; the smallest chaotic one",
    weights: [1],
    xi: { o: [[1]], v: [[-1]], q: [[1]], k: [[-1]] },
    contextLength: 2,
    beta: 2.9,
    gamma: 0.66,
    positionalWeight: 0,
  },
  rot2: {
    title: "two features that follow each other with a quarter turn: the second recalls the first with the opposite sign",
    weights: [1, 1],
    xi: { o: [[1, 1], [1, -1]], v: [[1, -1], [-1, -1]], q: [[1, 1], [1, -1]], k: [[1, 1], [1, -1]] },
    contextLength: 2,
    beta: 2,
    gamma: 10,
    positionalWeight: 0,
    logitScale: 1,
  },
  rot2s: {
    title: "as rot2, but queries and keys see the first feature only",
    weights: [1, 1],
    xi: { o: [[1, 1], [1, -1]], v: [[1, -1], [-1, -1]], q: [[1, 1], [1, 1]], k: [[1, 1], [1, 1]] },
    contextLength: 2,
    beta: 2,
    gamma: 10,
    positionalWeight: 0,
    logitScale: 1,
  },
  cyc3: {
    title: "three independent features, each recalled by the one before: a cyclic sequence",
    weights: [1, 1, 1, 1],
    xi: { o: [[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, 1, -1]], v: [[1, 1, -1, -1], [1, -1, 1, -1], [1, 1, 1, 1]], q: [[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, 1, -1]], k: [[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, 1, -1]] },
    contextLength: 1,
    beta: 3,
    gamma: 0,
    positionalWeight: 0,
  },
  mix: {
    title: "two features on four classes of unequal weight, two positional bits: nothing special",
    weights: [1, 2, 3, 2],
    xi: { o: [[1, 1, -1, 1], [1, -1, 1, 1]], v: [[1, 1, 1, -1], [-1, -1, 1, 1]], q: [[1, -1, -1, 1], [1, 1, 1, -1]], k: [[1, -1, 1, 1], [-1, 1, -1, 1]] },
    zeta: { o: [[1, -1], [-1, -1]], v: [[1, 1], [-1, 1]], q: [[-1, 1], [1, 1]], k: [[1, -1], [1, 1]] },
    contextLength: 3,
    beta: 1.6,
    gamma: 8,
    positionalWeight: 0.1,
  },
  big5: {
    title: "five features on seven classes, three positional bits",
    weights: [3, 1, 4, 1, 5, 9, 2],
    xi: { o: [[-1, -1, 1, 1, -1, 1, 1], [1, -1, -1, 1, -1, 1, 1], [-1, 1, -1, 1, -1, 1, -1], [-1, 1, 1, 1, 1, 1, 1], [-1, -1, -1, 1, -1, -1, 1]], v: [[1, -1, 1, 1, -1, -1, 1], [1, 1, -1, -1, 1, 1, -1], [1, -1, -1, -1, 1, -1, -1], [1, 1, -1, -1, 1, -1, 1], [-1, 1, 1, -1, -1, -1, -1]], q: [[1, -1, 1, 1, -1, 1, 1], [-1, -1, 1, 1, -1, -1, -1], [-1, -1, 1, 1, -1, -1, 1], [-1, -1, 1, -1, 1, -1, 1], [1, 1, -1, 1, 1, -1, -1]], k: [[-1, 1, -1, -1, -1, 1, -1], [-1, 1, 1, 1, -1, -1, 1], [-1, 1, 1, -1, 1, 1, -1], [1, 1, 1, -1, -1, 1, -1], [1, 1, -1, -1, 1, 1, 1]] },
    zeta: { o: [[1, 1, 1], [1, -1, -1], [1, 1, 1], [-1, -1, 1], [1, -1, 1]], v: [[-1, 1, 1], [-1, -1, -1], [1, -1, -1], [1, -1, 1], [-1, 1, -1]], q: [[-1, 1, 1], [1, 1, -1], [-1, -1, -1], [-1, -1, -1], [1, 1, 1]], k: [[-1, -1, -1], [-1, 1, -1], [1, -1, -1], [1, 1, -1], [1, -1, -1]] },
    contextLength: 8,
    beta: 2.3,
    gamma: 12,
    positionalWeight: 0.05,
  },
});

/** All names, in the order in which they are listed. */
export const ONE_BIT_SYSTEM_NAMES: readonly OneBitSystemName[] = Object.freeze(Object.keys(oneBitSystems) as OneBitSystemName[]);

/**
 * The network of a name, with other parameters where they are given.
 * @throws DomainError as `attentionNetwork` does
 */
export function oneBitNetwork(name: OneBitSystemName, other: Partial<Omit<AttentionNetworkInput, "features">> = {}): AttentionNetwork {
  const { weights, xi, zeta, contextLength, beta, gamma, positionalWeight, logitScale } = oneBitSystems[name];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const features = classesFromColumns({ weights: weights.map((weight) => weight / total), xi, ...(zeta === undefined ? {} : { zeta }) });
  return attentionNetwork({ features, contextLength, beta, gamma, positionalWeight, ...(logitScale === undefined ? {} : { logitScale }), ...other });
}
