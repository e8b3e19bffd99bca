/**
 * @file What a kernel must give, and how far a backend may be from it. The bounds are derived, never fitted:
 * a sum of n terms of a dot product of d terms under an exponential is right to
 *   F = 8 + 2 log2 n + (2 + log2 d) |beta| + (ulps of the device's exponential)
 * roundings of the scale of the row, sum_j |w_ij| (|x_j| + |x_i|).
 */
import { exp, tanh } from "@mesoscope/numerics";
import type { Backend } from "../backend.js";
import type { Dtype } from "../dtype.js";
import type { KernelName, KernelParameters } from "../parameters.js";
import type { AttentionParameters, AttentionStepParameters, ElementwiseParameters, GeneralAttentionParameters, HarmonicParameters, HarmonicStepParameters, InteractionParameters, MomentParameters, SphericalMomentParameters, SphericalParameters } from "../parameters.js";
import { attention } from "../reference/attention.js";
import { attentionDrift } from "../reference/attention-drift.js";
import { attentionStep } from "../reference/attention-step.js";
import { harmonicQuotient } from "../reference/harmonic-drift.js";
import { harmonicMoments } from "../reference/harmonic-moments.js";
import { harmonicStep } from "../reference/harmonic-step.js";
import { interactionSums } from "../reference/interaction-sums.js";
import { sphericalMoments, sphericalQuotient } from "../reference/spherical.js";
import { arrayOracles } from "./array-oracles.js";
import { bits, type Oracle, type Rounding } from "./expectation.js";

/** The rounding of a backend in one dtype. */
export function rounding(backend: Backend, dtype: Dtype): Rounding {
  return { epsilon: dtype === "f64" ? Number.EPSILON : 1.1920928955078125e-7, exponentialUlps: backend.supports.exponentialUlps };
}

function sumFactor({ n, d, beta }: InteractionParameters, { epsilon, exponentialUlps }: Rounding): number {
  return epsilon * (8 + 2 * bits(n) + (2 + bits(d)) * Math.abs(beta) + exponentialUlps);
}

/** Scale of each row of the drift: 2 for a softmax (the weights sum to 1), 2 sum_j w_ij otherwise. */
function rowScales(x: Float64Array, p: AttentionParameters): Float64Array {
  const scales = new Float64Array(p.batch * p.n).fill(2);
  if (p.flow === "SA") return scales;
  interactionSums(x, p, scales);
  // A causal row divides a part of the sum by fewer keys: at most n times the mean over all keys.
  return scales.map((sum, row) => (2 * sum * (p.causal === true ? p.n : 1)) / (p.causal === true ? (row % p.n) + 1 : 1));
}

const attentionDriftOracle: Oracle<AttentionParameters> = (x, p, r) => {
  const value = new Float64Array(x.length);
  attentionDrift(x, p, value);
  const scales = rowScales(x, p);
  const factor = sumFactor(p, r);
  return { value, bound: value.map((_, at) => factor * scales[Math.floor(at / p.d)]!) };
};

const attentionStepOracle: Oracle<AttentionStepParameters> = (x, p, r) => {
  const value = x.slice();
  attentionStep(value, p);
  const scale = rowScales(x, p).reduce((a, b) => Math.max(a, b), 0);
  const bound = 8 * r.epsilon + 4 * Math.abs(p.dt) * sumFactor(p, r) * scale;
  return { value, bound: new Float64Array(value.length).fill(bound) };
};

/** Scale of each number: sum_j w_ij |v_j| over the sum of the weights, which is the attention to the absolute values. */
const generalAttentionOracle: Oracle<GeneralAttentionParameters> = (q, p, { epsilon, exponentialUlps }, [k, v]) => {
  const value = new Float64Array(p.batch * p.n * p.e);
  attention(q, k!, v!, p, value);
  const scale = new Float64Array(value.length);
  attention(q, k!, v!.map(Math.abs), p, scale);
  const reach = longestRow(q, p.d) * longestRow(k!, p.d);
  const factor = epsilon * (8 + 2 * bits(p.m) + (2 + bits(p.d)) * Math.abs(p.beta) * Math.max(reach, Math.abs(p.shift ?? 0)) + exponentialUlps);
  return { value, bound: scale.map((s) => factor * s + 2 ** -125) };
};

function longestRow(x: Float64Array, d: number): number {
  let longest = 0;
  for (let at = 0; at < x.length; at += d) {
    longest = Math.max(
      longest,
      x.subarray(at, at + d).reduce((square, value) => square + value * value, 0),
    );
  }
  return Math.sqrt(longest);
}

const interactionOracle: Oracle<InteractionParameters> = (x, p, r) => {
  const value = new Float64Array(p.batch * p.n);
  interactionSums(x, p, value);
  return { value, bound: value.map((sum) => sumFactor(p, r) * sum) };
};

/** Error of the k-th moment: k roundings of a power and of the angle, and the summation. */
function momentError(k: number, n: number, reach: number, epsilon: number): number {
  return epsilon * (8 + 2 * bits(n) + k * (4 + reach));
}

function largestAngle(theta: Float64Array): number {
  return theta.reduce((reach, angle) => Math.max(reach, Math.abs(angle)), 0);
}

const momentOracle: Oracle<MomentParameters> = (theta, p, { epsilon }) => {
  const value = new Float64Array(p.batch * (p.order + 1) * 2);
  harmonicMoments(theta, p, value);
  const reach = largestAngle(theta);
  return { value, bound: value.map((_, at) => momentError(Math.floor(at / 2) % (p.order + 1), p.n, reach, epsilon)) };
};

const harmonicDriftOracle: Oracle<HarmonicParameters> = (theta, p, { epsilon }) => {
  const value = new Float64Array(theta.length);
  const below = new Float64Array(theta.length);
  harmonicQuotient(theta, p, value, below);
  for (let i = 0; i < value.length; i += 1) value[i]! /= below[i]!;
  const reach = largestAngle(theta);
  const error = (coefficients: readonly number[], first: number): number =>
    coefficients.reduce((sum, a, index) => sum + 2 * Math.abs(a) * momentError(index + first, p.n, reach, epsilon), 0);
  const errorAbove = error(p.numerator, 1);
  const errorBelow = error(p.denominator ?? [], 0);
  return { value, bound: value.map((v, i) => (errorAbove + Math.abs(v) * errorBelow) / Math.abs(below[i]!) + 4 * epsilon * Math.abs(v)) };
};

const harmonicStepOracle: Oracle<HarmonicStepParameters> = (theta, p, r) => {
  const value = theta.slice();
  harmonicStep(value, p);
  const drift = harmonicDriftOracle(theta, p, r, []).bound.reduce((a, b) => Math.max(a, b), 0);
  return { value, bound: value.map((angle) => r.epsilon * (2 + 2 * Math.abs(angle)) + 4 * Math.abs(p.dt) * drift) };
};

/**
 * Error of a harmonic of degree k, whose size is at most sqrt(2k + 1): k steps of the recurrence with four roundings each, of terms of the size of
 * neighbouring harmonics, on both sides; a row that is a unit vector to rounding only moves it by k of them.
 */
function harmonicError(k: number, n: number, epsilon: number): number {
  return epsilon * (8 + 2 * bits(n) + 10 * k);
}

const sphericalMomentOracle: Oracle<SphericalMomentParameters> = (x, p, { epsilon }) => {
  const size = (p.degree + 1) * (p.degree + 1);
  const value = new Float64Array(p.batch * size);
  sphericalMoments(x, p, value);
  const degreeOf = (at: number): number => Math.floor(Math.sqrt(at % size));
  return { value, bound: value.map((_, at) => Math.sqrt(2 * degreeOf(at) + 1) * harmonicError(degreeOf(at), p.n, epsilon)) };
};

/** By Cauchy and Schwarz and the addition theorem a degree adds at most b_k (2k + 1) to the denominator and a_k (2k + 1) sqrt(k (k + 1)) to the gradient. */
const sphericalDriftOracle: Oracle<SphericalParameters> = (x, p, { epsilon }) => {
  const value = new Float64Array(x.length);
  const below = new Float64Array(p.batch * p.n);
  sphericalQuotient(x, p, value, below);
  for (let at = 0; at < value.length; at += 1) value[at]! /= below[Math.floor(at / 3)]!;
  const error = (coefficients: readonly number[], first: number, size: (k: number) => number): number =>
    coefficients.reduce((sum, a, index) => sum + 2 * Math.abs(a) * (2 * (index + first) + 1) * size(index + first) * harmonicError(index + first, p.n, epsilon), 0);
  const errorAbove = error(p.numerator, 1, (k) => k + 1);
  const errorBelow = error(p.denominator ?? [], 0, () => 1);
  return { value, bound: value.map((v, at) => (errorAbove + Math.abs(v) * errorBelow) / Math.abs(below[Math.floor(at / 3)]!) + 4 * epsilon * Math.abs(v)) };
};

/** An elementary function: its own error and that of the truth. A tanh may be made of an exponential, whose error counts twice. */
function elementwiseOracle(f: (x: number) => number): Oracle<ElementwiseParameters> {
  return (x, _, { epsilon, exponentialUlps }) => {
    const value = x.map(f);
    return { value, bound: value.map((y) => epsilon * (2 + 2 * exponentialUlps) * Math.abs(y)) };
  };
}

/** The truth of each kernel with its bound. */
export const oracles: { readonly [K in KernelName]: Oracle<KernelParameters[K]> } = {
  "attention-drift": attentionDriftOracle,
  "attention-step": attentionStepOracle,
  attention: generalAttentionOracle,
  "interaction-sums": interactionOracle,
  "harmonic-moments": momentOracle,
  "harmonic-drift": harmonicDriftOracle,
  "harmonic-step": harmonicStepOracle,
  "spherical-moments": sphericalMomentOracle,
  "spherical-drift": sphericalDriftOracle,
  ...arrayOracles,
  exp: elementwiseOracle(exp),
  tanh: elementwiseOracle(tanh),
};
