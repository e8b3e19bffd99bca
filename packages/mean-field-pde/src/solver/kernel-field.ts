import { sinCos } from "@mesoscope/numerics";
import { harmonicVelocity } from "./harmonic-velocity.js";

/**
 * The kernel-smoothed field of a measure by its moments, [eq:kernel-field]:
 *   f(theta) = e^{-|beta|} int e^{beta cos(theta - phi)} d mu(phi) = e^{-|beta|} [I_0 + 2 sum_m I_m Re(Z_m e^{-i m theta})].
 * For n tokens it is (1/n) sum_j e^{beta cos(theta - theta_j) - |beta|}.
 *
 * @param moments Z_0, Z_1, ... interleaved (K + 1, 2)
 * @param grid angles in radians
 */
export function kernelField(beta: number, moments: Float64Array, grid: readonly number[]): Float64Array {
  const { kernel, order } = harmonicVelocity("SA", beta);
  const top = Math.min(order, moments.length / 2 - 1);
  const pair = new Float64Array(2);
  return Float64Array.from(grid, (theta) => {
    let value = kernel[0]! * moments[0]!;
    for (let m = 1; m <= top; m++) {
      sinCos(m * theta, pair);
      value += kernel[m]! * (moments[2 * m]! * pair[1]! + moments[2 * m + 1]! * pair[0]!);
    }
    return value;
  });
}

/** Number of moments beyond which {@link kernelField} does not change, and the sum of 2 I_m e^{-|beta|}: what an error of the moments is multiplied by. */
export function kernelFieldOrder(beta: number): { readonly order: number; readonly amplification: number } {
  const { kernel, order } = harmonicVelocity("SA", beta);
  return { order, amplification: kernel.reduce((sum, value) => sum + Math.abs(value), 0) };
}
