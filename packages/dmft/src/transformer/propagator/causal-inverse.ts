/** @file Solves with 1 + R for a response R that acts forwards in time only, and with 1 - J for a Jacobian that need not. */
import { DomainError, qr, requireInteger, symmetricEigen } from "@mesoscope/numerics";

/**
 * (1 + R)^-1 b (n, columns) for R (n, n) strictly lower triangular: forward substitution, exact and always possible.
 *
 * @param b (n, columns)
 */
export function solveCausal(R: ArrayLike<number>, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  const columns = x.length / n;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const factor = R[i * n + j]!;
      if (factor !== 0) for (let c = 0; c < columns; c++) x[i * columns + c]! -= factor * x[j * columns + c]!;
    }
  }
  return x;
}

/** A S A^T for the map `apply`: (n, columns) -> A times it, S symmetric (n, n). */
export function sandwich(apply: (b: Float64Array) => Float64Array, S: Float64Array, n: number): Float64Array {
  const left = apply(S);
  const transposed = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) transposed[j * n + i] = left[i * n + j]!;
  const out = apply(transposed);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[i * n + j] = out[j * n + i] = (out[i * n + j]! + out[j * n + i]!) / 2;
  return out;
}

/** An eigenvalue may be this much of the largest one below 0: rounding, not another matrix. */
const NEGATIVE = 1e-9;

export interface SelfConsistentNoise {
  /** Number of order parameters q. */
  readonly n: number;
  /** dF/dq (n, n) of the map F of one sweep, at its fixed point q = F(q). */
  readonly jacobian: ArrayLike<number>;
  /** Covariance of F at fixed q, times the size (n, n). */
  readonly noise: ArrayLike<number>;
}

/**
 * Size times the covariance of order parameters that settle at q = F(q) + noise [eq:order-parameter-noise]: $(1 - F')^{-1}\,\Sigma\,(1 - F')^{-T}$, the inverse Hessian of the action where there is one.
 *
 * @throws DomainError for arrays of another size, noise that is not positive semidefinite, and where 1 - dF/dq is singular: there the fluctuations are not Gaussian
 */
export function orderParameterCovariance({ n, jacobian, noise }: SelfConsistentNoise): Float64Array {
  requireInteger("n", n, { min: 1 });
  for (const [name, value] of [["jacobian", jacobian], ["noise", noise]] as const) {
    if (value.length !== n * n) throw new DomainError({ name, value: value.length, rule: `must be ${n * n} numbers`, remedy: "Give an (n, n) matrix row by row." });
  }
  const { values } = symmetricEigen(noise, n);
  if (values[0]! < -NEGATIVE * Math.max(-values[0]!, values[n - 1]!)) {
    throw new DomainError({ name: "smallest eigenvalue of the noise", value: values[0], rule: "must not be negative", remedy: "Give a covariance: it is positive semidefinite." });
  }
  const { q, r } = qr(Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0) - jacobian[i]!), n, n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(r[i * n + i]!));
  for (let i = 0; i < n; i++) {
    if (Math.abs(r[i * n + i]!) > n * Number.EPSILON * largest) continue;
    throw new DomainError({ name: "1 - jacobian", value: r[i * n + i], rule: "must not be singular", remedy: "At a transition fluctuations are not Gaussian: ask away from it." });
  }
  const solve = (b: Float64Array): Float64Array => {
    const x = new Float64Array(n * n);
    for (let i = n - 1; i >= 0; i--) {
      for (let c = 0; c < n; c++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += q[k * n + i]! * b[k * n + c]!;
        for (let k = i + 1; k < n; k++) sum -= r[i * n + k]! * x[k * n + c]!;
        x[i * n + c] = sum / r[i * n + i]!;
      }
    }
    return x;
  };
  return sandwich(solve, Float64Array.from(noise), n);
}
