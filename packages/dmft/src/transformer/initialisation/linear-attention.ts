/** @file Attention without softmax: every moment is a rational function of the kernel and the width. */
import { exp, log } from "@mesoscope/numerics";
import type { CheckedHeadLaw } from "./head-law.js";
import type { TokenKernel } from "./token-kernel.js";

/** N^(1 - 2 alphaA), by which all second moments of the logits are multiplied. */
export function logitScale({ alphaA, N }: CheckedHeadLaw): number {
  if (alphaA === 0.5) return 1;
  if (N === "infinite") return 0;
  return alphaA === 1 ? 1 / N : exp((1 - 2 * alphaA) * log(N));
}

/** Places in the kernel of the keys of row i. */
export function placedKeys({ tokens }: TokenKernel, { keys }: CheckedHeadLaw, i: number): Uint32Array {
  return keys[i % tokens]!.map((a) => a + tokens * Math.floor(i / tokens));
}

/**
 * E B_ij B_kl over heads whose weights are their logits, B = A H A^T [eq:linear-attention-moments], exact at every N.
 *
 * With M_ij = K_i^T H K_j over the keys of the rows: q_i M_ij q_j q_k M_kl q_l averaged over queries by pairing, then over keys by the second moment of a Wishart matrix.
 */
export function linearSecondMoment(kernel: TokenKernel, law: CheckedHeadLaw, i: number, j: number, k: number, l: number): number {
  const { matrix, inputs, tokens } = kernel;
  const n = inputs * tokens;
  const h = (a: number, b: number): number => matrix[a * n + b]!;
  const [I, J, K, L] = [i, j, k, l].map((row) => placedKeys(kernel, law, row)) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const scale = logitScale(law) * logitScale(law);
  const inverse = law.N === "infinite" ? 0 : 1 / law.N;
  const [first, second] = [squareSum(matrix, n, I, J), squareSum(matrix, n, K, L)];
  // tr(D^T D') and tr(D D') of D = F_I^T H_IJ F_J, D' = F_K^T H_KL F_L as closed walks over the kernel.
  const alongside = walk(matrix, n, [J, I, K, L]);
  const across = walk(matrix, n, [I, J, K, L]);
  const traces = first * second + inverse * (alongside + across);
  const straight = alongside + inverse * (across + first * second);
  const crossed = across + inverse * (alongside + first * second);
  return scale * (h(i, j) * h(k, l) * traces + h(i, k) * h(j, l) * straight + h(i, l) * h(j, k) * crossed);
}

/** Sum of the squares of H over the block. */
export function squareSum(matrix: Float64Array, n: number, rows: Uint32Array, columns: Uint32Array): number {
  let sum = 0;
  for (const a of rows) for (const b of columns) sum += matrix[a * n + b]! * matrix[a * n + b]!;
  return sum;
}

/** tr(H_ab H_bc H_cd H_da) over four lists of places. */
function walk(matrix: Float64Array, n: number, [a, b, c, d]: readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array]): number {
  const product = (rows: Uint32Array, between: Uint32Array, columns: Uint32Array): Float64Array => {
    const out = new Float64Array(rows.length * columns.length);
    for (const [r, x] of rows.entries()) for (const [s, y] of columns.entries()) for (const z of between) out[r * columns.length + s]! += matrix[x * n + z]! * matrix[z * n + y]!;
    return out;
  };
  const there = product(a, b, c);
  const back = product(c, d, a);
  let trace = 0;
  for (let r = 0; r < a.length; r++) for (let s = 0; s < c.length; s++) trace += there[r * c.length + s]! * back[s * a.length + r]!;
  return trace;
}
