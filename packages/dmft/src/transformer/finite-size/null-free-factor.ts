/** @file A factor of a kernel without its null directions, fast enough to be taken for every replica and block. */

export interface Factor {
  /** (n, rank) */
  readonly factor: Float64Array;
  readonly rank: number;
}

/** Directions below this much of the largest diagonal entry are the rounding of a product. */
const NULL_DIRECTION = 1e-13;

/** Pivoted Cholesky factor, matrix = F F^T: as `cholesky` of numerics, without its checks, for matrices that are positive semidefinite by construction. */
export function nullFreeFactor(matrix: Float64Array): Factor {
  const n = Math.round(Math.sqrt(matrix.length));
  const rest = matrix.slice();
  const columns: Float64Array[] = [];
  const taken = new Uint8Array(n);
  let least = -1;
  for (;;) {
    let pivot = -1;
    for (let k = 0; k < n; k++) if (taken[k] === 0 && (pivot < 0 || rest[k * n + k]! > rest[pivot * n + pivot]!)) pivot = k;
    const value = pivot < 0 ? 0 : rest[pivot * n + pivot]!;
    if (least < 0) least = NULL_DIRECTION * value;
    if (!(value > least)) break;
    taken[pivot] = 1;
    const root = Math.sqrt(value);
    const column = new Float64Array(n);
    column[pivot] = root;
    for (let k = 0; k < n; k++) if (taken[k] === 0) column[k] = rest[k * n + pivot]! / root;
    for (let k = 0; k < n; k++) for (let l = 0; l < n; l++) if (taken[k] === 0 && taken[l] === 0) rest[k * n + l]! -= column[k]! * column[l]!;
    columns.push(column);
  }
  const rank = columns.length;
  const factor = new Float64Array(n * rank);
  for (const [c, column] of columns.entries()) for (let k = 0; k < n; k++) factor[k * rank + c] = column[k]!;
  return { factor, rank };
}
