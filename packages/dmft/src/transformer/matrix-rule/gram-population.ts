/** @file A finite number N of neurons a member: averages over neurons fluctuate, and are Gram matrices of white Gaussian columns. */
import { DomainError, growingCholesky, requireInteger } from "@mesoscope/numerics";
import type { GrowingCholesky, Key } from "@mesoscope/numerics";
import { combination, innerByMember, weighted } from "./field-algebra.js";
import { entryOf } from "./gaussian-population.js";
import type { Field, Population, Process } from "./population.js";
import { drawGram } from "./wishart.js";

interface Entry extends Process {
  /** Number, among all white columns, of the column that the k-th pivot brought. */
  readonly columns: number[];
  readonly factor: GrowingCholesky;
}

export interface GramOptions {
  /** Neurons of a member. */
  readonly N: number;
  readonly members: number;
  /** White columns drawn for each member: at least the rank of all processes together. */
  readonly columns: number;
  /** Columns from this one on change sign in every second member, which has the other columns of the member before it: antithetic pairs. */
  readonly mirrored: number;
  /** Variances below this much of a variable's own bring no column: see `growingCholesky`. */
  readonly tolerance: number;
  readonly key: Key;
}

/**
 * A population of members (heads) with N neurons each [eq:matrix-rule]. Every field is a linear combination of white Gaussian columns, so inner products need only their Gram matrix, a Wishart
 * matrix a member: the cost does not grow with N. Responses, the indirect ones through inner products included, are read off by Stein's identity
 * <d a / d eta_k> = <a eta_k> in white columns eta, averaged over members.
 */
export function gramPopulation({ N, members, columns, mirrored, tolerance, key }: GramOptions): Population {
  requireInteger("N", N, { min: 1 });
  requireInteger("members", members, { min: 2 });
  requireInteger("columns", columns, { min: 1 });
  if (members % 2 !== 0) throw new DomainError({ name: "members", value: members, rule: "must be even", remedy: "Members come in antithetic pairs." });
  const weights = new Float64Array(members).fill(1 / members);
  const gram = new Float64Array(members * columns * columns);
  for (let member = 0; member < members; member += 2) {
    const at = member * columns * columns;
    drawGram(key.fold("columns", member / 2).stream(), N, columns, gram, at);
    for (let i = 0; i < columns; i++) for (let j = 0; j < columns; j++) gram[at + (columns + i) * columns + j] = gram[at + i * columns + j]! * (i >= mirrored === j >= mirrored ? 1 : -1);
  }
  const entries: Entry[] = [];
  let used = 0;

  const made = (rows: number, width: number, coefficients: Float64Array): Field => {
    const dual = new Float64Array(coefficients.length);
    for (let at = 0; at < dual.length; at += width) {
      const metric = Math.floor(at / (width * rows)) * columns * columns;
      for (let k = 0; k < width; k++) {
        const mine = coefficients[at + k]!;
        if (mine !== 0) for (let j = 0; j < width; j++) dual[at + j]! += mine * gram[metric + k * columns + j]!;
      }
    }
    return { rows, width, coefficients, dual };
  };
  const source = (of: Process, covariance: ArrayLike<number>): Field => {
    const entry = entryOf(entries, of);
    const { rows, factor } = entry;
    const before = factor.size();
    for (let r = 0; r < rows; r++) {
      const rank = factor.pivots.length;
      factor.append(Float64Array.from({ length: before + r + 1 }, (_, k) => covariance[r * (before + rows) + k]!));
      if (factor.pivots.length > rank) entry.columns.push(used++);
    }
    if (used > columns) throw new DomainError({ name: "columns", value: columns, rule: `must be at least ${used}, the rank of the processes so far`, remedy: "Draw more columns." });
    const coefficients = new Float64Array(members * rows * used);
    for (let member = 0; member < members; member++) {
      for (let r = 0; r < rows; r++) factor.row(before + r).forEach((value, k) => (coefficients[(member * rows + r) * used + entry.columns[k]!] = value));
    }
    return made(rows, used, coefficients);
  };
  const responses = (a: Field, of: Process): Float64Array => {
    const { rows, columns: mine, factor } = entryOf(entries, of);
    const out = new Float64Array((factor.size() / rows) * a.rows * rows);
    for (let row = 0; row < a.rows; row++) {
      const white = new Float64Array(mine.length);
      for (let member = 0; member < members; member++) {
        const at = (member * a.rows + row) * a.width;
        mine.forEach((column, k) => {
          if (column < a.width) white[k]! += a.dual[at + column]! / members;
        });
      }
      factor.solveTransposed(white).forEach((value, k) => {
        const pivot = factor.pivots[k]!;
        out[(Math.floor(pivot / rows) * a.rows + row) * rows + (pivot % rows)] = value;
      });
    }
    return out;
  };
  return {
    members,
    weights,
    process: (rows) => {
      const factor = growingCholesky({ tolerance });
      const entry: Entry = { rows: requireInteger("rows", rows, { min: 1 }), times: () => factor.size() / rows, columns: [], factor };
      entries.push(entry);
      return entry;
    },
    source,
    combine: (rows, terms) => {
      const { width, coefficients } = combination(members, rows, terms);
      return made(rows, width, coefficients);
    },
    innerByMember: (a, b) => innerByMember(members, a, b),
    inner: (a, b) => weighted(weights, innerByMember(members, a, b)),
    responses,
  };
}
