/** @file The parameters of a head: features, context, temperatures, and how much the position weighs. */
import { DomainError, requireFinite, requireInRange, requireInteger } from "@mesoscope/numerics";
import type { FeatureClasses } from "./feature-classes.js";

/** What {@link attentionNetwork} takes. */
export interface AttentionNetworkInput {
  readonly features: FeatureClasses;
  /** Tokens L that the newest attends to, itself included. Any L >= 1, also other than 2^P. */
  readonly contextLength: number;
  /** Inverse temperature of the output, >= 0. */
  readonly beta: number;
  /** Inverse temperature of the attention; negative attends to what differs. */
  readonly gamma: number;
  /** eps in [0, 1], the weight of the positional part in every overlap; 0 (default) is the only choice without positional bits. */
  readonly positionalWeight?: number;
  /** Factor between gamma and the g of [eq:one-bit-attention]: g = gamma logitScale. Default 1 / sqrt(M). */
  readonly logitScale?: number;
}

/** A head of 1-bit self-attention, checked and complete. */
export interface AttentionNetwork {
  readonly features: FeatureClasses;
  readonly contextLength: number;
  readonly beta: number;
  readonly gamma: number;
  readonly positionalWeight: number;
  readonly logitScale: number;
  /** g = gamma logitScale: what multiplies the products of query and key overlaps. */
  readonly sharpness: number;
}

/**
 * A head with its defaults filled in.
 *
 * @throws DomainError for L < 1, beta < 0 or not finite, gamma or its scale not finite, eps outside [0, 1] or positive without positional bits
 */
export function attentionNetwork(input: AttentionNetworkInput): AttentionNetwork {
  const { features, contextLength, beta, gamma, positionalWeight = 0, logitScale = 1 / Math.sqrt(features.features) } = input;
  requireInteger("contextLength", contextLength, { min: 1 }, "The newest token attends at least to itself: give L >= 1.");
  requireFinite("beta", beta);
  requireInRange("beta", beta, { min: 0 }, "Give an inverse temperature of at least 0; a negative one is the same as flipped output features.");
  requireFinite("gamma", gamma, "Give a finite gamma; 1e6 is as good as infinite.");
  requireFinite("logitScale", logitScale);
  const sharpness = requireFinite("gamma * logitScale", gamma * logitScale);
  requireInRange("positionalWeight", positionalWeight, { min: 0, max: 1 });
  if (features.positionalBits === 0 && positionalWeight !== 0) {
    throw new DomainError({ name: "positionalWeight", value: positionalWeight, rule: "must be 0 without positional bits", remedy: "Give the features a positional part (zeta), or leave the weight out." });
  }
  return Object.freeze({ features, contextLength, beta, gamma, positionalWeight, logitScale, sharpness });
}
