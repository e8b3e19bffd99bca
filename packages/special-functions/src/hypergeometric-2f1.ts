/**
 * @file Gauss's hypergeometric function where the theory meets it: the mean of a Moebius image of the uniform law,
 * 2F1(1, 1 - d/2; 1 + d/2; r^2), and its neighbours. Not a general implementation: what it cannot do it refuses.
 */
import { DomainError, log, requireFinite, requireInRange, requirePositive, sin } from "@mesoscope/numerics";
import { gamma } from "./gamma/log-gamma.js";
import { digamma } from "./gamma/polygamma.js";

const SERIES_TO = 0.8;
const MOST_TERMS = 20_000;

/**
 * 2F1(a, b; c; z), real.
 *
 * Domain: c > 0 and one of: 0 <= z <= 0.8; a or b an integer <= 0 (a polynomial, z <= 1); 0.8 < z <= 1 with
 * c - a - b >= 8, where the series still converges fast; 0.8 < z <= 1 with c - a - b = 1 .. 20 an integer and
 * a + (c - a - b), b + (c - a - b) positive (expansion about z = 1).
 *
 * @returns error some 10 ulp of the largest term of the series: where the terms alternate (one of a, b negative),
 *   relative to that term, not to the sum; below 1e-14 in the family 2F1(1, 1 - d/2; 1 + d/2; z), d <= 4096
 * @throws DomainError outside the domain
 * @see NIST DLMF 15.2.1, 15.8.1, 15.8.10
 */
export function hypergeometric2F1(a: number, b: number, c: number, z: number): number {
  requireFinite("a", a);
  requireFinite("b", b);
  requirePositive("c", c);
  requireInRange("z", z, { min: 0, max: 1 }, "Give an argument from 0 to 1.");
  const excess = c - a - b;
  if (z <= SERIES_TO || excess >= 8 || isNonPositiveInteger(a) || isNonPositiveInteger(b)) return series(a, b, c, z);
  if (Number.isInteger(excess) && excess >= 1 && a + excess > 0 && b + excess > 0) return aboutOne(a, b, excess, z);
  throw new DomainError({
    name: "c - a - b",
    value: excess,
    rule: `must be an integer of at least 1, or at least 8, for z = ${z} > ${SERIES_TO}`,
    remedy: "Use a linear transformation of the function first, or a smaller z.",
  });
}

function isNonPositiveInteger(a: number): boolean {
  return a <= 0 && Number.isInteger(a);
}

/** The defining series with a compensated sum (terms may alternate). */
function series(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  let lost = 0;
  for (let k = 0; k < MOST_TERMS; k++) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    if (term === 0) return sum + lost;
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
    // Past the turning point |a + b| the terms fall at least geometrically with |z| or like k^-(c-a-b+1).
    if (k > Math.abs(a) + Math.abs(b) && Math.abs(term) * (k + 1) < 1e-17 * Math.abs(sum)) return sum + lost;
    if (Math.abs(term) < 1e-25 * Math.abs(sum) && z < SERIES_TO) return sum + lost;
  }
  throw new DomainError({
    name: "z",
    value: z,
    rule: `must leave the series to converge within ${MOST_TERMS} terms for a = ${a}, b = ${b}, c = ${c}`,
    remedy: "Give a smaller |z|.",
  });
}

/** DLMF 15.8.10, c = a + b + m: a polynomial in 1 - z and a series with logarithms, both fast for 1 - z <= 0.2. */
function aboutOne(a: number, b: number, m: number, z: number): number {
  const w = 1 - z;
  let polynomial = 0;
  let power = 1; // (-w)^m in the end
  let term = gamma(m); // (a)_k (b)_k (m - k - 1)!/k! (-w)^k
  for (let k = 0; k < m; k++) {
    polynomial += term;
    power *= -w;
    if (k + 1 < m) term *= (((a + k) * (b + k)) / ((m - k - 1) * (k + 1))) * -w;
  }
  const c = a + b + m;
  const head = (polynomial * gamma(c)) / (gamma(a + m) * gamma(b + m));
  if (w === 0) return head;
  let factor = 1 / gamma(m + 1); // (a + m)_k (b + m)_k/(k! (k + m)!) w^k
  let sum = 0;
  for (let k = 0; k < 200; k++) {
    const bracket = log(w) - digamma(k + 1) - digamma(k + m + 1) + digamma(a + k + m) + digamma(b + k + m);
    sum += factor * bracket;
    if (Math.abs(factor * bracket) < 1e-18 * Math.abs(sum)) break;
    factor *= (((a + m + k) * (b + m + k)) / ((k + 1) * (k + m + 1))) * w;
  }
  return head - power * gamma(c) * reciprocalGamma(a) * reciprocalGamma(b) * sum;
}

/** 1/Gamma(x) for any real x: 0 at the poles, by reflection below 1/2. */
function reciprocalGamma(x: number): number {
  if (x >= 0.5) return 1 / gamma(x);
  const nearest = Math.round(x);
  const sine = sin(Math.PI * (x - nearest)) * (nearest % 2 === 0 ? 1 : -1);
  return (gamma(1 - x) * sine) / Math.PI;
}
