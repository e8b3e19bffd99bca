/** @file Matrices are plain row-major Float64Array: entry (i, j) of an (m, n) matrix at i n + j. What every solver asks of one. */
import { DomainError, requireInteger } from "../errors.js";
import { POWER_BIAS, POWERS_OF_TWO } from "../elementary/powers-of-two.js";

/** A copy of an (m, n) matrix. @throws DomainError unless m, n >= 1, the length is m n and every entry is finite. */
export function copyOfMatrix(name: string, a: ArrayLike<number>, m: number, n: number): Float64Array {
  requireInteger("m", m, { min: 1 });
  requireInteger("n", n, { min: 1 });
  return copyOfVector(name, a, m * n);
}

/** A copy of a vector of the given length. @throws DomainError for another length and entries that are not finite. */
export function copyOfVector(name: string, a: ArrayLike<number>, length: number): Float64Array {
  if (a.length !== length) {
    const rule = `must have ${length} entries, has ${a.length}`;
    throw new DomainError({ name, value: a, rule, remedy: "Give the entries row by row, and the shape they have." });
  }
  const copy = Float64Array.from(a);
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(copy[i])) continue;
    throw new DomainError({ name: `${name}[${i}]`, value: copy[i], rule: "must be finite", remedy: "Find where the entry came from." });
  }
  return copy;
}

/** Mirrored entries may differ by this much of the largest: the rounding of a product, not another matrix. */
const ASYMMETRY = 1e-10;

/** (a + a^T)/2. @throws DomainError as {@link copyOfMatrix}, and for a matrix that is not symmetric up to rounding. */
export function copyOfSymmetricMatrix(a: ArrayLike<number>, n: number): Float64Array {
  const copy = copyOfMatrix("a", a, n, n);
  const allowed = ASYMMETRY * largestEntry(copy);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = copy[i * n + j]! / 2 + copy[j * n + i]! / 2;
      if (!(Math.abs(copy[i * n + j]! - mean) <= allowed)) {
        const rule = `must equal a[${j}][${i}] = ${copy[j * n + i]!}`;
        throw new DomainError({ name: `a[${i}][${j}]`, value: copy[i * n + j], rule, remedy: "Give a symmetric matrix, or use `eigenvalues` or `leastSquares`." });
      }
      copy[i * n + j] = mean;
      copy[j * n + i] = mean;
    }
  }
  return copy;
}

/** Largest |entry|. */
export function largestEntry(a: Float64Array): number {
  let largest = 0;
  for (const entry of a) largest = Math.max(largest, Math.abs(entry));
  return largest;
}

/** The power of two, between 2^-1000 and 2^1000, that brings the largest entry near 1 (1 for the zero matrix): squares then neither over- nor underflow. */
export function balancingPower(a: Float64Array): number {
  const largest = largestEntry(a);
  if (largest === 0) return 1;
  let k = 0;
  for (; k < 1000 && largest * POWERS_OF_TWO[POWER_BIAS + k]! < 0.5; k++);
  for (; k > -1000 && largest * POWERS_OF_TWO[POWER_BIAS + k]! > 1; k--);
  return POWERS_OF_TWO[POWER_BIAS + k]!;
}

/** Multiplies every entry in place. */
export function scale(a: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! *= factor;
}
