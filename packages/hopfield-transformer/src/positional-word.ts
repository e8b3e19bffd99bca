/** @file The position of a token as a word of P signs, and what it adds to the overlaps. */
import type { AttentionNetwork } from "./attention-network.js";
import type { Role } from "./feature-classes.js";

/** Phase of token t among 2^P words: t mod 2^P, in 0..2^P - 1 for negative t, too. */
export function phaseOf(t: number, positionalBits: number): number {
  const period = 2 ** positionalBits;
  return ((t % period) + period) % period;
}

/** p_j of a phase (P): its binary digits, most significant first, 0 written as -1, [eq:positional-word]. */
export function positionalWord(phase: number, positionalBits: number): Float64Array {
  return Float64Array.from({ length: positionalBits }, (_, j) => ((phase >>> (positionalBits - 1 - j)) & 1 ? 1 : -1));
}

/** eps/P sum_j zeta^role_a,j p_j for all phases: (2^P, M); zeros without positional bits. */
export function positionalOffsets({ features, positionalWeight }: AttentionNetwork, role: Role): Float64Array {
  const { features: m, positionalBits: p, zeta } = features;
  const out = new Float64Array(2 ** p * m);
  if (p === 0 || positionalWeight === 0) return out;
  for (let phase = 0; phase < 2 ** p; phase += 1) {
    const word = positionalWord(phase, p);
    for (let a = 0; a < m; a += 1) {
      let sum = 0;
      for (let j = 0; j < p; j += 1) sum += zeta[role][a * p + j]! * word[j]!;
      out[phase * m + a] = (positionalWeight / p) * sum;
    }
  }
  return out;
}
