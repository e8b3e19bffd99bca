/** @file The joint law of the logit differences of two rows, as a factor whose null directions are left out. */
import type { CheckedHeadLaw } from "./head-law.js";
import type { TokenKernel } from "./token-kernel.js";

/** Two rows of attention and the keys they see. A row with k keys has k - 1 differences, to its last key. */
export interface RowPair {
  /** Rows, i >= j; i = j is one row, and then `second` is empty. */
  readonly i: number;
  readonly j: number;
  /** Places in the kernel of the keys of the two rows. */
  readonly keysI: Uint32Array;
  readonly keysJ: Uint32Array;
  /** Number of differences. */
  readonly first: number;
  readonly second: number;
  /** (m, m) covariance of the key differences, m = first + second. */
  readonly keyCovariance: Float64Array;
  /** H_ii, H_ij, H_jj: covariance of the queries. */
  readonly queries: QueryCovariance;
}

export type QueryCovariance = readonly [ii: number, ij: number, jj: number];

/** d = factor z, z standard normal: the first `outer` of z make the differences of row i alone. */
export interface PairFactor {
  readonly outer: number;
  readonly inner: number;
  /** (m, rank) */
  readonly factor: Float64Array;
  readonly rank: number;
  /** (rank) differences that served as pivots: the factor is lower triangular on them. */
  readonly pivots: readonly number[];
}

/** Directions whose variance is this much of the largest are null: jitter in their place would be a wrong law. */
const NULL_DIRECTION = 1e-12;

export function rowPair({ tokens, inputs, matrix }: TokenKernel, { keys }: CheckedHeadLaw, i: number, j: number): RowPair {
  const n = inputs * tokens;
  const placed = (row: number): Uint32Array => keys[row % tokens]!.map((a) => a + tokens * Math.floor(row / tokens));
  const [keysI, keysJ] = [placed(i), placed(j)];
  const first = keysI.length - 1;
  const second = i === j ? 0 : keysJ.length - 1;
  const m = first + second;
  const ends = Array.from({ length: m }, (_, k): readonly [number, number] => (k < first ? [keysI[k]!, keysI[first]!] : [keysJ[k - first]!, keysJ[second]!]));
  const keyCovariance = new Float64Array(m * m);
  const at = (a: number, b: number): number => matrix[a * n + b]!;
  for (const [k, [a, c]] of ends.entries()) for (const [l, [b, d]] of ends.entries()) keyCovariance[k * m + l] = at(a, b) - at(a, d) - at(c, b) + at(c, d);
  return { i, j, keysI, keysJ, first, second, keyCovariance, queries: [at(i, i), at(i, j), at(j, j)] };
}

/** Query covariance that belongs to two differences. */
export function queryEntry({ first }: RowPair, [ii, ij, jj]: QueryCovariance, k: number, l: number): number {
  return k < first ? (l < first ? ii : ij) : l < first ? ij : jj;
}

/** Pivoted Cholesky factor of the covariance query x key of the differences [eq:attention-logits], row i before row j. */
export function pairFactor(pair: RowPair, queries: QueryCovariance): PairFactor {
  const { first, second, keyCovariance } = pair;
  const m = first + second;
  const rest = new Float64Array(m * m);
  let largest = 0;
  for (let k = 0; k < m; k++) {
    for (let l = 0; l < m; l++) rest[k * m + l] = queryEntry(pair, queries, k, l) * keyCovariance[k * m + l]!;
    largest = Math.max(largest, rest[k * m + k]!);
  }
  const columns: Float64Array[] = [];
  const pivots: number[] = [];
  eliminateBlock(rest, m, 0, first, NULL_DIRECTION * largest, columns, pivots);
  const outer = pivots.length;
  eliminateBlock(rest, m, first, m, NULL_DIRECTION * largest, columns, pivots);
  const rank = pivots.length;
  const factor = new Float64Array(m * rank);
  for (let c = 0; c < rank; c++) for (let k = 0; k < m; k++) factor[k * rank + c] = columns[c]![k]!;
  return { outer, inner: rank - outer, factor, rank, pivots };
}

/** Takes pivots from rows `from` to `to` until what is left there is null. */
function eliminateBlock(rest: Float64Array, m: number, from: number, to: number, least: number, columns: Float64Array[], pivots: number[]): void {
  for (;;) {
    let pivot = -1;
    for (let k = from; k < to; k++) if (!pivots.includes(k) && rest[k * m + k]! > least && (pivot < 0 || rest[k * m + k]! > rest[pivot * m + pivot]!)) pivot = k;
    if (pivot < 0) break;
    const column = new Float64Array(m);
    const root = Math.sqrt(rest[pivot * m + pivot]!);
    column[pivot] = root;
    pivots.push(pivot);
    for (let k = from; k < m; k++) if (!pivots.includes(k)) column[k] = rest[k * m + pivot]! / root;
    for (let k = from; k < m; k++) for (let l = from; l < m; l++) rest[k * m + l]! -= column[k]! * column[l]!;
    columns.push(column);
  }
  // Rows of this block that were null stay so: what rounding left of them must not reach the next block.
  for (let k = from; k < to; k++) for (let l = 0; l < m; l++) rest[k * m + l] = rest[l * m + k] = 0;
}
