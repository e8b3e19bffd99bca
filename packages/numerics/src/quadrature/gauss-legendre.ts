import { leadingHalf, productError } from "../elementary/exact-product.js";
import { cos, sin } from "../elementary/index.js";
import { requireInteger } from "../errors.js";

/** A quadrature rule: integral of f is about sum_i weights[i] f(nodes[i]). */
export interface QuadratureRule {
  /** (n) ascending. */
  readonly nodes: Float64Array;
  /** (n) positive. */
  readonly weights: Float64Array;
}

/**
 * Gauss-Legendre rule of n points on [-1, 1]: exact for polynomials of degree up to 2n - 1.
 *
 * Method: Newton's iteration on the three-term recurrence, in the variable y = 1 - x for x >= 0: close to the end the
 * distance y, not x, carries the digits that the weight 2 (1 - x^2)/(n P_{n-1}(x))^2 needs. Cost n^2. Nodes within
 * 2e-16, weights within 1e-15 of their own size, for n up to 2000.
 *
 * @param n number of points, 1 ... 20000
 * @throws DomainError if n is not such an integer
 */
export function gaussLegendre(n: number): QuadratureRule {
  requireInteger("n", n, { min: 1, max: 20000 });
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  const pair = new Float64Array(2);
  for (let i = 0; i < n >> 1; i++) {
    const y = distanceOfNode(n, i, pair);
    const weight = weightAt(n, y, pair);
    nodes[i] = y - 1;
    nodes[n - 1 - i] = 1 - y;
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  if (n % 2 === 1) weights[n >> 1] = weightAt(n, 1, pair);
  return { nodes, weights };
}

/** Distance 1 - x of the node number i (from 0) counted from the end x = 1. */
function distanceOfNode(n: number, i: number, pair: Float64Array): number {
  // Tricomi's first terms: x = (1 - (n - 1)/(8 n^3)) cos phi, off by O(n^-4), so two Newton steps suffice.
  const phi = (Math.PI * (4 * i + 3)) / (4 * n + 2);
  const half = sin(phi / 2);
  let y = 2 * half * half + ((n - 1) / (8 * n * n * n)) * cos(phi);
  for (let step = 0; step < 8; step++) {
    legendrePair(n, y, pair);
    const x = 1 - y;
    const value = pair[1]!;
    // (1 - x^2) P_n' = n (P_{n-1} - x P_n), and 1 - x^2 = y (2 - y) without cancellation.
    const change = (value * y * (2 - y)) / (n * (pair[0]! - x * value));
    y += change;
    if (Math.abs(change) < 1e-15 * y) break;
  }
  return y;
}

/**
 * The weight 2 (1 - x^2)/(n (P_{n-1} - x P_n))^2 at x = 1 - y. The bracket is (1 - x^2) P_n'/n, which is stationary at a
 * node (Legendre's equation), so the last rounding of y does no harm.
 */
function weightAt(n: number, y: number, pair: Float64Array): number {
  legendrePairCorrected(n, y, pair);
  const slope = n * (pair[0]! - (1 - y) * pair[1]!);
  return (2 * y * (2 - y)) / (slope * slope);
}

/**
 * P_{n-1} and P_n at x = 1 - y, by the recurrence written for differences: with d_k = P_k - P_{k-1},
 * d_{k+1} = (k d_k - (2k + 1) y P_k)/(k + 1). Every rounding error is then small against a difference, not a value.
 */
function legendrePair(n: number, y: number, pair: Float64Array): void {
  let previous = 1;
  let value = 1 - y;
  let difference = -y;
  for (let k = 1; k < n; k++) {
    difference = (k * difference - (2 * k + 1) * y * value) / (k + 1);
    previous = value;
    value += difference;
  }
  pair[0] = n === 1 ? 1 : previous;
  pair[1] = value;
}

/**
 * The same with every rounding error of the recurrence carried along to first order: value + valueError is P_k to about
 * twice the precision, and so the weights keep their last digit however many steps there are.
 */
function legendrePairCorrected(n: number, y: number, pair: Float64Array): void {
  const yHigh = leadingHalf(y);
  const yLow = y - yHigh;
  let previous = 1;
  let value = 1 - y;
  let valueError = 1 - value - y;
  let difference = -y;
  let differenceError = 0;
  for (let k = 1; k < n; k++) {
    const c = 2 * k + 1;
    // Whole factors have few bits: halves of the other factor times them are exact.
    const step = c * y;
    const stepError = c * yHigh - step + c * yLow;
    const kept = k * difference;
    const differenceHigh = leadingHalf(difference);
    const keptError = k * differenceHigh - kept + k * (difference - differenceHigh);
    const taken = step * value;
    const takenError = productError(step, value, taken) + stepError * value + step * valueError;
    const top = kept - taken;
    const shadow = top - kept;
    const topError = kept - (top - shadow) - (taken + shadow) + keptError + k * differenceError - takenError;
    difference = top / (k + 1);
    const back = difference * (k + 1);
    differenceError = (top - back - productError(difference, k + 1, back) + topError) / (k + 1);
    previous = value + valueError;
    const next = value + difference;
    const part = next - value;
    valueError += value - (next - part) + (difference - part) + differenceError;
    value = next;
  }
  pair[0] = n === 1 ? 1 : previous;
  pair[1] = value + valueError;
}
