/** @file Features of a 1-bit attention head, grouped into column classes: what every other file of this system stands on. */
import { compensatedSum, DomainError, requireInteger } from "@mesoscope/numerics";

/** The four roles of a feature: output, value, query, key. */
export type Role = "o" | "v" | "q" | "k";

/** All roles, in the order in which a column is stacked. */
export const ROLES: readonly Role[] = Object.freeze(["o", "v", "q", "k"]);

/** One matrix a role, row-major: (M, C) for patterns, (M, P) for positional parts. */
export type RoleMatrices = Readonly<Record<Role, Float64Array>>;

/** One matrix a role as rows: what a caller writes down. */
export type RoleRows = Readonly<Record<Role, ArrayLike<ArrayLike<number>>>>;

/**
 * Features by column classes. The column of bit i is the stack of its 4 M pattern entries; bits with equal columns are exchangeable, [eq:column-classes].
 * Entries are +1 or -1 in a finite system; effective classes of the limit have real entries between them.
 */
export interface FeatureClasses {
  /** Features M of each role. */
  readonly features: number;
  /** Classes C. */
  readonly classes: number;
  /** w_c (C): > 0, they add to 1. */
  readonly weights: Float64Array;
  /** Pattern entries xi^role_a(c), each (M, C): entry [a C + c]. */
  readonly xi: RoleMatrices;
  /** Positional bits P of a token, 0 for none. */
  readonly positionalBits: number;
  /** Positional parts zeta^role_a,j, each (M, P): entry [a P + j]. */
  readonly zeta: RoleMatrices;
}

/** What {@link classesFromColumns} takes. */
export interface ColumnsInput {
  /** w_c (C): > 0, adding to 1. */
  readonly weights: ArrayLike<number>;
  /** Rows (M, C) for each role. */
  readonly xi: RoleRows;
  /** Rows (M, P) for each role; none without positional bits. */
  readonly zeta?: RoleRows;
  /** `signs` (default): entries are +1 or -1. `real`: within [-1, 1], as effective classes have them; no finite system has such bits. */
  readonly entries?: "signs" | "real";
}

/** More positional bits than any sequence needs, and as many as their table of 2^P words should have. */
export const MOST_POSITIONAL_BITS = 20;

/** Weights add to 1 within this: the sum of many rounded quotients does, a forgotten normalisation does not. */
const WEIGHT_TOLERANCE = 1e-9;

/**
 * Explicit column classes, as written down: nothing is merged (see {@link collapseClasses}).
 *
 * @throws DomainError where a role misses rows, rows have unequal lengths, an entry is not +-1 (outside [-1, 1] for `real`), a weight is not positive, or
 * the weights do not add to 1 within 1e-9
 */
export function classesFromColumns({ weights, xi, zeta, entries = "signs" }: ColumnsInput): FeatureClasses {
  const features = requireInteger("number of features", xi.o.length, { min: 1 }, "Give at least one row a role.");
  const classes = requireInteger("number of classes", weights.length, { min: 1 }, "Give at least one class.");
  const positionalBits = zeta === undefined ? 0 : requireInteger("number of positional bits", zeta.o[0]?.length ?? 0, { min: 0, max: MOST_POSITIONAL_BITS });
  return Object.freeze({
    features,
    classes,
    weights: normalisedWeights(weights),
    xi: roleMatrices("xi", xi, features, classes, entries),
    positionalBits,
    zeta: roleMatrices("zeta", zeta, features, positionalBits, "signs"),
  });
}

/**
 * Refuses features that no finite system can have: its bits are signs.
 * @throws DomainError when an entry is neither +1 nor -1
 */
export function requireSigns(features: FeatureClasses): void {
  for (const role of ROLES) {
    features.xi[role].forEach((entry, at) => {
      requireEntry(`xi.${role}[${Math.floor(at / features.classes)}][${at % features.classes}]`, entry, "signs");
    });
  }
}

/** The four matrices of rows, each entry checked. */
export function roleMatrices(name: string, rows: RoleRows | undefined, height: number, width: number, entries: "signs" | "real"): RoleMatrices {
  const matrix = (role: Role): Float64Array => {
    const out = new Float64Array(height * width);
    if (rows === undefined) return out;
    requireLength(`${name}.${role}`, rows[role], height, "features");
    for (let a = 0; a < height; a += 1) {
      const row = rows[role][a]!;
      requireLength(`${name}.${role}[${a}]`, row, width, "entries");
      for (let i = 0; i < width; i += 1) out[a * width + i] = requireEntry(`${name}.${role}[${a}][${i}]`, row[i]!, entries);
    }
    return out;
  };
  return Object.freeze({ o: matrix("o"), v: matrix("v"), q: matrix("q"), k: matrix("k") });
}

function requireLength(name: string, rows: ArrayLike<unknown>, length: number, what: string): void {
  if (rows.length === length) return;
  throw new DomainError({ name: `${name}.length`, value: rows.length, rule: `must be ${length}, as for the other rows`, remedy: `Give every role the same number of ${what}.` });
}

function requireEntry(name: string, value: number, entries: "signs" | "real"): number {
  const allowed = entries === "signs" ? value === 1 || value === -1 : value >= -1 && value <= 1;
  if (allowed) return value;
  throw new DomainError({
    name,
    value,
    rule: entries === "signs" ? "must be +1 or -1" : "must lie within [-1, 1]",
    remedy: entries === "signs" ? "Write a bit 0 as -1; only effective classes of the limit have entries between." : "Effective entries are means of signs.",
  });
}

function normalisedWeights(weights: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(weights);
  out.forEach((weight, c) => {
    if (!(weight > 0)) throw new DomainError({ name: `weights[${c}]`, value: weight, rule: "must be greater than 0", remedy: "Leave out classes without bits." });
  });
  const sum = compensatedSum(out);
  if (!(Math.abs(sum - 1) <= WEIGHT_TOLERANCE)) {
    throw new DomainError({ name: "sum of weights", value: sum, rule: "must be 1", remedy: "Divide the weights by their sum." });
  }
  return out.map((weight) => weight / sum);
}
