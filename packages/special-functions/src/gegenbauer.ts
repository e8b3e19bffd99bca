/**
 * @file Gegenbauer (ultraspherical) polynomials as zonal harmonics: P_k on S^{d-1}, normalised to P_k(1) = 1.
 *
 * Plain forward recurrence loses some k^2 ulp near t = 1, where the three terms cancel. The differences
 * delta_k = P_{k+1} - P_k obey, for the normalised polynomials,
 *   (k + d - 2) delta_k = k delta_{k-1} - (2k + d - 2)(1 - t) P_k
 * (Reinsch's form): 1 - t is exact for t >= 1/2, and the error stays of the order of k ulp. Negative t by parity.
 */
import { requireInRange, requireInteger } from "@mesoscope/numerics";

/**
 * P_k(t), the degree-k Gegenbauer polynomial C_k^{(d/2-1)} divided by its value at 1, [eq:gegenbauer].
 * d = 2: Chebyshev T_k; d = 3: Legendre. |P_k| <= 1, P_k(-t) = (-1)^k P_k(t).
 *
 * @param k degree, integer, 0 <= k <= 1e6 (measured to 512)
 * @param d dimension of the space around the sphere S^{d-1}, integer, d >= 2 (measured to 4096)
 * @param t cosine, -1 <= t <= 1
 * @returns absolute error below 1e-13 for k <= 512: small against the envelope, not against a zero
 * @throws DomainError outside the domain
 * @see NIST DLMF 18.9.1, Table 18.6.1; Reinsch's recurrence after Oliver (1977), J. Inst. Maths Applics 20
 */
export function gegenbauer(k: number, d: number, t: number): number {
  requireDegree(k);
  requireDimension(d);
  requireCosine(t);
  const c = 1 - Math.abs(t);
  let p = 1;
  let delta = -c;
  for (let j = 1; j <= k; j++) {
    p += delta;
    delta = (j * delta - (2 * j + d - 2) * c * p) / (j + d - 2);
  }
  return reflected(p, k, t);
}

/**
 * P_0(t) .. P_{degree}(t) in one pass, [eq:gegenbauer]; arguments and accuracy as {@link gegenbauer}.
 * @returns array of shape (degree + 1)
 */
export function gegenbauerSequence(degree: number, d: number, t: number): Float64Array {
  requireDegree(degree);
  requireDimension(d);
  requireCosine(t);
  const values = new Float64Array(degree + 1);
  const c = 1 - Math.abs(t);
  let p = 1;
  let delta = -c;
  values[0] = 1;
  for (let j = 1; j <= degree; j++) {
    p += delta;
    delta = (j * delta - (2 * j + d - 2) * c * p) / (j + d - 2);
    values[j] = reflected(p, j, t);
  }
  return values;
}

/**
 * dP_k/dt = k (k + d - 2)/(d - 1) times the normalised polynomial of degree k - 1 in dimension d + 2, [eq:gegenbauer].
 *
 * Arguments as {@link gegenbauer}; absolute error below 1e-13 times the value at t = 1, k (k + d - 2)/(d - 1).
 * @throws DomainError outside the domain
 * @see NIST DLMF 18.9.19
 */
export function gegenbauerDerivative(k: number, d: number, t: number): number {
  requireDegree(k);
  requireDimension(d);
  if (k === 0) return 0;
  return ((k * (k + d - 2)) / (d - 1)) * gegenbauer(k - 1, d + 2, t);
}

/** The value at t from p, the value at |t|; exactly 0 at the common zero of the odd ones. */
function reflected(p: number, k: number, t: number): number {
  if (k % 2 === 0 || t > 0) return p;
  return t === 0 ? 0 : -p;
}

function requireDegree(k: number): void {
  requireInteger("k", k, { min: 0, max: 1e6 }, "Give a degree that is an integer from 0 to 1e6.");
}

function requireDimension(d: number): void {
  requireInteger("d", d, { min: 2 }, "Give the dimension of the space around the sphere, an integer of at least 2.");
}

function requireCosine(t: number): void {
  requireInRange("t", t, { min: -1, max: 1 }, "Give a cosine from -1 to 1; clamp a rounded inner product first.");
}
