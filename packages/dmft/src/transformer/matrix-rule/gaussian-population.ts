/** @file Infinitely many neurons a member: averages are Gaussian expectations, exact. */
import { DomainError, requireFinite, requireInRange, requireInteger } from "@mesoscope/numerics";
import { combination, innerByMember, weighted } from "./field-algebra.js";
import type { Field, Population, Process } from "./population.js";

/** Where a process stands among the sources, and its covariance so far. */
interface Entry extends Process {
  /** Number of each of its variables among all sources. */
  readonly places: number[];
  /** Row i: covariances with variables 0, ..., i. */
  readonly rowsOfCovariance: Float64Array[];
}

/**
 * A population of infinitely many neurons a member [eq:matrix-rule]. A response is a coefficient; a kernel is a bilinear form of coefficients with the covariances of the sources, which may
 * be singular: nothing is inverted.
 *
 * @param weights what each member counts, at least 0, sum 1
 * @throws DomainError for weights that are none
 */
export function gaussianPopulation(weights: ArrayLike<number>): Population {
  const members = requireInteger("weights.length", weights.length, { min: 1 });
  const own = Float64Array.from(weights);
  own.forEach((weight, member) => requireInRange(`weights[${member}]`, requireFinite(`weights[${member}]`, weight), { min: 0 }));
  const entries: Entry[] = [];
  let sources = 0;

  const process = (rows: number): Process => {
    const places: number[] = [];
    const entry: Entry = { rows: requireInteger("rows", rows, { min: 1 }), times: () => places.length / rows, places, rowsOfCovariance: [] };
    entries.push(entry);
    return entry;
  };
  const made = (rows: number, width: number, coefficients: Float64Array): Field => ({ rows, width, coefficients, dual: dualOf(width, coefficients) });

  const source = (of: Process, covariance: ArrayLike<number>): Field => {
    const entry = entryOf(entries, of);
    const { rows, places, rowsOfCovariance } = entry;
    const before = places.length;
    const length = before + rows;
    if (covariance.length !== rows * length) {
      throw new DomainError({ name: "covariance", value: covariance.length, rule: `must be ${rows * length} numbers`, remedy: "Give (rows, (times + 1) rows): with every block so far and with itself." });
    }
    for (let r = 0; r < rows; r++) {
      requireCauchySchwarz(rowsOfCovariance, covariance, r * length, before + r);
      places.push(sources++);
      rowsOfCovariance.push(Float64Array.from({ length: before + r + 1 }, (_, k) => covariance[r * length + k]!));
    }
    const coefficients = new Float64Array(members * rows * sources);
    for (let member = 0; member < members; member++) for (let r = 0; r < rows; r++) coefficients[(member * rows + r) * sources + places[before + r]!] = 1;
    return made(rows, sources, coefficients);
  };

  const dualOf = (width: number, coefficients: Float64Array): Float64Array => {
    const dual = new Float64Array(coefficients.length);
    for (const { places, rowsOfCovariance } of entries) {
      for (let i = 0; i < places.length && places[i]! < width; i++) {
        const row = rowsOfCovariance[i]!;
        for (let at = 0; at < dual.length; at += width) {
          const mine = coefficients[at + places[i]!]!;
          let sum = row[i]! * mine;
          for (let j = 0; j < i; j++) {
            const place = at + places[j]!;
            sum += row[j]! * coefficients[place]!;
            if (mine !== 0) dual[place]! += row[j]! * mine;
          }
          dual[at + places[i]!]! += sum;
        }
      }
    }
    return dual;
  };

  return {
    members,
    weights: own,
    process,
    source,
    combine: (rows, terms) => {
      const { width, coefficients } = combination(members, rows, terms);
      return made(rows, width, coefficients);
    },
    innerByMember: (a, b) => innerByMember(members, a, b),
    inner: (a, b) => weighted(own, innerByMember(members, a, b)),
    responses: (a, of) => {
      const { rows, places } = entryOf(entries, of);
      const out = new Float64Array(places.length * a.rows);
      for (let i = 0; i < places.length && places[i]! < a.width; i++) {
        const [time, r] = [Math.floor(i / rows), i % rows];
        for (let row = 0; row < a.rows; row++) {
          let sum = 0;
          for (let member = 0; member < members; member++) sum += own[member]! * a.coefficients[(member * a.rows + row) * a.width + places[i]!]!;
          out[(time * a.rows + row) * rows + r] = sum;
        }
      }
      return out;
    },
  };
}

/** More than this above the bound is no rounding. */
const SLACK = 1e-6;

/** @throws DomainError if an entry of row i breaks c_ij^2 <= c_ii c_jj: then no variables have these covariances */
function requireCauchySchwarz(rows: readonly Float64Array[], covariance: ArrayLike<number>, at: number, i: number): void {
  const own = covariance[at + i]!;
  for (let j = 0; j <= i; j++) {
    const entry = covariance[at + j]!;
    const other = j < i ? rows[j]![j]! : own;
    // Infinities and what is no number pass: a training that diverges ends in its own outcome.
    if (!(own < 0 || entry * entry > own * other * (1 + SLACK) + SLACK * SLACK * own * own)) continue;
    throw new DomainError({ name: `covariance[${i}][${j}]`, value: entry, rule: `must not exceed the root of the variances ${own} and ${other} in size`, remedy: "Give a positive semidefinite matrix: the kernel of fields of the other side." });
  }
}

/** @throws DomainError for a process of another population */
export function entryOf<E extends Process>(entries: readonly E[], process: Process): E {
  const entry = entries.find((each) => each === process);
  if (entry === undefined) throw new DomainError({ name: "process", value: process, rule: "must be one of this population", remedy: "Make it by `process` of the same population." });
  return entry;
}
