/** @file How many of N bits each class has: the weights themselves, the nearest integers, or a draw. */
import type { Stream } from "@mesoscope/numerics";
import { DomainError, drawMultinomial, requireInteger } from "@mesoscope/numerics";
import type { FeatureClasses, Role, RoleRows } from "./feature-classes.js";
import { requireSigns } from "./feature-classes.js";

/** Features with N bits shared out among their classes. */
export interface SizedFeatures {
  /** The classes that have bits, with weights n_c / N. */
  readonly features: FeatureClasses;
  /** Bits n_c of each class (C), integers >= 1 that add to N. */
  readonly sizes: Float64Array;
  /** N. */
  readonly bits: number;
  /** Which class of the features given each one is: classes without bits are left out. */
  readonly kept: Int32Array;
  /** max_c |n_c / N - w_c| over all classes given: 0 when N w_c are integers; of order 1 / N for largest remainders, 1 / sqrt(N) for a draw. */
  readonly weightShift: number;
  /** Said when the classes are not quite those asked for. */
  readonly warning?: string;
}

/** Largest N: class sizes and their binomials stay exact. */
export const MOST_BITS = 1e12;

/** How {@link stratifiedSizes} treats N w_c that are no integers. */
export interface StratifiedOptions {
  /** `refuse` (default), or `largest-remainder`: shifts the limit itself by O(1/N), as {@link SizedFeatures.weightShift} and a warning say. */
  readonly rounding?: "refuse" | "largest-remainder";
}

/**
 * n_c = w_c N, [eq:class-sizes].
 *
 * @param bits N, an integer from 1 to 1e12
 * @throws DomainError when some w_c N is no integer (unless rounding is asked for), or an entry of the features is not +-1
 */
export function stratifiedSizes(features: FeatureClasses, bits: number, { rounding = "refuse" }: StratifiedOptions = {}): SizedFeatures {
  requireBits(features, bits);
  const exact = features.weights.map((weight) => weight * bits);
  // Weights carry roundings of a few units in the last place, which N multiplies.
  const tolerance = Math.min(0.25, bits * features.classes * 2 ** -51);
  const whole = exact.map(Math.round);
  const off = exact.findIndex((x, c) => Math.abs(x - whole[c]!) > tolerance);
  if (off < 0 && whole.reduce((a, b) => a + b, 0) === bits) return sized(features, whole, bits);
  if (rounding === "refuse") {
    throw new DomainError({ name: `weights[${Math.max(off, 0)}] * N`, value: exact[Math.max(off, 0)]!, rule: "must be an integer for stratified classes", remedy: 'Take an N that all weights divide, or ask for rounding: "largest-remainder", or for quenched sizes.' });
  }
  const rounded = sized(features, largestRemainders(exact, bits), bits);
  return Object.freeze({ ...rounded, warning: `class weights rounded to multiples of 1/${bits}: off by up to ${rounded.weightShift.toPrecision(3)}, which shifts the limit by as much` });
}

/**
 * Class sizes of N columns drawn independently: n ~ Multinomial(N, w), [eq:class-sizes].
 *
 * @throws DomainError when N is no integer from 1 to 1e12, or an entry of the features is not +-1
 */
export function quenchedSizes(features: FeatureClasses, bits: number, stream: Stream): SizedFeatures {
  requireBits(features, bits);
  return sized(features, drawMultinomial(stream, bits, features.weights), bits);
}

/**
 * Class sizes as given.
 * @param sizes n_c (C), integers >= 0
 * @throws DomainError when a size is no integer, all are 0, or their number is not C
 */
export function explicitSizes(features: FeatureClasses, sizes: ArrayLike<number>): SizedFeatures {
  if (sizes.length !== features.classes) throw new DomainError({ name: "sizes.length", value: sizes.length, rule: `must be C = ${features.classes}`, remedy: "Give one size a class, 0 where it has no bits." });
  const counts = Float64Array.from(sizes);
  counts.forEach((size, c) => requireInteger(`sizes[${c}]`, size, { min: 0 }));
  const bits = counts.reduce((a, b) => a + b, 0);
  requireBits(features, bits);
  return sized(features, counts, bits);
}

/** N columns drawn independently from the classes, bit by bit: rows (M, N) for each role, to be collapsed or used as they are. */
export function drawBits(features: FeatureClasses, bits: number, stream: Stream): RoleRows {
  requireSigns(features);
  requireInteger("bits", bits, { min: 1, max: 1e7 }, "Bit matrices are written out: for more bits draw class sizes, quenchedSizes.");
  const { features: m, classes, weights, xi } = features;
  const of = Int32Array.from({ length: bits }, () => {
    let left = stream.uniform();
    let c = 0;
    while (c < classes - 1 && left >= weights[c]!) left -= weights[c++]!;
    return c;
  });
  const rows = (role: Role): Int8Array[] => Array.from({ length: m }, (_, a) => Int8Array.from(of, (c) => xi[role][a * classes + c]!));
  return Object.freeze({ o: rows("o"), v: rows("v"), q: rows("q"), k: rows("k") });
}

/** The token of these classes nearest to u: class magnetisations 2 K_c / n_c - 1 with integer K_c. */
export function nearestToken({ sizes }: SizedFeatures, u: ArrayLike<number>): Float64Array {
  if (u.length !== sizes.length) throw new DomainError({ name: "u.length", value: u.length, rule: `must be C = ${sizes.length}`, remedy: "Give one magnetisation a class." });
  return sizes.map((n, c) => (2 * Math.min(n, Math.max(0, Math.round((n * (1 + u[c]!)) / 2)))) / n - 1);
}

function requireBits(features: FeatureClasses, bits: number): void {
  requireSigns(features);
  requireInteger("bits", bits, { min: 1, max: MOST_BITS }, "Beyond 1e12 bits use the limit.");
}

function sized(features: FeatureClasses, sizes: Float64Array, bits: number): SizedFeatures {
  const kept = Int32Array.from([...sizes.keys()].filter((c) => sizes[c]! > 0));
  const { features: m, classes, weights, xi } = features;
  const pick = (matrix: Float64Array): Float64Array => Float64Array.from({ length: m * kept.length }, (_, at) => matrix[Math.floor(at / kept.length) * classes + kept[at % kept.length]!]!);
  const left = Float64Array.from(kept, (c) => sizes[c]!);
  const shift = sizes.reduce((largest, size, c) => Math.max(largest, Math.abs(size / bits - weights[c]!)), 0);
  return Object.freeze({
    features: Object.freeze({ ...features, classes: kept.length, weights: left.map((size) => size / bits), xi: Object.freeze({ o: pick(xi.o), v: pick(xi.v), q: pick(xi.q), k: pick(xi.k) }) }),
    sizes: left,
    bits,
    kept,
    // Below the roundings of the weights themselves there is no shift.
    weightShift: shift <= classes * 2 ** -51 ? 0 : shift,
  });
}

/** Floors, and one more for those that lost most (the first of equals). */
function largestRemainders(exact: Float64Array, bits: number): Float64Array {
  const sizes = exact.map(Math.floor);
  const missing = bits - sizes.reduce((a, b) => a + b, 0);
  const order = [...exact.keys()].sort((a, b) => exact[b]! - sizes[b]! - (exact[a]! - sizes[a]!) || a - b);
  for (let i = 0; i < missing; i += 1) sizes[order[i]!]! += 1;
  return sizes;
}
