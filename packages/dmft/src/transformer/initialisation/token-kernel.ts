/** @file Kernels of tokens: matrices over all tokens of all inputs, and the first of them, that of the inputs themselves. */
import { DomainError, requireInteger, symmetricEigen } from "@mesoscope/numerics";

/** A symmetric positive semidefinite matrix over tokens; token s of input mu is row i = mu S + s. */
export interface TokenKernel {
  /** P, number of inputs. */
  readonly inputs: number;
  /** S, tokens of an input. */
  readonly tokens: number;
  /** (PS, PS) row-major. */
  readonly matrix: Float64Array;
}

/** Inputs as data. */
export interface TokenInputs {
  readonly inputs: number;
  readonly tokens: number;
  /** D, features of a token. */
  readonly features: number;
  /** (P, S, D) row-major. */
  readonly x: Float64Array;
  /** Learned positions are added to the tokens: entries of one place are the same for all inputs and independent of other places, of variance 1. */
  readonly positions?: boolean;
}

/** An eigenvalue may be this much of the largest one below 0: the rounding of a product, not another matrix. */
const NEGATIVE = 1e-9;

/**
 * The kernel with this matrix, checked and made exactly symmetric.
 *
 * @param matrix (PS, PS)
 * @throws DomainError unless P, S >= 1 and the matrix has that shape, is finite, symmetric and positive semidefinite
 */
export function tokenKernel(inputs: number, tokens: number, matrix: ArrayLike<number>): TokenKernel {
  requireInteger("inputs", inputs, { min: 1 });
  requireInteger("tokens", tokens, { min: 1 });
  const n = inputs * tokens;
  const copy = Float64Array.from(matrix);
  const { values } = symmetricEigen(copy, n);
  const largest = Math.max(Math.abs(values[0]!), values[n - 1]!);
  if (values[0]! < -NEGATIVE * largest) {
    throw new DomainError({ name: "smallest eigenvalue of the kernel", value: values[0], rule: "must not be negative", remedy: "Give a kernel of inner products: it is positive semidefinite." });
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) copy[i * n + j] = copy[j * n + i] = (copy[i * n + j]! + copy[j * n + i]!) / 2;
  return { inputs, tokens, matrix: copy };
}

/**
 * Kernel of the inputs, Phi0 = x . x / D [eq:attention-depth], with positions 1 more where two tokens have the same place: that of the residual stream behind a random read-in.
 *
 * @throws DomainError if the array has not the shape (P, S, D) or an entry is not finite
 */
export function inputKernel({ inputs, tokens, features, x, positions = false }: TokenInputs): TokenKernel {
  requireInteger("features", features, { min: 1 });
  const n = requireInteger("inputs", inputs, { min: 1 }) * requireInteger("tokens", tokens, { min: 1 });
  if (x.length !== n * features) {
    throw new DomainError({ name: "x", value: x, rule: `must have ${n * features} entries for (P, S, D) = (${inputs}, ${tokens}, ${features})`, remedy: "Give the inputs token by token." });
  }
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let d = 0; d < features; d++) sum += x[i * features + d]! * x[j * features + d]!;
      matrix[i * n + j] = matrix[j * n + i] = sum / features + (positions && i % tokens === j % tokens ? 1 : 0);
    }
  }
  return tokenKernel(inputs, tokens, matrix);
}

/**
 * The kernel of layer-normalised tokens, H_ij / sqrt((H_ii + eps)(H_jj + eps)) [eq:attention-layer-norm].
 *
 * @param epsilon >= 0; where it is 0 no token may vanish
 * @throws DomainError if a token vanishes
 */
export function normalisedKernel(kernel: TokenKernel, epsilon: number): TokenKernel {
  const n = kernel.inputs * kernel.tokens;
  const scale = normalisation(kernel, epsilon);
  return { ...kernel, matrix: kernel.matrix.map((value, k) => value * scale[Math.floor(k / n)]! * scale[k % n]!) };
}

/** (PS) what layer norm multiplies each token by: 1/sqrt(H_ii + eps). */
export function normalisation({ inputs, tokens, matrix }: TokenKernel, epsilon: number): Float64Array {
  const n = inputs * tokens;
  return Float64Array.from({ length: n }, (_, i) => {
    const square = matrix[i * n + i]! + epsilon;
    if (square > 0) return 1 / Math.sqrt(square);
    throw new DomainError({ name: `H[${i}][${i}]`, value: matrix[i * n + i], rule: "must be positive to be normalised", remedy: "Leave the vanishing token out, or give layer norm an epsilon." });
  });
}

/** (P, P) mean over the tokens of both inputs: the kernel of pooled features. */
export function pooledKernel({ inputs, tokens, matrix }: TokenKernel): Float64Array {
  const pooled = new Float64Array(inputs * inputs);
  const n = inputs * tokens;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) pooled[Math.floor(i / tokens) * inputs + Math.floor(j / tokens)]! += matrix[i * n + j]! / (tokens * tokens);
  return pooled;
}
