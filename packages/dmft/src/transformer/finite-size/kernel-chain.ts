/** @file Kernels of finite networks at initialisation as a Markov chain: the law of the network without its weights. */
import { DomainError, requireInteger, requireKey, requireMemory, tanh } from "@mesoscope/numerics";
import type { Key, Stream } from "@mesoscope/numerics";
import { erfc, erf } from "@mesoscope/special-functions";
import type { Activation } from "../initialisation/activations.js";
import type { CheckedModel, ResidualModel } from "../initialisation/residual-model.js";
import { prepared } from "../initialisation/solvers.js";
import { normalisedKernel } from "../initialisation/token-kernel.js";
import type { TokenKernel } from "../initialisation/token-kernel.js";
import type { Embedding } from "./depth-cumulants.js";
import { headSum } from "./drawn-heads.js";
import { nullFreeFactor } from "./null-free-factor.js";
import type { Factor } from "./null-free-factor.js";
import { wishart } from "./wishart.js";

/** Replicas [from, from + count): each has the same bytes alone or in any batch. */
export interface ChainReplicas {
  readonly key: Key;
  readonly from: number;
  readonly count: number;
}

export interface KernelChain {
  /** (count, L + 1, PS, PS) H^0 ... H^L of each replica. */
  readonly stream: Float64Array;
}

/**
 * Draws the kernels of the residual stream of networks with H heads of width N at initialisation, block by block [eq:attention-kernel-chain]: given H^l the heads are independent, and the output projection enters
 * only by Wishart matrices of the size of the tokens. The same law as the network's own kernels, at a cost that does not depend on N.
 *
 * @param start kernel of the read-in's inputs; with a random embedding H^0 is Wishart about it with n = NH degrees
 * @param model its head has a finite N
 * @throws DomainError for an infinite N, H < 1, and n smaller than the rank of the kernels
 */
export function kernelChain(start: TokenKernel, model: ResidualModel, H: number, embedding: Embedding, { key, from, count }: ChainReplicas): KernelChain {
  const { kernel, checked } = prepared(start, model);
  requireInteger("H", H, { min: 1 });
  requireInteger("from", from, { min: 0 });
  requireInteger("count", count, { min: 1 });
  requireKey("key", key);
  if (checked.head.N === "infinite") {
    throw new DomainError({ name: "head.N", value: "infinite", rule: "must be finite for a chain", remedy: "Give the width of a head, or use forwardKernels for infinite width." });
  }
  const neurons = checked.head.N * H;
  const size = kernel.matrix.length;
  requireMemory(`kernels of ${count} replicas`, 8 * count * (checked.L + 1) * size, "Take fewer replicas at a time.");
  const stream = new Float64Array(count * (checked.L + 1) * size);
  for (let r = 0; r < count; r++) {
    const chance = key.fold(from + r);
    let current = kernel;
    if (embedding === "random") current = { ...kernel, matrix: carriedWishart(nullFreeFactor(kernel.matrix), neurons, kernel.inputs * kernel.tokens, chance.fold("embedding").stream()) };
    for (let l = 0; ; l++) {
      requireNumbers(current);
      stream.set(current.matrix, (r * (checked.L + 1) + l) * size);
      if (l === checked.L) break;
      current = chainBlock(current, checked, H, chance.fold("block", l));
    }
  }
  return { stream };
}

function requireNumbers({ matrix }: TokenKernel): void {
  const at = matrix.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new DomainError({ name: "kernel", value: matrix[at], rule: "must be a number in every block", remedy: "Give a kernel with entries of order one; a smaller beta0 or L if it grows through depth." });
}

function chainBlock(kernel: TokenKernel, model: CheckedModel, H: number, chance: Key): TokenKernel {
  const N = model.head.N as number;
  const attended = withBranch(kernel, headSum(normed(kernel, model), model.head, N, H, chance.fold("heads").stream()), model, N * H, chance.fold("output").stream());
  if (model.mlp === undefined) return attended;
  return withBranch(attended, hiddenMean(normed(attended, model), model.mlp, N * H, chance.fold("hidden").stream()), model, N * H, chance.fold("perceptron").stream());
}

function normed(kernel: TokenKernel, { epsilon }: CheckedModel): TokenKernel {
  return epsilon === undefined ? kernel : normalisedKernel(kernel, epsilon);
}

/**
 * The stream with a branch u = W c / sqrt n of given c . c / n: h . u and u . u are made of the part of W along the stream, Z, and of the rest, which is
 * Wishart with n - rank degrees.
 */
function withBranch(kernel: TokenKernel, branch: Float64Array, model: CheckedModel, neurons: number, stream: Stream): TokenKernel {
  const n = kernel.inputs * kernel.tokens;
  const [h, v] = [nullFreeFactor(kernel.matrix), nullFreeFactor(branch)];
  if (neurons < h.rank) {
    throw new DomainError({ name: "NH", value: neurons, rule: `must be at least the rank ${h.rank} of the kernel`, remedy: "A fixed kernel of more directions than neurons cannot be; take a random embedding or a wider network." });
  }
  // (rank of h, rank of v)
  const z = stream.fillNormal(new Float64Array(h.rank * v.rank));
  const square = wishart(v.rank, neurons - h.rank, stream);
  for (let a = 0; a < v.rank; a++) for (let b = 0; b < v.rank; b++) for (let k = 0; k < h.rank; k++) square[a * v.rank + b]! += z[k * v.rank + a]! * z[k * v.rank + b]!;
  const [scale, branchScale] = [Math.sqrt(model.branch / neurons), model.branch / neurons];
  const cross = sandwich(h, z, v, n);
  const own = sandwich(v, square, v, n);
  const matrix = kernel.matrix.map((x, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return model.kept * (x + scale * (cross[i * n + j]! + cross[j * n + i]!)) + branchScale * own[at]!;
  });
  return { ...kernel, matrix };
}

const PHI: Readonly<Record<Activation, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  erf: (x) => erf(x / Math.SQRT2),
  gelu: (x) => (x * erfc(-x / Math.SQRT2)) / 2,
  tanh,
};

/** (n, n) mean over the hidden neurons of phi(u) phi(u)^T. */
function hiddenMean(kernel: TokenKernel, activation: Activation, neurons: number, stream: Stream): Float64Array {
  const n = kernel.inputs * kernel.tokens;
  const { factor, rank } = nullFreeFactor(kernel.matrix);
  const [z, u] = [new Float64Array(rank), new Float64Array(n)];
  const mean = new Float64Array(n * n);
  for (let k = 0; k < neurons; k++) {
    stream.fillNormal(z);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let c = 0; c < rank; c++) sum += factor[i * rank + c]! * z[c]!;
      u[i] = PHI[activation](sum);
    }
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) mean[i * n + j]! += (u[i]! * u[j]!) / neurons;
  }
  return mean;
}

/** (n, n) F W F^T / degrees, W Wishart. */
function carriedWishart(factor: Factor, degrees: number, n: number, stream: Stream): Float64Array {
  return sandwich(factor, wishart(factor.rank, degrees, stream), factor, n).map((x) => x / degrees);
}

/** (n, n) F M G^T. */
function sandwich(f: Factor, middle: Float64Array, g: Factor, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < g.rank; k++) {
      let half = 0;
      for (let c = 0; c < f.rank; c++) half += f.factor[i * f.rank + c]! * middle[c * g.rank + k]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += half * g.factor[j * g.rank + k]!;
    }
  }
  return out;
}
