/** @file A head with N bits: the network on the classes that have bits, and their sizes. */
import type { AttentionNetwork, AttentionNetworkInput } from "./attention-network.js";
import { attentionNetwork } from "./attention-network.js";
import type { SizedFeatures } from "./class-sizes.js";

/** A finite system: its law is exact for these sizes, [eq:class-binomial]. */
export interface FiniteHead {
  readonly network: AttentionNetwork;
  /** Bits n_c of each class (C). */
  readonly sizes: Float64Array;
  /** N. */
  readonly bits: number;
}

/** Parameters of a head apart from its features. */
export type HeadParameters = Omit<AttentionNetworkInput, "features">;

/** Puts sized features and parameters together. Throws as {@link attentionNetwork} does. */
export function finiteHead(sized: SizedFeatures, parameters: HeadParameters): FiniteHead {
  return Object.freeze({ network: attentionNetwork({ ...parameters, features: sized.features }), sizes: sized.sizes, bits: sized.bits });
}
