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
 *
 * Two labels at a time: a single chain of powers waits for its own latency. Their number must be even.
 */
export function weightedMoments(angles: ArrayLike<number>, weights: Float64Array, order: number, cosSin: Float64Array, out: Float64Array): Float64Array {
  out.fill(0);
  for (let j = 0; j < weights.length; j += 2) {
    sinCos(angles[j]!, pair);
    const s0 = pair[0]!;
    const c0 = pair[1]!;
    sinCos(angles[j + 1]!, pair);
    const s1 = pair[0]!;
    const c1 = pair[1]!;
    cosSin[2 * j] = c0;
    cosSin[2 * j + 1] = s0;
    cosSin[2 * j + 2] = c1;
    cosSin[2 * j + 3] = s1;
    let re0 = weights[j]!;
    let im0 = 0;
    let re1 = weights[j + 1]!;
    let im1 = 0;
    for (let m = 0; m <= order; m++) {
      out[2 * m]! += re0 + re1;
      out[2 * m + 1]! += im0 + im1;
      const next0 = re0 * c0 - im0 * s0;
      im0 = re0 * s0 + im0 * c0;
      re0 = next0;
      const next1 = re1 * c1 - im1 * s1;
      im1 = re1 * s1 + im1 * c1;
      re1 = next1;
    }
  }
  return out;
}

const pair = new Float64Array(2);

/** Velocity at the angles whose cosines and sines are given, under the moments Z (at least order + 1 of them), into `out` (n, even). */
export function velocityAtAngles(field: HarmonicVelocity, moments: Float64Array, cosSin: Float64Array, out: Float64Array): void {
  imaginaryParts(field.slope, moments, cosSin, out);
  if (field.flow !== "SA") return;
  const below = new Float64Array(out.length);
  realParts(field.kernel, moments, cosSin, below);
  for (let j = 0; j < out.length; j++) out[j]! /= below[j]!;
}

/** out_j = sum_m a_m Im(Z_m e^{-i m theta_j}), by nested multiplication from the highest m, two angles at a time. */
function imaginaryParts(a: Float64Array, z: Float64Array, cosSin: Float64Array, out: Float64Array): void {
  for (let j = 0; j < out.length; j += 2) {
    const c0 = cosSin[2 * j]!;
    const s0 = -cosSin[2 * j + 1]!;
    const c1 = cosSin[2 * j + 2]!;
    const s1 = -cosSin[2 * j + 3]!;
    let re0 = 0;
    let im0 = 0;
    let re1 = 0;
    let im1 = 0;
    for (let m = a.length - 1; m >= 1; m--) {
      const re = a[m]! * z[2 * m]!;
      const im = a[m]! * z[2 * m + 1]!;
      const x0 = re0 + re;
      const y0 = im0 + im;
      re0 = x0 * c0 - y0 * s0;
      im0 = x0 * s0 + y0 * c0;
      const x1 = re1 + re;
      const y1 = im1 + im;
      re1 = x1 * c1 - y1 * s1;
      im1 = x1 * s1 + y1 * c1;
    }
    out[j] = im0;
    out[j + 1] = im1;
  }
}

/** out_j = sum_m b_m Re(Z_m e^{-i m theta_j}), m from 0: the imaginary part for the moments i Z_m. */
function realParts(b: Float64Array, z: Float64Array, cosSin: Float64Array, out: Float64Array): void {
  const turned = new Float64Array(2 * b.length);
  for (let m = 0; m < b.length; m++) {
    turned[2 * m] = -z[2 * m + 1]!;
    turned[2 * m + 1] = z[2 * m]!;
  }
  imaginaryParts(b, turned, cosSin, out);
  const constant = b[0]! * z[0]!;
  for (let j = 0; j < out.length; j++) out[j]! += constant;
}
