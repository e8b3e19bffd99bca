import { productError } from "../elementary/exact-product.js";
import { DomainError, requireInteger } from "../errors.js";
import type { QuadratureRule } from "./gauss-legendre.js";
import { gegenbauerMass } from "./gegenbauer-mass.js";
import { monicPair, normProduct, roughNodes, timesPowerOfTwo } from "./three-term.js";
import type { MonicPair, Recurrence } from "./three-term.js";

const LARGEST_LAMBDA = 1e6;

/**
 * Gauss-Gegenbauer rule of n points: the integral of f(t) (1 - t^2)^(lambda - 1/2) over [-1, 1] is sum_i weights[i] f(nodes[i]),
 * exact for polynomials of degree up to 2n - 1. lambda = 1/2 is Gauss-Legendre, 0 and 1 are Chebyshev's two kinds, and
 * lambda = d/2 - 1 is the law of one coordinate on the sphere S^{d-1}: divide by the sum of the weights for its mean.
 *
 * Nodes to the last digit, weights within 2e-15 of their own size (to lambda = 1e4; outer weights below 2.2e-308 have fewer
 * digits, and may be 0, where both n and lambda are large). Cost n^2.
 *
 * @param n number of points, 1 ... 5000
 * @param lambda greater than -1/2, at most 1e6
 * @throws DomainError otherwise
 * @see NIST DLMF 18.9.1, Table 18.3.1
 */
export function gaussGegenbauer(n: number, lambda: number): QuadratureRule {
  requireInteger("n", n, { min: 1, max: 5000 });
  if (!(lambda > -0.5 && lambda <= LARGEST_LAMBDA)) {
    const rule = "must be a number greater than -1/2, at most 1e6";
    throw new DomainError({ name: "lambda", value: lambda, rule, remedy: "Give d/2 - 1 for the sphere in d dimensions." });
  }
  const recurrence = gegenbauerRecurrence(n, lambda);
  const norm = normProduct(recurrence);
  const mass = gegenbauerMass(lambda);
  const nodes = roughNodes(recurrence);
  const weights = new Float64Array(n);
  const pair: MonicPair = { before: 0, value: 0, exponent: 0 };
  // (1 - x^2) p_n' = steepness p_{n-1} - n x p_n; for n = 1 the two factors lambda cancel.
  const steepness = n === 1 ? 1 : (n * (n - 1 + 2 * lambda)) / (2 * (n - 1 + lambda));
  for (let i = n - 1; i >= n >> 1; i--) {
    const middle = 2 * i === n - 1;
    let x = middle ? 0 : Math.min(nodes[i]!, 1 - Number.EPSILON / 2);
    if (!middle) x += step(recurrence, x, steepness, pair);
    const rest = step(recurrence, x, steepness, pair);
    const span = (1 - x) * (1 + x);
    // p_{n-1} at the node itself, which x only rounds.
    const growth = ((n - 1 + 2 * lambda) * x * pair.before - 2 * (n - 1 + lambda) * pair.value) / span;
    const slope = pair.before + rest * growth;
    const spanThere = (1 - x - rest) * (1 + x + rest);
    const weight = ((mass * spanThere) / steepness) * (norm.fraction / slope / slope);
    nodes[i] = x;
    nodes[n - 1 - i] = 0 - x; // never -0
    weights[i] = timesPowerOfTwo(weight, norm.exponent - 2 * pair.exponent);
    weights[n - 1 - i] = weights[i]!;
  }
  return { nodes, weights };
}

/** The Newton step from x, with p_{n-1}(x) and p_n(x) left in the pair. */
function step(recurrence: Recurrence, x: number, steepness: number, pair: MonicPair): number {
  monicPair(recurrence, x, pair);
  const slope = steepness * pair.before - recurrence.high.length * x * pair.value;
  return (-pair.value * (1 - x) * (1 + x)) / slope;
}

/** g_k = k (k - 1 + 2 lambda)/(4 (k + lambda)(k - 1 + lambda)) in two parts; g_1 = 1/(2 (1 + lambda)), also at lambda = 0. */
function gegenbauerRecurrence(n: number, lambda: number): Recurrence {
  const high = new Float64Array(n);
  const low = new Float64Array(n);
  let before = lambda;
  let beforeLow = 0;
  for (let k = 1; k < n; k++) {
    const here = k + lambda;
    const hereLow = sumError(k, lambda, here);
    const factor = k - 1 + 2 * lambda;
    const over = k === 1 ? 1 : k * factor;
    const overLow = k === 1 ? 0 : productError(k, factor, over) + k * sumError(k - 1, 2 * lambda, factor);
    const under = k === 1 ? 2 * here : 4 * (here * before);
    const underLow = k === 1 ? 2 * hereLow : 4 * (productError(here, before, here * before) + here * beforeLow + hereLow * before);
    const quotient = over / under;
    const back = quotient * under;
    high[k] = quotient;
    low[k] = (over - back - productError(quotient, under, back) + overLow - quotient * underLow) / under;
    before = here;
    beforeLow = hereLow;
  }
  return { high, low };
}

/** a + b - sum exactly, for sum = a + b rounded. */
function sumError(a: number, b: number, sum: number): number {
  const shadow = sum - a;
  return a - (sum - shadow) + (b - shadow);
}
