/** @file Features drawn from a law: value, query and key features that copy output features with given correlations. */
import { DomainError, requireInRange, requireInteger } from "@mesoscope/numerics";
import { collapseClasses } from "./column-collapse.js";
import type { ColumnsInput, FeatureClasses, Role, RoleRows } from "./feature-classes.js";
import { classesFromColumns, ROLES } from "./feature-classes.js";

/** Independent uniform output features; xi^role_a = eta xi^o_{pi(a)} with independent signs eta of mean rho, [eq:product-law]. */
export interface ProductLaw {
  /** Features M. */
  readonly features: number;
  /** E eta for each role in [-1, 1]: one number, or one a feature (M). */
  readonly rho: Readonly<Record<"v" | "q" | "k", number | readonly number[]>>;
  /** pi(a) for each role, 0-based (M); the identity by default. */
  readonly permutation?: Partial<Readonly<Record<"v" | "q" | "k", readonly number[]>>>;
  /** Positional parts, rows (M, P) for each role. */
  readonly zeta?: RoleRows;
}

/** Up to here all columns can be listed: 2^{4M} = 65,536. */
const MOST_FEATURES = 4;
const MOST_EFFECTIVE_FEATURES = 16;

interface Copy {
  readonly rho: readonly number[];
  readonly of: readonly number[];
}

/**
 * All columns of the law with their probabilities prod (1 +- rho) / 2, merged by the gauge: at most 2^{4M-1} classes, fewer where |rho| = 1.
 * i.i.d. features are rho = 0.
 *
 * @throws DomainError for M > 4 (take {@link effectiveProductLaw}), a correlation outside [-1, 1], or what is no permutation
 */
export function productLaw(law: ProductLaw): FeatureClasses {
  const m = requireInteger("features", law.features, { min: 1, max: MOST_FEATURES }, `All 2^(4M) columns are listed: for M > ${MOST_FEATURES} take effectiveProductLaw (limit), or draw explicit bits (finite).`);
  const copies = { v: copyOf(law, "v"), q: copyOf(law, "q"), k: copyOf(law, "k") };
  const weights: number[] = [];
  const columns: number[][] = [];
  for (let word = 0; word < 2 ** (4 * m); word += 1) {
    const column = Array.from({ length: 4 * m }, (_, bit) => ((word >>> (4 * m - 1 - bit)) & 1 ? -1 : 1));
    const weight = 2 ** -m * (["v", "q", "k"] as const).reduce((product, role, at) => product * copyProbability(copies[role], column, (at + 1) * m), 1);
    if (weight === 0) continue;
    weights.push(weight);
    columns.push(column);
  }
  const rows = (role: Role): number[][] => Array.from({ length: m }, (_, a) => columns.map((column) => column[ROLES.indexOf(role) * m + a]!));
  return collapseClasses(classesFromColumns(withZeta({ weights, xi: { o: rows("o"), v: rows("v"), q: rows("q"), k: rows("k") } }, law.zeta))).features;
}

/**
 * The same law as the limit sees it: classes by output column alone, 2^{M-1} with the gauge, with real entries rho_a xi^o_{pi(a)}, [eq:effective-classes].
 *
 * @throws DomainError as {@link productLaw}, with M up to 16
 */
export function effectiveProductLaw(law: ProductLaw): FeatureClasses {
  const m = requireInteger("features", law.features, { min: 1, max: MOST_EFFECTIVE_FEATURES });
  const classes = 2 ** (m - 1);
  const o = Array.from({ length: m }, (_, a) => Array.from({ length: classes }, (__, word) => ((word >>> (m - 1 - a)) & 1 ? -1 : 1)));
  const rows = (role: "v" | "q" | "k"): number[][] => {
    const { rho, of } = copyOf(law, role);
    return rho.map((r, a) => o[of[a]!]!.map((sign) => r * sign));
  };
  const xi = { o, v: rows("v"), q: rows("q"), k: rows("k") };
  return classesFromColumns({ ...withZeta({ weights: new Float64Array(classes).fill(1 / classes), xi }, law.zeta), entries: "real" });
}

/**
 * Averages value, query and key entries over the classes with the same output column: xibar(sigma) = E[xi | xi^o = sigma], [eq:effective-classes]. The limit needs no more,
 * since u_c depends on the output column only; fluctuations need the classes themselves. Classes are ordered by their first member and gauged to sigma_1 = +1.
 * A first token must be a function of the output column, too; otherwise start the full classes.
 */
export function effectiveClasses(features: FeatureClasses): FeatureClasses {
  const { features: m, classes, weights, xi } = features;
  const found = new Map<string, number>();
  const total: number[] = [];
  const sums: number[][] = [];
  for (let c = 0; c < classes; c += 1) {
    const flip = xi.o[c]! < 0 ? -1 : 1;
    const column = ROLES.flatMap((role) => Array.from({ length: m }, (_, a) => flip * xi[role][a * classes + c]! + 0));
    const key = column.slice(0, m).join();
    const at = found.get(key) ?? sums.push(new Array<number>(4 * m).fill(0)) - 1;
    found.set(key, at);
    total[at] = (total[at] ?? 0) + weights[c]!;
    column.forEach((entry, i) => (sums[at]![i]! += weights[c]! * entry));
  }
  // The output entries are equal by construction; a quotient of sums could miss them by a rounding.
  const sigma = [...found.keys()].map((key) => key.split(",").map(Number));
  const mean = (role: Role): Float64Array =>
    Float64Array.from({ length: m * total.length }, (_, at) => {
      const [a, c] = [Math.floor(at / total.length), at % total.length];
      return role === "o" ? sigma[c]![a]! : sums[c]![ROLES.indexOf(role) * m + a]! / total[c]!;
    });
  return Object.freeze({ ...features, classes: total.length, weights: Float64Array.from(total), xi: Object.freeze({ o: mean("o"), v: mean("v"), q: mean("q"), k: mean("k") }) });
}

function withZeta(input: ColumnsInput, zeta: RoleRows | undefined): ColumnsInput {
  return zeta === undefined ? input : { ...input, zeta };
}

function copyProbability({ rho, of }: Copy, column: readonly number[], from: number): number {
  return rho.reduce((product, r, a) => (product * (1 + r * column[from + a]! * column[of[a]!]!)) / 2, 1);
}

function copyOf({ features: m, rho, permutation }: ProductLaw, role: "v" | "q" | "k"): Copy {
  const given = rho[role];
  const each = typeof given === "number" ? new Array<number>(m).fill(given) : given;
  if (each.length !== m) throw new DomainError({ name: `rho.${role}.length`, value: each.length, rule: `must be ${m}`, remedy: "Give one correlation, or one a feature." });
  each.forEach((r, a) => requireInRange(`rho.${role}[${a}]`, r, { min: -1, max: 1 }));
  const of = permutation?.[role] ?? each.map((_, a) => a);
  if (of.length !== m || [...of].sort((a, b) => a - b).some((b, a) => a !== b)) {
    throw new DomainError({ name: `permutation.${role}`, value: of.join(), rule: `must be a permutation of 0..${m - 1}`, remedy: "Name each output feature once." });
  }
  return { rho: each, of };
}
