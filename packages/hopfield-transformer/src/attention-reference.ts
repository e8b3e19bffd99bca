/** @file One step by its definition: the plain code that the window machine is checked against. */
import { exp } from "@mesoscope/numerics";
import type { AttentionNetwork } from "./attention-network.js";
import type { Role } from "./feature-classes.js";
import { phaseOf, positionalWord } from "./positional-word.js";

/** Everything between a window and the fields of the next token. */
export interface ReferenceFields {
  /** m^q of the newest token (M). */
  readonly query: Float64Array;
  /** m^k and m^v of every token, row 0 the newest: (l, M). */
  readonly keys: readonly Float64Array[];
  readonly values: readonly Float64Array[];
  /** g m^q . m^k (l) and their softmax alpha (l). */
  readonly logits: Float64Array;
  readonly attention: Float64Array;
  /** A_a (M), [eq:one-bit-attention]. */
  readonly output: Float64Array;
  /** h_c (C), [eq:one-bit-output]. */
  readonly fields: Float64Array;
}

/**
 * m^role_a of one token, [eq:one-bit-overlap], by the sums as they are written down.
 * @param u class magnetisations (C)
 * @param t index of the token
 */
export function overlaps(network: AttentionNetwork, role: Role, u: ArrayLike<number>, t: number): Float64Array {
  const { features: { features: m, classes, weights, xi, positionalBits, zeta }, positionalWeight } = network;
  const word = positionalWord(phaseOf(t, positionalBits), positionalBits);
  return Float64Array.from({ length: m }, (_, a) => {
    let content = 0;
    for (let c = 0; c < classes; c += 1) content += weights[c]! * xi[role][a * classes + c]! * u[c]!;
    let position = 0;
    for (let j = 0; j < positionalBits; j += 1) position += zeta[role][a * positionalBits + j]! * word[j]!;
    return (1 - positionalWeight) * content + (positionalBits === 0 ? 0 : (positionalWeight / positionalBits) * position);
  });
}

/**
 * [eq:one-bit-overlap], [eq:one-bit-attention] and [eq:one-bit-output] for a window.
 * @param window u of the tokens t, t - 1, ..., newest first: l <= L rows (C); longer windows are cut to L
 * @param t index of the newest token, may be negative
 */
export function referenceFields(network: AttentionNetwork, window: readonly ArrayLike<number>[], t: number): ReferenceFields {
  const { features: { features: m, classes, xi }, contextLength, sharpness } = network;
  const seen = window.slice(0, contextLength);
  const query = overlaps(network, "q", seen[0]!, t);
  const keys = seen.map((u, d) => overlaps(network, "k", u, t - d));
  const values = seen.map((u, d) => overlaps(network, "v", u, t - d));
  const logits = Float64Array.from(keys, (key) => sharpness * query.reduce((sum, q, a) => sum + q * key[a]!, 0));
  const attention = softmax(logits);
  const output = Float64Array.from({ length: m }, (_, a) => values.reduce((sum, value, d) => sum + attention[d]! * value[a]!, 0));
  const fields = Float64Array.from({ length: classes }, (_, c) => output.reduce((sum, one, a) => sum + xi.o[a * classes + c]! * one, 0));
  return { query, keys, values, logits, attention, output, fields };
}

/** e^{x_d - max} over their sum: no overflow, and ties share equally. */
export function softmax(logits: Float64Array): Float64Array {
  const top = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = logits.map((logit) => exp(logit - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
