import { DomainError, exp, sinCos } from "@mesoscope/numerics";
import { besselIScaledSequence } from "@mesoscope/special-functions";
import { circleTruncation } from "@mesoscope/sphere";
import { requireFlow, type Flow } from "../linear/flow.js";

/**
 * The velocity of the mean field on the circle in harmonics, [eq:circle-fourier]. With Z_m the moments of the measure,
 *   Phi(theta)  = I_0 + 2 sum_m I_m Re(conj(Z_m) e^{i m theta}),
 *   USA v = Phi'/beta = sum_m a_m Im(Z_m e^{-i m theta}),   a_m = 2 m I_m / beta = I_{m-1} - I_{m+1},
 *   SA  v = Phi'/(beta Phi).
 * `slope` holds a_m, m = 1..K at index m; `kernel` holds I_0, 2 I_1, 2 I_2, ...; both times e^{-|beta|}.
 */
export interface HarmonicVelocity {
  readonly flow: Flow;
  /** K: beyond it the kernel is below 1e-17 of its maximum. */
  readonly order: number;
  readonly slope: Float64Array;
  readonly kernel: Float64Array;
  /** e^{|beta|} for USA, 1 for SA: multiplies the numerator. */
  readonly scale: number;
}

/** Coefficients at a given flow and beta, any sign; at beta = 0 only a_1 = 1 remains.
 * @throws DomainError for USA beyond |beta| = 700, where speeds overflow */
export function harmonicVelocity(flow: Flow, beta: number): HarmonicVelocity {
  requireFlow(flow);
  const size = Math.abs(beta);
  if (!(size <= (flow === "USA" ? 700 : 1e5))) {
    throw new DomainError({ name: "beta", value: beta, rule: `must be at most ${flow === "USA" ? "700 for USA, whose speeds grow like e^beta" : "1e5"} in size`, remedy: "Give a smaller beta." });
  }
  const order = Math.max(1, size === 0 ? 1 : circleTruncation(size, 1e-17));
  const bessel = size === 0 ? Float64Array.from({ length: order + 2 }, (_, m) => (m === 0 ? 1 : 0)) : besselIScaledSequence(0, size, order + 2);
  const slope = new Float64Array(order + 1);
  const kernel = new Float64Array(order + 1);
  kernel[0] = bessel[0]!;
  for (let m = 1; m <= order; m++) {
    const odd = beta < 0 && m % 2 === 1;
    // For small beta the difference of I_{m-1} and I_{m+1} would be the same number less well; the quotient has no beta = 0.
    const magnitude = size === 0 ? (m === 1 ? 1 : 0) : (2 * m * bessel[m]!) / size;
    kernel[m] = odd ? -2 * bessel[m]! : 2 * bessel[m]!;
    slope[m] = beta < 0 && !odd ? -magnitude : magnitude;
  }
  return { flow, order, slope, kernel, scale: flow === "USA" ? exp(size) : 1 };
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
  const { order, slope, kernel, flow, scale } = field;
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
    out[j] = flow === "SA" ? numerator / denominator : scale * numerator;
  }
}
