/** @file Numbers that tell how far a configuration is from uniform. */
import { harmonicMoments } from "@mesoscope/kernels";
import { requireInteger, sinCos } from "@mesoscope/numerics";

/**
 * Circle moments Z_k = (1/n) sum_j e^{i k theta_j}, k = 0..order, [eq:moments].
 *
 * @param theta angles of one replica (n), radians
 * @returns (order + 1, 2): real and imaginary parts
 */
export function circleMoments(theta: Float64Array, order: number): Float64Array {
  requireInteger("order", order, { min: 0 });
  requireInteger("theta.length", theta.length, { min: 1 });
  const out = new Float64Array((order + 1) * 2);
  harmonicMoments(theta, { batch: 1, n: theta.length, order }, out);
  return out;
}

/**
 * Structure factors S_k = (1/n^2) sum_{i,j} P_k(<x_i, x_j>), k = 0..order, [eq:structure-factor], with P_k the Gegenbauer polynomial of S^{d-1} normalised to
 * P_k(1) = 1. Never negative but for rounding; 1/n on average for independent uniform tokens; |Z_k|^2 on the circle. O(n^2 (d + order)).
 *
 * @param x tokens of one replica (n, d), unit rows, d >= 2
 * @returns (order + 1)
 */
export function structureFactors(x: Float64Array, d: number, order: number): Float64Array {
  requireInteger("d", d, { min: 2 });
  requireInteger("order", order, { min: 0 });
  const n = requireInteger("x.length / d", x.length / d, { min: 1 }, "Give whole rows of d numbers.");
  const sums = new Float64Array(order + 1);
  const rowSums = new Float64Array(order + 1);
  for (let i = 0; i < n; i += 1) {
    rowSums.fill(0);
    for (let j = 0; j < i; j += 1) {
      let t = 0;
      for (let k = 0; k < d; k += 1) t += x[i * d + k]! * x[j * d + k]!;
      addGegenbauer(Math.min(1, Math.max(-1, t)), d, rowSums);
    }
    // Pairs count twice, the own term P_k(1) = 1 once.
    for (let k = 0; k <= order; k += 1) sums[k]! += 2 * rowSums[k]! + 1;
  }
  return sums.map((sum) => sum / (n * n));
}

/** sums[k] += P_k(t): (k + d - 2) P_{k+1} = (2k + d - 2) t P_k - k P_{k-1}, stable for |t| <= 1. */
function addGegenbauer(t: number, d: number, sums: Float64Array): void {
  let before = 0;
  let current = 1;
  for (let k = 0; k < sums.length; k += 1) {
    sums[k]! += current;
    const next = k === 0 ? t : ((2 * k + d - 2) * t * current - k * before) / (k + d - 2);
    before = current;
    current = next;
  }
}

/** Unit rows (n, 2) of angles (n). */
export function tokensOfAngles(theta: ArrayLike<number>): Float64Array {
  const x = new Float64Array(2 * theta.length);
  const pair = new Float64Array(2);
  for (let i = 0; i < theta.length; i += 1) {
    sinCos(theta[i]!, pair);
    x[2 * i] = pair[1]!;
    x[2 * i + 1] = pair[0]!;
  }
  return x;
}
