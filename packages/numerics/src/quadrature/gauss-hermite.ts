import { requireInteger } from "../errors.js";
import type { QuadratureRule } from "./gauss-legendre.js";
import { monicPair, normProduct, roughNodes, timesPowerOfTwo } from "./three-term.js";
import type { MonicPair } from "./three-term.js";

const SQRT_PI = 1.772453850905516;

/**
 * Gauss-Hermite rule of n points: the integral of f(x) exp(-x^2) over the line is sum_i weights[i] f(nodes[i]), exact for
 * polynomials of degree up to 2n - 1. The mean over a standard normal Z is sum_i weights[i] f(sqrt 2 nodes[i]) / sqrt(pi).
 *
 * Nodes to the last digit, weights within 1e-15 of their own size. The outer weights fall like exp(-2n): below 2.2e-308 they
 * have fewer digits, below 5e-324 (from n = 373 on) they are 0. Cost n^2.
 *
 * @param n number of points, 1 ... 5000
 * @throws DomainError if n is not such an integer
 * @see NIST DLMF 3.5.28, 18.9.1; the recurrence of monic Hermite polynomials has g_k = k/2
 */
export function gaussHermite(n: number): QuadratureRule {
  requireInteger("n", n, { min: 1, max: 5000 });
  const recurrence = { high: Float64Array.from({ length: n }, (_, k) => k / 2), low: new Float64Array(n) };
  const norm = normProduct(recurrence);
  const nodes = roughNodes(recurrence);
  const weights = new Float64Array(n);
  const pair: MonicPair = { before: 0, value: 0, exponent: 0 };
  for (let i = n - 1; i >= n >> 1; i--) {
    const middle = 2 * i === n - 1;
    let x = middle ? 0 : nodes[i]!;
    if (!middle) {
      monicPair(recurrence, x, pair);
      x -= pair.value / (n * pair.before);
    }
    monicPair(recurrence, x, pair);
    // To first order at the node itself, which x only rounds: p_{n-1}' = (n - 1) p_{n-2} = 2 (x p_{n-1} - p_n).
    const rest = -pair.value / (n * pair.before);
    const slope = pair.before + rest * 2 * (x * pair.before - pair.value);
    const weight = timesPowerOfTwo(((SQRT_PI / n) * (norm.fraction / slope)) / slope, norm.exponent - 2 * pair.exponent);
    nodes[i] = x;
    nodes[n - 1 - i] = 0 - x; // never -0
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  return { nodes, weights };
}
