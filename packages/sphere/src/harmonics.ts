/** @file Spherical harmonics of S^{d-1}: the eigenvalues of the Laplacian and the dimensions of their spaces. */
import { DomainError, requireInteger } from "@mesoscope/numerics";

/**
 * lambda_k = k (k + d - 2): minus the eigenvalue of the Laplace-Beltrami operator on harmonics of degree k,
 * [eq:growth-rate].
 *
 * @param k degree, integer >= 0
 * @param d dimension of the space around the sphere, integer >= 1
 * @throws DomainError outside the domain
 */
export function harmonicEigenvalue(k: number, d: number): number {
  requireDegree(k);
  requireDimension(d, 1);
  return k === 0 ? 0 : k * (k + d - 2);
}

/**
 * Dimension of the space of harmonics of degree k on S^{d-1}, exactly:
 * binomial(k + d - 1, d - 1) - binomial(k + d - 3, d - 1). d = 2: 2; d = 3: 2k + 1.
 *
 * @returns an integer below 2^53
 * @throws DomainError outside the domain, or when the dimension is 2^53 or more (use {@link harmonicDimensionExact})
 */
export function harmonicDimension(k: number, d: number): number {
  const exact = harmonicDimensionExact(k, d);
  if (exact > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new DomainError({
      name: "harmonicDimension(k, d)",
      value: `degree ${k}, d = ${d}`,
      rule: "must be below 2^53 to be an exact number",
      remedy: "Use harmonicDimensionExact(k, d), which returns a bigint.",
    });
  }
  return Number(exact);
}

/** {@link harmonicDimension} as a bigint, without an upper limit. */
export function harmonicDimensionExact(k: number, d: number): bigint {
  requireDegree(k);
  requireDimension(d, 1);
  if (k === 0) return 1n;
  if (d === 1) return k === 1 ? 1n : 0n; // S^0 is two points: constants and the odd function
  // (2k + d - 2)/k binomial(k + d - 3, k - 1), the quotient exact.
  return (BigInt(2 * k + d - 2) * binomial(k + d - 3, Math.min(k - 1, d - 2))) / BigInt(k);
}

function binomial(n: number, m: number): bigint {
  let value = 1n;
  for (let j = 1; j <= m; j++) value = (value * BigInt(n - m + j)) / BigInt(j);
  return value;
}

/** @throws DomainError unless k is an integer >= 0 */
export function requireDegree(k: number): void {
  requireInteger("k", k, { min: 0, max: 1e6 }, "Give a degree that is an integer from 0 to 1e6.");
}

/** @throws DomainError unless d is an integer >= min */
export function requireDimension(d: number, min: number): void {
  requireInteger("d", d, { min, max: 1e6 }, `Give the dimension of the space around the sphere, an integer >= ${min}.`);
}
