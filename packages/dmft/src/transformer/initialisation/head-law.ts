/** @file What a head is at initialisation: its logits, its mask, and what makes weights of them. */
import { DomainError, requireInRange, requireInteger } from "@mesoscope/numerics";

/** Which tokens a token attends to: those up to itself, or (S, S) ones and zeros, row by row. */
export type Mask = "causal" | ArrayLike<number>;

/**
 * softmax; shaped: I + softmax - its uniform value; linear: the logits themselves.
 */
export type Attention = "softmax" | "shaped" | "linear";

/** A head at initialisation. Plain data. */
export interface HeadLaw {
  /** Logits are N^-alphaA q . k. */
  readonly alphaA: number;
  /** Width of a head. */
  readonly N: number | "infinite";
  readonly attention?: Attention;
  readonly mask?: Mask;
}

/** The law with its defaults: softmax, all tokens. */
export interface CheckedHeadLaw {
  readonly alphaA: number;
  readonly N: number | "infinite";
  readonly attention: Attention;
  /** Keys of each of the S rows, ascending. */
  readonly keys: readonly Uint32Array[];
}

/**
 * @throws DomainError unless alphaA is in [1/2, 1], N a positive integer or "infinite", and the mask leaves each token a key
 */
export function checkedHeadLaw({ alphaA, N, attention = "softmax", mask }: HeadLaw, tokens: number): CheckedHeadLaw {
  requireInRange("alphaA", alphaA, { min: 0.5, max: 1 }, "Give the exponent of the width in the logits: 1/2 keeps them of order one at initialisation, 1 in training.");
  if (N !== "infinite") requireInteger("N", N, { min: 1, max: 1e9 }, 'Give the width of a head, or "infinite".');
  if (!["softmax", "shaped", "linear"].includes(attention)) {
    throw new DomainError({ name: "attention", value: attention, rule: "must be softmax, shaped or linear", remedy: "Give one of the three." });
  }
  const keys = keysOf(mask, tokens);
  const blind = attention === "shaped" ? keys.findIndex((row, s) => !row.includes(s)) : -1;
  if (blind >= 0) {
    throw new DomainError({ name: `mask[${blind}][${blind}]`, value: 0, rule: "must be 1 in shaped attention, which adds the identity", remedy: "Let every token attend to itself." });
  }
  return { alphaA, N, attention, keys };
}

function keysOf(mask: Mask | undefined, tokens: number): readonly Uint32Array[] {
  const all = Array.from({ length: tokens }, (_, a) => a);
  if (mask === undefined) return all.map(() => Uint32Array.from(all));
  if (mask === "causal") return all.map((s) => Uint32Array.from(all.slice(0, s + 1)));
  if (typeof mask === "string" || mask.length !== tokens * tokens) {
    throw new DomainError({ name: "mask", value: mask, rule: `must be "causal" or have ${tokens * tokens} entries`, remedy: "Give one row of ones and zeros for each token." });
  }
  return all.map((s) => {
    for (const a of all) {
      if (mask[s * tokens + a] === 0 || mask[s * tokens + a] === 1) continue;
      throw new DomainError({ name: `mask[${s}][${a}]`, value: mask[s * tokens + a], rule: "must be 0 or 1", remedy: "Give 1 where the row attends to the column." });
    }
    const keys = all.filter((a) => mask[s * tokens + a] === 1);
    if (keys.length > 0) return Uint32Array.from(keys);
    throw new DomainError({ name: `row ${s} of the mask`, value: "only zeros", rule: "must leave the token a key", remedy: "Let the token attend to itself." });
  });
}

/** Weights that do not depend on the head: what the logits of width N -> infinity leave. */
export function isUniform({ alphaA, N, attention }: CheckedHeadLaw): boolean {
  return N === "infinite" && alphaA > 0.5 && attention !== "linear";
}

/** (S) weights of a row whose logits vanish. */
export function restingWeights({ attention, keys }: CheckedHeadLaw, row: number): Float64Array {
  const weights = new Float64Array(keys.length);
  if (attention === "shaped") weights[row] = 1;
  else for (const a of keys[row]!) weights[a] = 1 / keys[row]!.length;
  return weights;
}
