/** @file How V^s moves with the kernel, to second order, and with the width of a head, to first order in 1/N. */
import type { CheckedHeadLaw } from "./head-law.js";
import { isUniform } from "./head-law.js";
import { hermiteMoments } from "./hermite-moments.js";
import type { HermiteMoments } from "./hermite-moments.js";
import { squareSum } from "./linear-attention.js";
import { valueBlocks } from "./pair-average.js";
import { pairFactor, queryEntry, rowPair } from "./pair-factor.js";
import type { PairFactor, RowPair } from "./pair-factor.js";
import type { RulePoints } from "./rules.js";
import type { TokenKernel } from "./token-kernel.js";
import { uniformExpansion } from "./uniform-expansion.js";
import type { ValueExpansion } from "./uniform-expansion.js";

/**
 * Expansion of V^s [eq:attention-expansion]. At alphaA = 1/2 by Price's theorem: a derivative with respect to a covariance of the logits is a moment against a Hermite polynomial, so that nothing is
 * differenced; directions need only lie in the range of the kernel. The slope is the fourth cumulant of the logits against the polynomial of degree 4.
 */
export function valueExpansion(kernel: TokenKernel, law: CheckedHeadLaw, points: RulePoints): ValueExpansion {
  if (law.attention === "linear") return linearExpansion(kernel, law);
  if (isUniform(law)) return uniformExpansion(kernel, law);
  const n = kernel.inputs * kernel.tokens;
  const pairs: PairExpansion[] = [];
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) pairs.push(pairExpansion(kernel, law, points, rowPair(kernel, law, i, j)));
  const filled = (entry: (pair: PairExpansion) => number): Float64Array => {
    const out = new Float64Array(n * n);
    for (const expansion of pairs) out[expansion.pair.i * n + expansion.pair.j] = out[expansion.pair.j * n + expansion.pair.i] = entry(expansion);
    return out;
  };
  return {
    value: filled(({ moments }) => moments.value),
    first: (direction) => filled((expansion) => firstOf(expansion, direction, n)),
    second: (direction) => filled((expansion) => secondOf(expansion, direction, n)),
    slope: filled(slopeOf),
  };
}

interface PairExpansion {
  readonly pair: RowPair;
  readonly factor: PairFactor;
  /** (r, m) left inverse of the factor. */
  readonly inverse: Float64Array;
  readonly moments: HermiteMoments;
}

function pairExpansion(kernel: TokenKernel, law: CheckedHeadLaw, points: RulePoints, pair: RowPair): PairExpansion {
  const factor = pairFactor(pair, pair.queries);
  const values = valueBlocks(kernel.matrix, kernel.inputs * kernel.tokens, pair);
  return { pair, factor, inverse: leftInverse(factor, pair.first + pair.second), moments: hermiteMoments(pair, law, values, factor, points.pair(factor.outer, factor.inner)) };
}

/** Inverse of the lower triangle that the factor is on its pivots. */
function leftInverse({ factor, rank, pivots }: PairFactor, m: number): Float64Array {
  const inverse = new Float64Array(rank * m);
  for (let column = 0; column < rank; column++) {
    for (let row = column; row < rank; row++) {
      let sum = row === column ? 1 : 0;
      for (let k = column; k < row; k++) sum -= factor[pivots[row]! * rank + k]! * inverse[k * m + pivots[column]!]!;
      inverse[row * m + pivots[column]!] = sum / factor[pivots[row]! * rank + row]!;
    }
  }
  return inverse;
}

/** (r, r) a change of the covariance of the differences in the units of z. */
function whitened({ inverse, factor: { rank } }: PairExpansion, change: Float64Array): Float64Array {
  const m = rank === 0 ? 0 : inverse.length / rank;
  const half = new Float64Array(rank * m);
  for (let a = 0; a < rank; a++) for (let k = 0; k < m; k++) for (let l = 0; l < m; l++) half[a * m + l]! += inverse[a * m + k]! * change[k * m + l]!;
  const out = new Float64Array(rank * rank);
  for (let a = 0; a < rank; a++) for (let b = 0; b < rank; b++) for (let l = 0; l < m; l++) out[a * rank + b]! += half[a * m + l]! * inverse[b * m + l]!;
  return out;
}

/** Changes of the covariance query x key of first and second order in dH. */
function changes(expansion: PairExpansion, direction: Float64Array, n: number): { readonly once: Float64Array; readonly twice: Float64Array } {
  const { pair } = expansion;
  const { i, j, first, second, keysI, keysJ, queries, keyCovariance } = pair;
  const m = first + second;
  const moved = [direction[i * n + i]!, direction[i * n + j]!, direction[j * n + j]!] as const;
  const end = (k: number): readonly [number, number] => (k < first ? [keysI[k]!, keysI[first]!] : [keysJ[k - first]!, keysJ[second]!]);
  const [once, twice] = [new Float64Array(m * m), new Float64Array(m * m)];
  for (let k = 0; k < m; k++) {
    for (let l = 0; l < m; l++) {
      const [[a, c], [b, d]] = [end(k), end(l)];
      const keys = direction[a * n + b]! - direction[a * n + d]! - direction[c * n + b]! + direction[c * n + d]!;
      const query = queryEntry(pair, moved, k, l);
      once[k * m + l] = query * keyCovariance[k * m + l]! + queryEntry(pair, queries, k, l) * keys;
      twice[k * m + l] = query * keys;
    }
  }
  return { once: whitened(expansion, once), twice: whitened(expansion, twice) };
}

const contracted = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);

/** Sum over the keys of a direction's entries times an average. */
function carriedDirection({ keysI, keysJ }: RowPair, direction: Float64Array, n: number, average: (at: number) => number): number {
  let sum = 0;
  for (const [k, a] of keysI.entries()) for (const [l, b] of keysJ.entries()) sum += direction[a * n + b]! * average(k * keysJ.length + l);
  return sum;
}

function firstOf(expansion: PairExpansion, direction: Float64Array, n: number): number {
  const { moments, pair } = expansion;
  const { once } = changes(expansion, direction, n);
  return carriedDirection(pair, direction, n, (at) => moments.weights[at]!) + contracted(once, moments.second) / 2;
}

function secondOf(expansion: PairExpansion, direction: Float64Array, n: number): number {
  const { moments, pair } = expansion;
  const { once, twice } = changes(expansion, direction, n);
  const size = once.length;
  const mixed = carriedDirection(pair, direction, n, (at) => contracted(once, moments.weightsSecond.subarray(at * size, (at + 1) * size))) / 2;
  let quartic = 0;
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) quartic += once[a]! * once[b]! * moments.fourth[a * size + b]!;
  return mixed + contracted(twice, moments.second) / 2 + quartic / 8;
}

/** N times the fourth cumulant of the differences, sum over unlike pairings of queries and keys, against He_4 / 24. */
function slopeOf(expansion: PairExpansion): number {
  const { pair, factor: { rank }, moments } = expansion;
  const m = pair.first + pair.second;
  const q = (k: number, l: number): number => queryEntry(pair, pair.queries, k, l);
  const key = (k: number, l: number): number => pair.keyCovariance[k * m + l]!;
  let cumulant = new Float64Array(m * m * m * m);
  for (let at = 0; at < cumulant.length; at++) {
    const [a, b, c, d] = [Math.floor(at / (m * m * m)), Math.floor(at / (m * m)) % m, Math.floor(at / m) % m, at % m];
    const queries = [q(a, b) * q(c, d), q(a, c) * q(b, d), q(a, d) * q(b, c)];
    const keys = [key(a, b) * key(c, d), key(a, c) * key(b, d), key(a, d) * key(b, c)];
    cumulant[at] = contractedUnlike(queries, keys);
  }
  // Each pass turns the first index into one of z and moves it to the end.
  for (let pass = 0; pass < 4; pass++) cumulant = turnFirst(cumulant, expansion.inverse, rank, m);
  return contracted(cumulant, moments.fourth) / 24;
}

function contractedUnlike(queries: readonly number[], keys: readonly number[]): number {
  let sum = 0;
  for (let p = 0; p < 3; p++) for (let r = 0; r < 3; r++) if (p !== r) sum += queries[p]! * keys[r]!;
  return sum;
}

function turnFirst(tensor: Float64Array, inverse: Float64Array, rank: number, m: number): Float64Array<ArrayBuffer> {
  const rest = m === 0 ? 0 : tensor.length / m;
  const out = new Float64Array(rest * rank);
  for (let a = 0; a < rank; a++) for (let k = 0; k < m; k++) for (let r = 0; r < rest; r++) out[r * rank + a]! += inverse[a * m + k]! * tensor[k * rest + r]!;
  return out;
}

/** V_ij = H_ij |H_block|^2, a polynomial. */
function linearExpansion({ inputs, tokens, matrix }: TokenKernel, { keys, alphaA }: CheckedHeadLaw): ValueExpansion {
  const n = inputs * tokens;
  const scale = alphaA === 0.5 ? 1 : 0;
  const placed = Array.from({ length: n }, (_, i) => keys[i % tokens]!.map((a) => a + i - (i % tokens)));
  const over = (entry: (i: number, j: number) => number): Float64Array => Float64Array.from({ length: n * n }, (_, at) => scale * entry(Math.floor(at / n), at % n));
  const cross = (direction: Float64Array, i: number, j: number): number => {
    let sum = 0;
    for (const a of placed[i]!) for (const b of placed[j]!) sum += direction[a * n + b]! * matrix[a * n + b]!;
    return sum;
  };
  const square = (m: Float64Array, i: number, j: number): number => squareSum(m, n, placed[i]!, placed[j]!);
  return {
    value: over((i, j) => matrix[i * n + j]! * square(matrix, i, j)),
    first: (d) => over((i, j) => d[i * n + j]! * square(matrix, i, j) + 2 * matrix[i * n + j]! * cross(d, i, j)),
    second: (d) => over((i, j) => 2 * d[i * n + j]! * cross(d, i, j) + matrix[i * n + j]! * square(d, i, j)),
    slope: new Float64Array(n * n),
  };
}
