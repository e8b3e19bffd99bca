import { sinCos } from "@mesoscope/numerics";
import { circleCoefficients } from "@mesoscope/particle-flow";
import { type Flow } from "../linear/flow.js";

/**
 * The velocity of the mean field on the circle in harmonics, [eq:circle-fourier], with the moments Z_m of the measure:
 *   USA v = sum_m a_m Im(Z_m e^{-i m theta}),   SA v = the same over sum_m b_m Re(Z_m e^{-i m theta}).
 */
export interface HarmonicVelocity {
  readonly flow: Flow;
  /** K: beyond it the kernel is below 1e-17 of its maximum. */
  readonly order: number;
  /** a_m at index m; for SA times e^{-|beta|}. */
  readonly slope: Float64Array;
  /** b_m e^{-|beta|} at index m, of both flows: the harmonics of the kernel e^{beta cos theta - |beta|}. */
  readonly kernel: Float64Array;
}

/** Below the rounding of the largest value of the kernel. */
const TRUNCATION = 1e-17;

/**
 * Coefficients at a given flow and beta, any sign; at beta = 0 only a_1 = 1 remains.
 * @throws DomainError for an unknown flow, and for USA beyond |beta| = 700, where speeds overflow
 */
export function harmonicVelocity(flow: Flow, beta: number): HarmonicVelocity {
  const { numerator, order } = circleCoefficients({ flow, beta, d: 2 }, TRUNCATION);
  const { denominator = [] } = circleCoefficients({ flow: "SA", beta, d: 2 }, TRUNCATION);
  return { flow, order, slope: Float64Array.of(0, ...numerator), kernel: Float64Array.from(denominator) };
}

/**
 * Moments Z_m = sum_j w_j e^{i m theta_j}, m = 0..order, interleaved real and imaginary (order + 1, 2) into `out`.
 * `cosSin` receives cos and sin of the angles, interleaved (n, 2), for reuse.
 */
export function weightedMoments(angles: ArrayLike<number>, weights: Float64Array, order: number, cosSin: Float64Array, out: Float64Array): Float64Array {
  out.fill(0);
  for (let j = 0; j < weights.length; j++) {
    sinCos(angles[j]!, pair);
    const s = pair[0]!;
    const c = pair[1]!;
    cosSin[2 * j] = c;
    cosSin[2 * j + 1] = s;
    let re = weights[j]!;
    let im = 0;
    for (let m = 0; m <= order; m++) {
      out[2 * m] = out[2 * m]! + re;
      out[2 * m + 1] = out[2 * m + 1]! + im;
      const next = re * c - im * s;
      im = re * s + im * c;
      re = next;
    }
  }
  return out;
}

const pair = new Float64Array(2);

/** Velocity at the angles whose cosines and sines are given, under the moments Z (at least order + 1 of them), into `out` (n). */
export function velocityAtAngles(field: HarmonicVelocity, moments: Float64Array, cosSin: Float64Array, out: Float64Array): void {
  const { order, slope, kernel, flow } = field;
  for (let j = 0; j < out.length; j++) {
    const c = cosSin[2 * j]!;
    const s = cosSin[2 * j + 1]!;
    let re = 1;
    let im = 0;
    let numerator = 0;
    let denominator = kernel[0]!;
    for (let m = 1; m <= order; m++) {
      const next = re * c - im * s;
      im = re * s + im * c;
      re = next;
      const a = moments[2 * m]!;
      const b = moments[2 * m + 1]!;
      numerator += slope[m]! * (b * re - a * im);
      denominator += kernel[m]! * (a * re + b * im);
    }
    out[j] = flow === "SA" ? numerator / denominator : numerator;
  }
}
