/** @file What a table of quantiles says of a law: inside its range everything needed, outside only how much lies there. */
import { DomainError, type Stream } from "@mesoscope/numerics";
import { requireTable, type QuantileTable } from "./predicted-law.js";
import type { Order, QuantileFunction } from "./quantile-function.js";

/** A law moved into the range of its table: what lies beyond either end sits at that end. */
export interface TabulatedLaw {
  readonly low: number;
  readonly high: number;
  /** Linear between the quantiles of the table. */
  readonly quantile: QuantileFunction;
  /** Probability beyond the range, of which nothing but its amount is compared. */
  readonly beyond: number;
}

/**
 * @param known values from here on are not known (censored samples): the range ends there
 * @throws DomainError for a table that does not ascend, or has no two finite quantiles below `known`
 */
export function tabulatedLaw(table: QuantileTable, known: number): TabulatedLaw {
  requireTable(table);
  const finite = table.quantiles.map((q, i) => ({ q, p: table.probabilities[i]! })).filter(({ q }) => Number.isFinite(q));
  const low = finite[0]?.q ?? 0;
  const high = Math.min(finite.at(-1)?.q ?? 0, known);
  if (!(high > low)) {
    throw new DomainError({ name: "quantiles", value: table.quantiles, rule: "must span a range below the least censored sample", remedy: "Give two different finite quantiles or more, or run longer so that fewer samples are censored." });
  }
  const knots = [0];
  const left: number[] = [];
  const right: number[] = [];
  const piece = (to: number, from: number, until: number): void => {
    if (!(to > knots.at(-1)!)) return;
    knots.push(to);
    left.push(from);
    right.push(until);
  };
  piece(finite[0]!.p, low, low);
  for (let i = 1; i < finite.length && finite[i - 1]!.q < high; i++) {
    const [a, b] = [finite[i - 1]!, finite[i]!];
    if (b.q <= high) piece(b.p, a.q, b.q);
    else piece(a.p + ((b.p - a.p) * (high - a.q)) / (b.q - a.q), a.q, high);
  }
  const within = knots.at(-1)!;
  piece(1, high, high);
  return { low, high, quantile: { knots: Float64Array.from(knots), left: Float64Array.from(left), right: Float64Array.from(right) }, beyond: finite[0]!.p + 1 - within };
}

/** The farthest that a law with these quantiles can lie from the one that is linear between them: sum dp dq / 2, or (sum dp dq^2 / 3)^(1/2). */
export function resolutionOf({ quantile: { knots, left, right } }: TabulatedLaw, order: Order): number {
  const sum = left.reduce((total, from, k) => {
    const rise = right[k]! - from;
    return total + (knots[k + 1]! - knots[k]!) * (order === 1 ? rise / 2 : (rise * rise) / 3);
  }, 0);
  return order === 1 ? sum : Math.sqrt(sum);
}

/** Fills with an ascending sample of the law, by inversion of sorted uniform variates. */
export function drawSorted({ quantile: { knots, left, right } }: TabulatedLaw, stream: Stream, out: Float64Array): Float64Array {
  stream.fillUniform(out).sort();
  let piece = 0;
  for (let r = 0; r < out.length; r++) {
    const u = out[r]!;
    while (u >= knots[piece + 1]! && piece < left.length - 1) piece += 1;
    const share = (u - knots[piece]!) / (knots[piece + 1]! - knots[piece]!);
    out[r] = left[piece]! + share * (right[piece]! - left[piece]!);
  }
  return out;
}
