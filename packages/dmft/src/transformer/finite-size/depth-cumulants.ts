/** @file Covariance and shift of the kernels of finite networks through depth, to first order in 1/H, 1/n and 1/N. */
import { DomainError, key, requireMemory } from "@mesoscope/numerics";
import type { CheckedModel, ResidualModel } from "../initialisation/residual-model.js";
import { refined } from "../initialisation/precision.js";
import type { NumericalError, Precision } from "../initialisation/precision.js";
import { forwardPass } from "../initialisation/forward.js";
import { pointsOf, tensorSize } from "../initialisation/rules.js";
import type { RulePoints } from "../initialisation/rules.js";
import { joined, parted, prepared, requireInfiniteWidth } from "../initialisation/solvers.js";
import type { TokenKernel } from "../initialisation/token-kernel.js";
import type { ValueExpansion } from "../initialisation/uniform-expansion.js";
import { valueExpansion } from "../initialisation/value-expansion.js";
import { isUniform } from "../initialisation/head-law.js";
import { halfEntries, halfOf, principalDirections, wholeOf } from "./half-entries.js";
import { headCovariance, jointRank } from "./head-covariance.js";

/**
 * Kernel of a network of H heads of width N, n = NH, after L blocks: mean = limit + shiftPerHead / H + shiftPerNeuron / n + shiftPerWidth / N, Cov = covariancePerHead / H + covariancePerNeuron / n. Entries i <= j
 * in the order 11, 12, ..., 22, ...: m of them.
 */
export interface DepthCumulants extends NumericalError {
  /** (m) */
  readonly limit: Float64Array;
  /** (m, m) */
  readonly covariancePerHead: Float64Array;
  /** (m, m) */
  readonly covariancePerNeuron: Float64Array;
  /** (m) */
  readonly shiftPerHead: Float64Array;
  /** (m) */
  readonly shiftPerNeuron: Float64Array;
  /** (m) */
  readonly shiftPerWidth: Float64Array;
}

/** random: the kernel below the first block is that of n features, {H0, H0}_2 / n about the limit. fixed: it is the limit itself. */
export type Embedding = "random" | "fixed";

/**
 * Cumulants of the kernels through depth at initialisation [eq:attention-cumulants], F(H) = H + b^2 V^s(H): Cov <- F' Cov F'^T + D, shift <- F' shift + F'' : Cov / 2 + b^2 c / N, with the noise D of one block from heads
 * (1/H) and neurons (1/n), and c the slope of V^s in 1/N. At alphaA = 1 heads alike leave no noise of order 1/H.
 *
 * Noise between heads asks for the logits of all rows at once, P S (S - 1) normals from the second block on: two inputs of three tokens have 12, and an average over them is a net's, good to some 1e-2.
 *
 * @throws DomainError as `depthKernels`; for moments of more than 4 GiB; for perceptrons, layer norm, no skip connection, and alphaA between 1/2 and 1, where the orders are others
 */
export function depthCumulants(start: TokenKernel, model: ResidualModel, embedding: Embedding, precision: Precision): DepthCumulants {
  requireInfiniteWidth(model);
  const { kernel, checked, size } = prepared(start, model);
  requireExpandable(model);
  const n = kernel.inputs * kernel.tokens;
  const m = (n * (n + 1)) / 2;
  requireMomentMemory(kernel, checked);
  const joint = mostNormals(kernel, checked);
  const { values, ...rest } = refined(
    (points) => joined(cumulantsAt(kernel, checked, embedding, points)),
    size === undefined ? undefined : (step) => Math.max(size(step), tensorSize(step, joint)),
    precision,
  );
  const [limit, covariancePerHead, covariancePerNeuron, shiftPerHead, shiftPerNeuron, shiftPerWidth] = parted(values, [m, m * m, m * m, m, m, m]) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  return { limit, covariancePerHead, covariancePerNeuron, shiftPerHead, shiftPerNeuron, shiftPerWidth, ...rest };
}

/** The most normals that all rows of a head have together, in any block: attention mixes tokens, and the kernel of a later block has directions that the first has not. */
function mostNormals(start: TokenKernel, { head, L, branch }: CheckedModel): number {
  if (head.attention === "linear" || isUniform(head)) return 0;
  const all = start.inputs * head.keys.reduce((sum, keys) => sum + keys.length - 1, 0);
  // Ranks do not ask for exact averages.
  const points = pointsOf({ kind: "net", points: 64, key: key("ranks") });
  const block = { L: 1, head, branch, mlp: undefined, epsilon: undefined, kept: 1, rate: 1 } as const;
  let most = 0;
  let kernel = start;
  for (let l = 0; l < L && most < all; l++) {
    most = Math.max(most, jointRank(kernel, head));
    kernel = forwardPass(kernel, block, points).stream[1]!;
  }
  return most;
}

/** Moments of degree four of the logits of two rows, for every pair of rows. */
function requireMomentMemory({ inputs, tokens }: TokenKernel, { head }: CheckedModel): void {
  if (head.attention === "linear" || isUniform(head)) return;
  const n = inputs * tokens;
  const keys = Math.max(...head.keys.map((each) => each.length));
  const normals = 2 * (keys - 1);
  requireMemory(`the moments of the logits of ${n} tokens by two`, 4 * n * (n + 1) * normals * normals * (normals * normals + keys * keys), "Give fewer inputs or tokens, or use the kernel chain, which draws such networks.");
}

function requireExpandable({ mlp, layerNorm, skip, head }: ResidualModel): void {
  const remedy = "Use the kernel chain, which has no such limits, or leave it out.";
  if (mlp !== undefined) throw new DomainError({ name: "mlp", value: mlp, rule: "is not in this expansion", remedy });
  if (layerNorm !== undefined) throw new DomainError({ name: "layerNorm", value: layerNorm, rule: "is not in this expansion", remedy });
  if (skip === false) throw new DomainError({ name: "skip", value: skip, rule: "must be true in this expansion", remedy });
  if (head.alphaA === 0.5 || (head.alphaA === 1 && head.attention !== "linear")) return;
  throw new DomainError({ name: "alphaA", value: head.alphaA, rule: "must be 1/2, or 1 for softmax, for an expansion in 1/H, 1/n and 1/N", remedy });
}

/** limit, C_H, C_n, m_H, m_n, m_N after the last block. */
function cumulantsAt(start: TokenKernel, model: CheckedModel, embedding: Embedding, points: RulePoints): readonly Float64Array[] {
  const n = start.inputs * start.tokens;
  const m = (n * (n + 1)) / 2;
  let kernel = start;
  let perHead: Float64Array = new Float64Array(m * m);
  let perNeuron = embedding === "random" ? paired(start.matrix, start.matrix, n) : new Float64Array(m * m);
  let [shiftHead, shiftNeuron, shiftWidth] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)];
  const b2 = model.branch;
  for (let l = 0; l < model.L; l++) {
    const expansion = valueExpansion(kernel, model.head, points);
    const jacobian = jacobianOf(expansion, b2, n);
    const noise = blockNoise(kernel, model, expansion.value, points);
    const moved = (shift: Float64Array, curvature: Float64Array): Float64Array<ArrayBuffer> => Float64Array.from(timesVector(jacobian, shift), (x, k) => x + b2 * curvature[k]!);
    shiftHead = moved(shiftHead, curvatureOf(expansion, perHead, n));
    shiftNeuron = moved(shiftNeuron, curvatureOf(expansion, perNeuron, n));
    shiftWidth = moved(shiftWidth, halfOf(expansion.slope, n));
    perHead = carriedCovariance(jacobian, perHead, noise.perHead, m);
    perNeuron = carriedCovariance(jacobian, perNeuron, noise.perNeuron, m);
    kernel = { ...kernel, matrix: kernel.matrix.map((h, k) => h + b2 * expansion.value[k]!) };
  }
  return [halfOf(kernel.matrix, n), perHead, perNeuron, shiftHead, shiftNeuron, shiftWidth];
}

/** (m, m) derivative of F along each entry. */
function jacobianOf(expansion: ValueExpansion, b2: number, n: number): Float64Array {
  const m = (n * (n + 1)) / 2;
  const jacobian = new Float64Array(m * m);
  for (let column = 0; column < m; column++) {
    const unit = new Float64Array(m);
    unit[column] = 1;
    const image = halfOf(expansion.first(wholeOf(unit, n)), n);
    for (let row = 0; row < m; row++) jacobian[row * m + column] = (row === column ? 1 : 0) + b2 * image[row]!;
  }
  return jacobian;
}

/** V'' : Cov / 2 as a sum over principal directions. */
function curvatureOf(expansion: ValueExpansion, covariance: Float64Array, n: number): Float64Array {
  const sum = new Float64Array((n * (n + 1)) / 2);
  if (covariance.every((x) => x === 0)) return sum;
  for (const direction of principalDirections(covariance, n)) {
    const half = halfOf(expansion.second(direction), n);
    for (let k = 0; k < sum.length; k++) sum[k]! += half[k]!;
  }
  return sum;
}

/** D = (b^4/H) Cov_A B + (1/n) (b^2 {H,V}_4 + b^4 ({V,V}_2 + E{B,B}_2 + N Cov_A B where that is finite)). */
function blockNoise(kernel: TokenKernel, model: CheckedModel, value: Float64Array, points: RulePoints): { readonly perHead: Float64Array; readonly perNeuron: Float64Array } {
  const n = kernel.inputs * kernel.tokens;
  const entries = halfEntries(n);
  const m = entries.length;
  const place = new Map(entries.map(([i, j], k) => [i * n + j, k]));
  const at = (i: number, j: number): number => place.get(Math.min(i, j) * n + Math.max(i, j))!;
  const { product, spread, spreadPerWidth } = headCovariance(kernel, model.head, value, points);
  const [b2, b4] = [model.branch, model.branch * model.branch];
  const [hv, vh, vv] = [paired(kernel.matrix, value, n), paired(value, kernel.matrix, n), paired(value, value, n)];
  const perNeuron = Float64Array.from({ length: m * m }, (_, entry) => {
    const [[i, j], [k, l]] = [entries[Math.floor(entry / m)]!, entries[entry % m]!];
    const own = product[at(i, k) * m + at(j, l)]! + product[at(i, l) * m + at(j, k)]!;
    return b2 * (hv[entry]! + vh[entry]!) + b4 * (vv[entry]! + own + spreadPerWidth[entry]!);
  });
  return { perHead: spread.map((x) => b4 * x), perNeuron };
}

/** (m, m) {X, Y}_2 = X_ik Y_jl + X_il Y_jk; {X, Y}_2 + {Y, X}_2 is {X, Y}_4. */
function paired(x: Float64Array, y: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const entries = halfEntries(n);
  return Float64Array.from(entries.flatMap(([i, j]) => entries.map(([k, l]) => x[i * n + k]! * y[j * n + l]! + x[i * n + l]! * y[j * n + k]!)));
}

function timesVector(matrix: Float64Array, vector: Float64Array): Float64Array {
  const m = vector.length;
  return vector.map((_, row) => vector.reduce((sum, x, k) => sum + matrix[row * m + k]! * x, 0));
}

/** J C J^T + D, exactly symmetric. */
function carriedCovariance(jacobian: Float64Array, covariance: Float64Array, noise: Float64Array, m: number): Float64Array<ArrayBuffer> {
  const half = new Float64Array(m * m);
  for (let a = 0; a < m; a++) for (let k = 0; k < m; k++) for (let b = 0; b < m; b++) half[a * m + b]! += jacobian[a * m + k]! * covariance[k * m + b]!;
  const out = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = (noise[a * m + b]! + noise[b * m + a]!) / 2;
      for (let k = 0; k < m; k++) sum += half[a * m + k]! * jacobian[b * m + k]!;
      out[a * m + b] = out[b * m + a] = sum;
    }
  }
  return out;
}
