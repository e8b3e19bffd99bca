/** @file Bits with the same column are one class; a column and its negative are one class, too, with the bit flipped. */
import { DomainError, requireInteger } from "@mesoscope/numerics";
import type { FeatureClasses, RoleMatrices, RoleRows } from "./feature-classes.js";
import { ROLES, roleMatrices, MOST_POSITIONAL_BITS } from "./feature-classes.js";

/** Which class each column went to, and whether it had to be flipped. */
export interface Collapse {
  readonly features: FeatureClasses;
  /** Class of each bit (or of each class that was given). */
  readonly classOf: Int32Array;
  /** +1, or -1 where the column is the negative of its class's: then u_class counts the bit with this sign. */
  readonly sign: Int8Array;
}

/** A collapse of N bits. */
export interface BitCollapse extends Collapse {
  /** Bits n_c of each class (C), integers that add to N. */
  readonly sizes: Float64Array;
}

/** What {@link classesFromBits} takes. */
export interface BitsInput {
  /** Rows (M, N) of +-1 for each role. */
  readonly bits: RoleRows;
  /** Rows (M, P) of +-1 for each role; none without positional bits. */
  readonly zeta?: RoleRows;
  /** Merge a column with its negative (default true): u_{-c} = -u_c. */
  readonly gauge?: boolean;
}

/**
 * Column classes of explicit bits, in the order of their first bits; the first bit of a class has sign +1. C <= min(N, 2^{4M-1}) with the gauge.
 *
 * @throws DomainError where an entry is not +-1 or rows have unequal lengths
 */
export function classesFromBits({ bits, zeta, gauge = true }: BitsInput): BitCollapse {
  const features = requireInteger("number of features", bits.o.length, { min: 1 }, "Give at least one row a role.");
  const n = requireInteger("number of bits", bits.o[0]!.length, { min: 1 }, "Give rows with at least one bit.");
  const positionalBits = zeta === undefined ? 0 : requireInteger("number of positional bits", zeta.o[0]?.length ?? 0, { min: 0, max: MOST_POSITIONAL_BITS });
  const single: FeatureClasses = {
    features,
    classes: n,
    weights: new Float64Array(n).fill(1),
    xi: roleMatrices("bits", bits, features, n, "signs"),
    positionalBits,
    zeta: roleMatrices("zeta", zeta, features, positionalBits, "signs"),
  };
  const { features: merged, classOf, sign } = collapse(single, gauge);
  return Object.freeze({ features: Object.freeze({ ...merged, weights: merged.weights.map((count) => count / n) }), classOf, sign, sizes: merged.weights });
}

/** Merges equal columns of classes, and with the gauge (default) opposite ones; weights add up. Entries may be real. */
export function collapseClasses(features: FeatureClasses, { gauge = true }: { gauge?: boolean } = {}): Collapse {
  return Object.freeze(collapse(features, gauge));
}

/**
 * Flips classes: their columns and, with them, their bits (u_c -> -u_c). Dynamics and overlaps stay the same.
 * @param flips (C) +1 or -1
 */
export function gaugeFlip(features: FeatureClasses, flips: ArrayLike<number>): FeatureClasses {
  if (flips.length !== features.classes) {
    throw new DomainError({ name: "flips.length", value: flips.length, rule: `must be ${features.classes}, one a class`, remedy: "Give +1 for classes that stay." });
  }
  const flip = (matrix: Float64Array): Float64Array => matrix.map((entry, at) => (flips[at % features.classes]! < 0 ? -entry : entry));
  const { o, v, q, k } = features.xi;
  return Object.freeze({ ...features, xi: Object.freeze({ o: flip(o), v: flip(v), q: flip(q), k: flip(k) }) });
}

function collapse(given: FeatureClasses, gauge: boolean): Collapse {
  const { features, classes, weights, xi } = given;
  const found = new Map<string, number>();
  const first: number[] = [];
  const total: number[] = [];
  const classOf = new Int32Array(classes);
  const sign = new Int8Array(classes).fill(1);
  for (let i = 0; i < classes; i += 1) {
    const key = columnKey(xi, features, classes, i, 1);
    let c = found.get(key);
    if (c === undefined && gauge) {
      c = found.get(columnKey(xi, features, classes, i, -1));
      if (c !== undefined) sign[i] = -1;
    }
    if (c === undefined) {
      c = first.push(i) - 1;
      total.push(0);
      found.set(key, c);
    }
    total[c]! += weights[i]!;
    classOf[i] = c;
  }
  const pick = (matrix: Float64Array): Float64Array => Float64Array.from({ length: features * first.length }, (_, at) => matrix[Math.floor(at / first.length) * classes + first[at % first.length]!]!);
  const merged = { ...given, classes: first.length, weights: Float64Array.from(total), xi: Object.freeze({ o: pick(xi.o), v: pick(xi.v), q: pick(xi.q), k: pick(xi.k) }) };
  return { features: Object.freeze(merged), classOf, sign };
}

/** Text that is the same for equal columns only. Adding 0 turns -0 into 0. */
function columnKey(xi: RoleMatrices, features: number, classes: number, i: number, sign: number): string {
  let key = "";
  for (const role of ROLES) for (let a = 0; a < features; a += 1) key += `${sign * xi[role][a * classes + i]! + 0},`;
  return key;
}
