/**
 * @file Debye's uniform expansion, written in powers of 1/r with r = sqrt(nu^2 + x^2):
 *
 *   I_nu(x) = exp(r - nu arsinh(nu/x)) / sqrt(2 pi r) * sum over k of q_k(p^2) / r^k,   p = nu/r in [0, 1].
 *
 * The textbook form has U_k(p)/nu^k; since U_k(p) = p^k q_k(p^2) the order cancels, and what remains holds for every
 * nu >= 0 once r is large: p = 0 is Hankel's expansion, p = 1 Stirling's. The coefficients obey
 * max |q_k| = (k-1)!/(2^k pi), so that the best truncation leaves exp(-2r): from r = 25 on, full double precision.
 *
 * @see NIST DLMF 10.41(ii); Olver (1997), Asymptotics and special functions, chapter 10
 */
import { debyeRadii, leastDebyeRadius } from "../coefficients/debye.js";
import { addPair, logQuotient, productError, scalePair, sumError } from "../double-double.js";

/**
 * Rows q_0, q_1, ... of the Debye polynomials U_k(p) = p^k q_k(p^2), ascending, k + 1 entries each. By the recurrence
 * U_{k+1} = p^2 (1 - p^2) U_k'/2 + (1/8) int_0^p (1 - 5 t^2) U_k(t) dt, in which no two terms of one entry differ in sign: good to
 * some k ulp, of terms that are small against the first. A table would cost every page four kilobytes.
 */
const debyeRows: Float64Array = /* @__PURE__ */ debyePolynomials(debyeRadii.length);

function debyePolynomials(count: number): Float64Array {
  const rows = new Float64Array((count * (count + 1)) / 2);
  rows[0] = 1;
  let at = 0;
  for (let k = 0; k + 1 < count; k++) {
    const next = at + k + 1;
    for (let j = 0; j <= k; j++) {
      const degree = k + 2 * j;
      const c = rows[at + j]!;
      rows[next + j]! += c * (degree / 2 + 1 / (8 * (degree + 1)));
      rows[next + j + 1]! -= c * (degree / 2 + 5 / (8 * (degree + 3)));
    }
    at = next;
  }
  return rows;
}

/** True where the expansion alone reaches full precision; elsewhere nu and x are both below 25. */
export function inDebyeRegime(nu: number, x: number): boolean {
  return nu * nu + x * x >= leastDebyeRadius * leastDebyeRadius;
}

/** Sum of the series, 1 + O(1/r); absolute error about 1e-16. */
export function debyeSum(nu: number, r: number): number {
  const p = nu / r;
  const w = p * p;
  let count = debyeRadii.length;
  while (count > 1 && r >= debyeRadii[count - 2]!) count -= 1;
  let sum = 0;
  let last = (count * (count + 1)) / 2 - 1; // index of the leading coefficient of row count - 1
  for (let k = count - 1; k >= 0; k--) {
    let q = debyeRows[last]!;
    for (let j = 1; j <= k; j++) q = q * w + debyeRows[last - j]!;
    last -= k + 1;
    sum = sum / r + q;
  }
  return sum;
}

/**
 * E = r - x - nu arsinh(nu/x) as out[0] + out[1], absolute error below 1e-14 for nu <= 1e4, x > 0; out[2] = r.
 *
 * r - x = nu^2/(r + x) and arsinh(nu/x) = log((nu + r)/x): no cancellation in either.
 */
export function debyeExponent(nu: number, x: number, out: Float64Array): void {
  const nu2 = nu * nu;
  const nu2Low = productError(nu, nu, nu2);
  const x2 = x * x;
  const square = nu2 + x2;
  const squareLow = sumError(nu2, x2, square) + nu2Low + productError(x, x, x2);
  const r = Math.sqrt(square);
  const rr = r * r;
  const rLow = (square - rr - productError(r, r, rr) + squareLow) / (2 * r);

  const a = nu + r;
  logQuotient(a, sumError(nu, r, a) + rLow, x, out);
  scalePair(-nu, out);

  const d = r + x;
  const dLow = sumError(r, x, d) + rLow;
  const q = nu2 / d;
  const back = q * d;
  const qLow = (nu2 - back - productError(q, d, back) + nu2Low - q * dLow) / d;
  addPair(q, qLow, out);
  out[2] = r;
}
