/** @file Moments of what two rows carry against Hermite polynomials of the logits: every derivative with respect to the law of the logits is one of them. */
import type { CheckedHeadLaw } from "./head-law.js";
import { shapeOf, softmax } from "./pair-average.js";
import type { ValueBlocks } from "./pair-average.js";
import type { PairFactor, RowPair } from "./pair-factor.js";
import type { Grid, PairPoints } from "./rules.js";

/** z: the standard normals of the pair's factor, r of them; B = sigma_i H sigma_j. */
export interface HermiteMoments {
  readonly rank: number;
  /** E B. */
  readonly value: number;
  /** (keys of i, keys of j) E sigma_i sigma_j^T. */
  readonly weights: Float64Array;
  /** (r, r) E B He_ab, He_ab = z_a z_b - delta_ab. */
  readonly second: Float64Array;
  /** (keys of i, keys of j, r, r) E sigma_i sigma_j^T He_ab. */
  readonly weightsSecond: Float64Array;
  /** (r, r, r, r) E B He_abcd, the symmetric Hermite polynomial of degree 4. */
  readonly fourth: Float64Array;
}

/** The moments of one pair of rows at the points of a rule. */
export function hermiteMoments(pair: RowPair, law: CheckedHeadLaw, { ij }: ValueBlocks, factor: PairFactor, points: PairPoints): HermiteMoments {
  const { rank } = factor;
  const [nI, nJ] = [pair.keysI.length, pair.keysJ.length];
  const quadruples = ascending(rank);
  const sums = { value: 0, weights: new Float64Array(nI * nJ), second: new Float64Array(rank * rank), weightsSecond: new Float64Array(nI * nJ * rank * rank), fourth: new Float64Array(quadruples.length) };
  const rows = rowsOf(pair, law, factor);
  const product = new Float64Array(nI * nJ);
  forEachPoint(points, pair.i === pair.j, (z, weight) => {
    const { a, b } = rows(z);
    let carried = 0;
    for (let k = 0; k < nI; k++) {
      for (let l = 0; l < nJ; l++) {
        const at = k * nJ + l;
        product[at] = weight * a[k]! * b[l]!;
        carried += product[at] * ij[at]!;
        sums.weights[at]! += product[at];
      }
    }
    sums.value += carried;
    for (let c = 0; c < rank; c++) {
      for (let d = 0; d <= c; d++) {
        const zz = z[c]! * z[d]!;
        sums.second[c * rank + d]! += carried * zz;
        for (let at = 0; at < product.length; at++) sums.weightsSecond[(at * rank + c) * rank + d]! += product[at]! * zz;
      }
    }
    for (let q = 0; q < quadruples.length; q++) {
      const [c, d, e, f] = quadruples[q]!;
      sums.fourth[q]! += carried * z[c]! * z[d]! * z[e]! * z[f]!;
    }
  });
  return centred(sums, rank, quadruples);
}

/** Weights of both rows at a point. */
function rowsOf(pair: RowPair, law: CheckedHeadLaw, { factor, rank }: PairFactor): (z: Float64Array) => { readonly a: Float64Array; readonly b: Float64Array } {
  const [nI, nJ] = [pair.keysI.length, pair.keysJ.length];
  const [shapeI, shapeJ] = [shapeOf(law, pair.keysI, pair.i), shapeOf(law, pair.keysJ, pair.j)];
  const [a, b] = [new Float64Array(nI), new Float64Array(nJ)];
  const logits = new Float64Array(Math.max(nI, nJ));
  const row = (z: Float64Array, from: number, count: number, keys: number, shape: Float64Array, out: Float64Array): void => {
    for (let k = 0; k < count; k++) {
      let sum = 0;
      for (let c = 0; c < rank; c++) sum += factor[(from + k) * rank + c]! * z[c]!;
      logits[k] = sum;
    }
    softmax(logits, keys, out);
    for (let k = 0; k < keys; k++) out[k]! += shape[k]!;
  };
  return (z) => {
    row(z, 0, pair.first, nI, shapeI, a);
    if (pair.i === pair.j) b.set(a);
    else row(z, pair.first, pair.second, nJ, shapeJ, b);
    return { a, b };
  };
}

function forEachPoint({ outer, inner, paired, least }: PairPoints, single: boolean, visit: (z: Float64Array, weight: number) => void): void {
  const [first, second] = [outer.dimensions, single ? 0 : inner.dimensions];
  const z = new Float64Array(first + second);
  const load = (grid: Grid, point: number, dimensions: number, to: number): void => {
    for (let c = 0; c < dimensions; c++) z[to + c] = grid.z[point * dimensions + c]!;
  };
  for (let o = 0; o < outer.weights.length; o++) {
    load(outer, o, first, 0);
    if (single) {
      visit(z, outer.weights[o]!);
      continue;
    }
    const [start, end] = paired ? [o, o + 1] : [0, inner.weights.length];
    for (let q = start; q < end; q++) {
      const weight = outer.weights[o]! * inner.weights[q]!;
      if (weight < least) break;
      load(inner, q, second, first);
      visit(z, weight);
    }
  }
}

type Quadruple = readonly [number, number, number, number];

/** All a >= b >= c >= d below r. */
function ascending(rank: number): readonly Quadruple[] {
  const out: Quadruple[] = [];
  for (let a = 0; a < rank; a++) for (let b = 0; b <= a; b++) for (let c = 0; c <= b; c++) for (let d = 0; d <= c; d++) out.push([a, b, c, d]);
  return out;
}

/** From moments of powers to moments of Hermite polynomials, and from sorted indices to all. */
function centred(sums: { readonly value: number; readonly weights: Float64Array; readonly second: Float64Array; readonly weightsSecond: Float64Array; readonly fourth: Float64Array }, rank: number, quadruples: readonly Quadruple[]): HermiteMoments {
  const { value, weights, second: squares, weightsSecond } = sums;
  const raw = (a: number, b: number): number => squares[Math.max(a, b) * rank + Math.min(a, b)]!;
  const same = (a: number, b: number): number => (a === b ? 1 : 0);
  const second = Float64Array.from(squares, (_, at) => raw(Math.floor(at / rank), at % rank) - same(Math.floor(at / rank), at % rank) * value);
  const places = new Map(quadruples.map((indices, q) => [indices.join(), q]));
  const fourth = new Float64Array(rank * rank * rank * rank);
  for (let at = 0; at < fourth.length; at++) {
    const [a, b, c, d] = [Math.floor(at / (rank * rank * rank)), Math.floor(at / (rank * rank)) % rank, Math.floor(at / rank) % rank, at % rank];
    const sorted = [a, b, c, d].sort((x, y) => y - x).join();
    const pairs = same(a, b) * raw(c, d) + same(a, c) * raw(b, d) + same(a, d) * raw(b, c) + same(b, c) * raw(a, d) + same(b, d) * raw(a, c) + same(c, d) * raw(a, b);
    const triple = same(a, b) * same(c, d) + same(a, c) * same(b, d) + same(a, d) * same(b, c);
    fourth[at] = sums.fourth[places.get(sorted)!]! - pairs + triple * value;
  }
  const block = rank * rank;
  const centredWeights = Float64Array.from(weightsSecond, (_, at) => {
    const [pair, a, b] = [Math.floor(at / block), Math.floor(at / rank) % rank, at % rank];
    return weightsSecond[(pair * rank + Math.max(a, b)) * rank + Math.min(a, b)]! - same(a, b) * weights[pair]!;
  });
  return { rank, value, weights, second, weightsSecond: centredWeights, fourth };
}
