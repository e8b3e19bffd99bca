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
  return kernelFieldOn(beta, grid)(moments);
}

/** `kernelField` on a grid that many measures share: kernel and harmonics of the grid are computed once. */
export function kernelFieldOn(beta: number, grid: readonly number[]): (moments: Float64Array) => Float64Array {
  const { kernel, order } = harmonicVelocity("SA", beta);
  const pair = new Float64Array(2);
  // (grid, order + 1): I_m-weighted cosines and sines.
  const cosines = new Float64Array(grid.length * (order + 1));
  const sines = new Float64Array(grid.length * (order + 1));
  for (const [j, theta] of grid.entries()) {
    for (let m = 0; m <= order; m++) {
      sinCos(m * theta, pair);
      cosines[j * (order + 1) + m] = kernel[m]! * pair[1]!;
      sines[j * (order + 1) + m] = kernel[m]! * pair[0]!;
    }
  }
  return (moments) => {
    const top = Math.min(order, moments.length / 2 - 1);
    return Float64Array.from(grid, (_, j) => {
      let value = 0;
      for (let m = 0; m <= top; m++) value += moments[2 * m]! * cosines[j * (order + 1) + m]! + moments[2 * m + 1]! * sines[j * (order + 1) + m]!;
      return value;
    });
  };
}

/** Number of moments beyond which {@link kernelField} does not change, and the sum of 2 I_m e^{-|beta|}: what an error of the moments is multiplied by. */
export function kernelFieldOrder(beta: number): { readonly order: number; readonly amplification: number } {
  const { kernel, order } = harmonicVelocity("SA", beta);
  return { order, amplification: kernel.reduce((sum, value) => sum + Math.abs(value), 0) };
}
