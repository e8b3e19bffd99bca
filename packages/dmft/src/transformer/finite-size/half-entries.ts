/** @file Symmetric matrices by their entries i <= j, in the order 11, 12, ..., 22, ... */
import { symmetricEigen } from "@mesoscope/numerics";

/** The n (n + 1) / 2 places [i, j], i <= j. */
export function halfEntries(n: number): readonly (readonly [number, number])[] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n - i }, (__, k) => [i, i + k] as const)).flat();
}

/** (n (n + 1) / 2) those entries of a symmetric matrix. */
export function halfOf(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from(halfEntries(n), ([i, j]) => matrix[i * n + j]!);
}

/** The symmetric (n, n) matrix with these entries. */
export function wholeOf(half: ArrayLike<number>, n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (const [k, [i, j]] of halfEntries(n).entries()) matrix[i * n + j] = matrix[j * n + i] = half[k]!;
  return matrix;
}

/** (m, n (n + 1) / 2 wide) principal directions of a covariance of entries, as symmetric matrices of one standard deviation. */
export function principalDirections(covariance: Float64Array, n: number): readonly Float64Array[] {
  const m = (n * (n + 1)) / 2;
  const { values, vectors } = symmetricEigen(covariance, m);
  const least = 1e-14 * values[m - 1]!;
  return Array.from(values.keys())
    .filter((k) => values[k]! > least)
    .map((k) => wholeOf(vectors.subarray(k * m, (k + 1) * m).map((v) => v * Math.sqrt(values[k]!)), n));
}
