/** @file A state of the limit: the magnetisations of the tokens in the window, and the index of the newest. */
import { DomainError, requireInteger } from "@mesoscope/numerics";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";

/** Where the mean-field map stands. Plain data: it can be kept, sent and gone on from. */
export interface WindowState {
  /** u (l, C), 1 <= l <= L, row 0 the newest token; entries in [-1, 1]. */
  readonly u: Float64Array;
  /** Index t of the newest token; its phase is t mod 2^P. Older tokens may have negative indices. */
  readonly t: number;
}

/**
 * A window with one token; it grows to L as tokens are made.
 *
 * @param u (C) magnetisations of the token; by default the first output feature, xi^o_1
 * @param t its index, 0 unless given
 * @throws DomainError if u has not C entries in [-1, 1]
 */
export function tokenStart({ features }: AttentionNetwork, u: ArrayLike<number> = features.xi.o.subarray(0, features.classes), t = 0): WindowState {
  return windowStart({ features, contextLength: 1 }, [u], t);
}

/**
 * A window of l <= L given tokens.
 *
 * @param rows l rows (C), newest first
 * @param t index of the newest token
 * @throws DomainError if there are no rows or more than L, a row has not C entries, or an entry is outside [-1, 1]
 */
export function windowStart(
  { features, contextLength }: Pick<AttentionNetwork, "features" | "contextLength">,
  rows: ArrayLike<ArrayLike<number>>,
  t: number,
): WindowState {
  requireInteger("t", t);
  const length = requireInteger("number of rows", rows.length, { min: 1, max: contextLength }, "Give the newest tokens only, as many as the window holds.");
  const u = new Float64Array(length * features.classes);
  for (let d = 0; d < length; d++) {
    const row = rows[d]!;
    if (row.length !== features.classes) {
      throw new DomainError({ name: `length of row ${d}`, value: row.length, rule: `must be C = ${features.classes}`, remedy: "Give one magnetisation for each class." });
    }
    for (let c = 0; c < row.length; c++) u[d * features.classes + c] = requireMagnetisation(d, c, row[c]!);
  }
  return { u, t };
}

function requireMagnetisation(d: number, c: number, value: number): number {
  if (value >= -1 && value <= 1) return value;
  throw new DomainError({ name: `u[${d}][${c}]`, value, rule: "must be within [-1, 1]", remedy: "A magnetisation is a mean of signs: scale the start." });
}

/** Tokens after which the state of the positions repeats: 2^P where they have a weight, else 1. */
export function forcingPeriod({ features, positionalWeight }: Pick<AttentionNetwork, "features" | "positionalWeight">): number {
  return positionalWeight === 0 ? 1 : 2 ** features.positionalBits;
}
