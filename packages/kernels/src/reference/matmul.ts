/** @file The truth of "matmul". */
import type { MatmulParameters } from "../array-parameters.js";

/** Where the matrices of an operand lie: matrix r begins at `from(r)`, its rows `pitch` apart. */
interface Place {
  readonly from: (replica: number) => number;
  readonly pitch: number;
}

function placeOf(rows: number, columns: number, heads: number, { shared, beside }: { readonly shared: boolean; readonly beside: boolean }): Place {
  if (!beside) return { from: (replica) => (shared ? 0 : replica * rows * columns), pitch: columns };
  const pitch = heads * columns;
  return { from: (replica) => Math.floor(replica / heads) * rows * pitch + (replica % heads) * columns, pitch };
}

/**
 * C = scale A B, or scale A B + old: every sum over k in ascending order, one product and one addition at a time.
 *
 * @param a   (R, m, k) row-major, or (R, k, m) transposed; (1, ...) when shared; heads side by side in its rows with besideA
 * @param b   (R, k, n), or (R, n, k) transposed; (1, ...) when shared; heads side by side with besideB
 * @param old (R, m, n), what is added with `add`; as the product with besideC
 * @param out (R, m, n), or (R / heads, m, heads, n) with besideC; may be `old`, no other input
 */
export function matmul(a: Float64Array, b: Float64Array, p: MatmulParameters, out: Float64Array, old?: Float64Array): void {
  const { batch, m, k, n, transposeA = false, transposeB = false, scale = 1, shareA = false, shareB = false, heads = 1 } = p;
  const placeA = placeOf(transposeA ? k : m, transposeA ? m : k, heads, { shared: shareA, beside: p.besideA === true });
  const placeB = placeOf(transposeB ? n : k, transposeB ? k : n, heads, { shared: shareB, beside: p.besideB === true });
  const placeC = placeOf(m, n, heads, { shared: false, beside: p.besideC === true });
  const row = new Float64Array(k);
  const sums = new Float64Array(n);
  for (let replica = 0; replica < batch; replica += 1) {
    const [fromA, fromB, fromC] = [placeA.from(replica), placeB.from(replica), placeC.from(replica)];
    for (let i = 0; i < m; i += 1) {
      for (let l = 0; l < k; l += 1) row[l] = a[fromA + (transposeA ? l * placeA.pitch + i : i * placeA.pitch + l)]!;
      if (transposeB) sumsAlong(row, b, fromB, placeB.pitch, sums);
      else sumsAcross(row, b, fromB, placeB.pitch, sums);
      const to = fromC + i * placeC.pitch;
      for (let j = 0; j < n; j += 1) out[to + j] = old === undefined ? scale * sums[j]! : scale * sums[j]! + old[to + j]!;
    }
  }
}

/** sums_j = sum_l row_l b_lj, rows of b one after the other. */
function sumsAcross(row: Float64Array, b: Float64Array, from: number, pitch: number, sums: Float64Array): void {
  sums.fill(0);
  for (let l = 0; l < row.length; l += 1) {
    const value = row[l]!;
    const at = from + l * pitch;
    for (let j = 0; j < sums.length; j += 1) sums[j]! += value * b[at + j]!;
  }
}

/** sums_j = sum_l row_l b_jl. */
function sumsAlong(row: Float64Array, b: Float64Array, from: number, pitch: number, sums: Float64Array): void {
  for (let j = 0; j < sums.length; j += 1) {
    const at = from + j * pitch;
    let sum = 0;
    for (let l = 0; l < row.length; l += 1) sum += row[l]! * b[at + l]!;
    sums[j] = sum;
  }
}
