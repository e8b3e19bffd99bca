/** @file Averages over heads of two rows of attention: weights, softmax Jacobians, and second moments of what they carry. */
import { exp } from "@mesoscope/numerics";
import type { CheckedHeadLaw } from "./head-law.js";
import type { PairFactor, RowPair } from "./pair-factor.js";
import type { PairPoints } from "./rules.js";

/** Sums over heads for the rows i and j, filled by {@link addPairAverage}; keys in the order of the pair. */
export interface PairSums {
  /** (keys of i, keys of j) E sigma_i sigma_j^T. */
  readonly weights: Float64Array;
  /** (keys of i, keys of j) E J_i H J_j. */
  readonly jacobians: Float64Array;
  /** E B_ij^2 and E B_ii B_jj, B = sigma H sigma^T. */
  square: number;
  diagonal: number;
}

export function pairSums({ keysI, keysJ }: RowPair): PairSums {
  const size = keysI.length * keysJ.length;
  return { weights: new Float64Array(size), jacobians: new Float64Array(size), square: 0, diagonal: 0 };
}

/** H restricted to the keys of the two rows. */
export interface ValueBlocks {
  readonly ii: Float64Array;
  readonly ij: Float64Array;
  readonly jj: Float64Array;
}

export function valueBlocks(matrix: Float64Array, n: number, { keysI, keysJ }: RowPair): ValueBlocks {
  const block = (rows: Uint32Array, columns: Uint32Array): Float64Array => Float64Array.from({ length: rows.length * columns.length }, (_, k) => matrix[rows[Math.floor(k / columns.length)]! * n + columns[k % columns.length]!]!);
  return { ii: block(keysI, keysI), ij: block(keysI, keysJ), jj: block(keysJ, keysJ) };
}

/** What shaped attention adds to the weights of a row: 1 at itself, less the uniform weight. */
export function shapeOf({ attention }: CheckedHeadLaw, keys: Uint32Array, row: number): Float64Array {
  return Float64Array.from(keys, (key) => (attention === "shaped" ? (key === row ? 1 : 0) - 1 / keys.length : 0));
}

/**
 * Adds weight times the average over the points: outer ones make the weights of row i, inner ones, given those, the first two moments
 * of the weights of row j, so that the Jacobians and squares cost nothing within the inner loop.
 *
 * @param from,to outer points taken
 */
export function addPairAverage(sums: PairSums, pair: RowPair, law: CheckedHeadLaw, values: ValueBlocks, factor: PairFactor, points: PairPoints, weight: number, from: number, to: number): void {
  const [nI, nJ] = [pair.keysI.length, pair.keysJ.length];
  const [shapeI, shapeJ] = [shapeOf(law, pair.keysI, pair.i), shapeOf(law, pair.keysJ, pair.j)];
  const moments: Moments = { a: new Float64Array(nI), m1: new Float64Array(nJ), m2: new Float64Array(nJ * nJ), nI, nJ };
  const { a, m1, m2 } = moments;
  const logits = new Float64Array(nI);
  const second = pair.i === pair.j ? ownMoments(moments) : points.paired ? drawnMoments(pair, factor, points, moments) : givenMoments(pair, factor, points, moments);
  for (let o = from; o < to; o++) {
    place(factor, 0, pair.first, 0, factor.outer, points.outer.z, o, undefined, logits);
    softmax(logits, nI, a);
    second(o);
    for (let k = 0; k < nJ; k++) for (let l = 0; l < k; l++) m2[l * nJ + k] = m2[k * nJ + l]!;
    const outerWeight = weight * points.outer.weights[o]!;
    addJacobians(sums.jacobians, values.ij, moments, outerWeight);
    for (let k = 0; k < nI; k++) a[k]! += shapeI[k]!;
    for (let k = 0; k < nJ; k++) for (let l = 0; l < nJ; l++) m2[k * nJ + l]! += shapeJ[k]! * m1[l]! + m1[k]! * shapeJ[l]! + shapeJ[k]! * shapeJ[l]!;
    for (let k = 0; k < nJ; k++) m1[k]! += shapeJ[k]!;
    addMoments(sums, values, moments, outerWeight);
  }
}

/** Fills m1 and the lower triangle of m2 given outer point o. */
type SecondRow = (o: number) => void;

/** The second row is the first. */
function ownMoments({ a, m1, m2, nI }: Moments): SecondRow {
  return () => {
    for (let k = 0; k < nI; k++) {
      m1[k] = a[k]!;
      for (let l = 0; l <= k; l++) m2[k * nI + l] = a[k]! * a[l]!;
    }
  };
}

/** One point of a net. */
function drawnMoments({ first, second }: RowPair, factor: PairFactor, points: PairPoints, { m1, m2, nJ }: Moments): SecondRow {
  const [centre, logits] = [new Float64Array(second), new Float64Array(second)];
  return (o) => {
    place(factor, first, second, 0, factor.outer, points.outer.z, o, undefined, centre);
    place(factor, first, second, factor.outer, factor.inner, points.inner.z, o, centre, logits);
    softmax(logits, nJ, m1);
    for (let k = 0; k < nJ; k++) for (let l = 0; l <= k; l++) m2[k * nJ + l] = m1[k]! * m1[l]!;
  };
}

/** Logits whose exponentials may be multiplied without leaving the doubles. */
const LARGEST_LOGIT = 300;

/** All inner points of a tensor rule. Exponentials of a sum are products, so that the inner loop has none. */
function givenMoments({ first, second }: RowPair, factor: PairFactor, points: PairPoints, { m1, m2, nJ }: Moments): SecondRow {
  const { z, weights } = points.inner;
  const count = weights.length;
  const [centre, logits, b] = [new Float64Array(second), new Float64Array(second), new Float64Array(nJ)];
  const inner = new Float64Array(count * second);
  let largest = 0;
  for (let q = 0; q < count; q++) {
    place(factor, first, second, factor.outer, factor.inner, z, q, undefined, logits);
    for (let k = 0; k < second; k++) {
      largest = Math.max(largest, Math.abs(logits[k]!));
      inner[q * second + k] = exp(logits[k]!);
    }
  }
  return (o) => {
    place(factor, first, second, 0, factor.outer, points.outer.z, o, undefined, centre);
    const least = points.least / points.outer.weights[o]!;
    const multiplied = largest <= LARGEST_LOGIT && centre.every((c) => Math.abs(c) <= LARGEST_LOGIT);
    if (multiplied) for (let k = 0; k < second; k++) centre[k] = exp(centre[k]!);
    m1.fill(0);
    m2.fill(0);
    for (let q = 0; q < count; q++) {
      const w = weights[q]!;
      if (w < least) break;
      if (multiplied) {
        let total = 1;
        for (let k = 0; k < second; k++) total += b[k] = centre[k]! * inner[q * second + k]!;
        const scale = 1 / total;
        for (let k = 0; k < second; k++) b[k]! *= scale;
        b[second] = scale;
      } else {
        place(factor, first, second, factor.outer, factor.inner, z, q, centre, logits);
        softmax(logits, nJ, b);
      }
      for (let k = 0; k < nJ; k++) {
        const wb = w * b[k]!;
        m1[k]! += wb;
        for (let l = 0; l <= k; l++) m2[k * nJ + l]! += wb * b[l]!;
      }
    }
  };
}

/** out_k = centre_k + sum over c of F[k, column + c] z_c, for `count` rows of the factor from `row` on. */
function place({ factor, rank }: PairFactor, row: number, count: number, column: number, width: number, z: Float64Array, point: number, centre: Float64Array | undefined, out: Float64Array): void {
  for (let k = 0; k < count; k++) {
    let sum = centre === undefined ? 0 : centre[k]!;
    const at = (row + k) * rank + column;
    for (let c = 0; c < width; c++) sum += factor[at + c]! * z[point * width + c]!;
    out[k] = sum;
  }
}

/** Softmax of count - 1 differences and a last logit of 0. */
export function softmax(differences: Float64Array, count: number, out: Float64Array): void {
  let largest = 0;
  for (let k = 0; k < count - 1; k++) if (differences[k]! > largest) largest = differences[k]!;
  let total = largest === 0 ? 1 : exp(-largest);
  out[count - 1] = total;
  for (let k = 0; k < count - 1; k++) {
    const e = exp(differences[k]! - largest);
    out[k] = e;
    total += e;
  }
  for (let k = 0; k < count; k++) out[k]! /= total;
}

interface Moments {
  /** Weights of row i; mean and second moment of those of row j. */
  readonly a: Float64Array;
  readonly m1: Float64Array;
  readonly m2: Float64Array;
  readonly nI: number;
  readonly nJ: number;
}

/** J_i H E J_j, J = diag(sigma) - sigma sigma^T. */
function addJacobians(out: Float64Array, values: Float64Array, { a, m1, m2, nI, nJ }: Moments, weight: number): void {
  const row = new Float64Array(nJ);
  for (let l = 0; l < nJ; l++) for (let k = 0; k < nI; k++) row[l]! += a[k]! * values[k * nJ + l]!;
  for (let k = 0; k < nI; k++) {
    for (let l = 0; l < nJ; l++) {
      let sum = (values[k * nJ + l]! - row[l]!) * m1[l]!;
      for (let p = 0; p < nJ; p++) sum -= (values[k * nJ + p]! - row[p]!) * m2[p * nJ + l]!;
      out[k * nJ + l]! += weight * a[k]! * sum;
    }
  }
}

function addMoments(sums: PairSums, { ii, ij, jj }: ValueBlocks, { a, m1, m2, nI, nJ }: Moments, weight: number): void {
  for (let k = 0; k < nI; k++) for (let l = 0; l < nJ; l++) sums.weights[k * nJ + l]! += weight * a[k]! * m1[l]!;
  const carried = new Float64Array(nJ);
  for (let l = 0; l < nJ; l++) for (let k = 0; k < nI; k++) carried[l]! += a[k]! * ij[k * nJ + l]!;
  let [square, own, other] = [0, 0, 0];
  for (let k = 0; k < nJ; k++) {
    for (let l = 0; l < nJ; l++) {
      square += carried[k]! * carried[l]! * m2[k * nJ + l]!;
      other += jj[k * nJ + l]! * m2[k * nJ + l]!;
    }
  }
  for (let k = 0; k < nI; k++) for (let l = 0; l < nI; l++) own += a[k]! * a[l]! * ii[k * nI + l]!;
  sums.square += weight * square;
  sums.diagonal += weight * own * other;
}
