/**
 * @file The catalogue: every kernel a backend may have, with its parameters, shapes and meaning. A kernel is a formula
 * on arrays; what it is used for is the business of the packages above.
 *
 * Arrays: tokens x are (R, n, d) with unit rows, angles theta are (R, n) in radians and are never wrapped, R replicas
 * that do not see each other. Replica r of a batch has the same bytes as the same replica alone.
 */
import { arrayCatalogue } from "./array-catalogue.js";
import type { CatalogueEntry, KernelShapes } from "./catalogue-entry.js";
import type { Dtype } from "./dtype.js";
import { KernelError } from "./kernel-error.js";
import type { KernelName, KernelParameters } from "./parameters.js";
import { checkAngleSize, checkAttention, checkGeneralAttention, checkHarmonics, checkInteraction, checkMoments, checkSpherical, checkSphericalMoments, checkStep } from "./parameter-rules.js";
import type { Shape } from "./shape.js";

export type { CatalogueEntry, KernelShapes } from "./catalogue-entry.js";
export type { KernelName, KernelParameters } from "./parameters.js";

/** What one kernel of one backend can take; a limit that is left out is memory only. */
export interface KernelLimits {
  readonly dtypes: readonly Dtype[];
  readonly maxBatch?: number;
  readonly maxTokens?: number;
  readonly maxDimension?: number;
  /** Highest harmonic: order on the circle, degree on the sphere. */
  readonly maxOrder?: number;
}

const tokens = ({ batch, n, d }: { batch: number; n: number; d: number }): Shape => [batch, n, d];
const angles = ({ batch, n }: { batch: number; n: number }): Shape => [batch, n];

/** The kernels. */
export const catalogue: { readonly [K in KernelName]: CatalogueEntry<KernelParameters[K]> } = Object.freeze({
  "attention-drift": {
    meaning:
      "Drift of self-attention with Q = K = V = I, [eq:sa], [eq:usa]: v_i = m_i - <x_i, m_i> x_i with m_i = sum_j w_ij (x_j - x_i). " +
      "SA: w_i = softmax_j(beta <x_i, x_j>), with the largest score of the row subtracted. USA: w_ij = exp(beta (<x_i, x_j> - shift)) / n. " +
      "Causal: keys j <= i, and USA divides by their number. Rows are used as given, unit or not. x (R, n, d) -> v (R, n, d).",
    iterates: false,
    check: checkAttention,
    shapes: (p) => ({ inputs: [tokens(p)], outputs: [tokens(p)] }),
  },
  "attention-step": {
    meaning:
      "One explicit Runge-Kutta step of length dt of the flow of attention-drift, in the ambient space, after which every row is divided by its length. " +
      "x (R, n, d) -> x (R, n, d).",
    iterates: true,
    check: (p) => {
      checkAttention(p);
      checkStep(p);
    },
    shapes: (p) => ({ inputs: [tokens(p)], outputs: [tokens(p)] }),
  },
  attention: {
    meaning:
      "y_i = sum_j w_ij v_j of queries, keys and values. SA: w_i = softmax_j(beta <q_i, k_j>). USA: w_ij = exp(beta (<q_i, k_j> - shift)) / m. " +
      "Causal: keys j <= i, and USA divides by their number. q (R, n, d), k (R, m, d), v (R, m, e) -> y (R, n, e).",
    iterates: false,
    check: checkGeneralAttention,
    shapes: ({ batch, n, m, d, e }) => ({ inputs: [[batch, n, d], [batch, m, d], [batch, m, e]], outputs: [[batch, n, e]] }),
  },
  "interaction-sums": {
    meaning: "Phi_i = (1/n) sum_j exp(beta (<x_i, x_j> - shift)), the own term included. x (R, n, d) -> Phi (R, n).",
    iterates: false,
    check: checkInteraction,
    shapes: (p) => ({ inputs: [tokens(p)], outputs: [[p.batch, p.n]] }),
  },
  "harmonic-moments": {
    meaning: "Z_k = (1/n) sum_j exp(i k theta_j), k = 0..K, [eq:moments]; last axis real and imaginary part. theta (R, n) -> Z (R, K + 1, 2).",
    iterates: false,
    check: checkMoments,
    shapes: (p) => ({ inputs: [angles(p)], outputs: [[p.batch, p.order + 1, 2]] }),
  },
  "harmonic-drift": {
    meaning:
      "v_i = sum_{m=1..K} a_m Im(Z_m e^{-i m theta_i}) / sum_{m=0..K'} b_m Re(Z_m e^{-i m theta_i}), [eq:circle-fourier], with the moments Z of the same angles; " +
      "without b the numerator alone. theta (R, n) -> v (R, n).",
    iterates: false,
    check: checkHarmonics,
    shapes: (p) => ({ inputs: [angles(p)], outputs: [angles(p)] }),
  },
  "harmonic-step": {
    meaning: "One explicit Runge-Kutta step of length dt of theta' = harmonic-drift(theta). theta (R, n) -> theta (R, n).",
    iterates: true,
    check: (p) => {
      checkHarmonics(p);
      checkStep(p);
    },
    shapes: (p) => ({ inputs: [angles(p)], outputs: [angles(p)] }),
  },
  "spherical-moments": {
    meaning:
      "M_km = (1/n) sum_j Y_km(x_j), degrees k = 0..K, orders m = -k..k at k^2 + k + m, [eq:spherical-moments], with the real harmonics orthonormal for the uniform probability measure: " +
      "sum_m Y_km(x) Y_km(y) = (2k + 1) P_k(<x, y>). Rows are unit vectors. x (R, n, 3) -> M (R, (K + 1)^2).",
    iterates: false,
    check: checkSphericalMoments,
    shapes: ({ batch, n, degree }) => ({ inputs: [[batch, n, 3]], outputs: [[batch, (degree + 1) * (degree + 1)]] }),
  },
  "spherical-drift": {
    meaning:
      "v_i = grad_{x_i} sum_{k=1..K} a_k sum_m M_km Y_km(x_i) / sum_{k=0..K'} b_k sum_m M_km Y_km(x_i), [eq:sphere-harmonics], the gradient along the sphere, with the moments M of the same points; " +
      "without b the numerator alone. For a_k = c_k / beta and b_k = c_k, the Funk-Hecke coefficients, this is attention on S^2. x (R, n, 3) -> v (R, n, 3).",
    iterates: false,
    check: checkSpherical,
    shapes: ({ batch, n }) => ({ inputs: [[batch, n, 3]], outputs: [[batch, n, 3]] }),
  },
  ...arrayCatalogue,
  exp: {
    meaning: "y = e^x, number by number. A deterministic backend gives in f64 the bits of exp of @mesoscope/numerics. x (R, n) -> y (R, n).",
    iterates: false,
    check: checkAngleSize,
    shapes: (p) => ({ inputs: [angles(p)], outputs: [angles(p)] }),
  },
  tanh: {
    meaning: "y = tanh x, number by number. A deterministic backend gives in f64 the bits of tanh of @mesoscope/numerics. x (R, n) -> y (R, n).",
    iterates: false,
    check: checkAngleSize,
    shapes: (p) => ({ inputs: [angles(p)], outputs: [angles(p)] }),
  },
});

/** The names, in the order of the catalogue. */
export const kernelNames: readonly KernelName[] = Object.freeze(Object.keys(catalogue) as KernelName[]);

/**
 * The entry of a kernel.
 * @throws KernelError (code `unknown-kernel`) listing the names.
 */
export function catalogueEntry<K extends KernelName>(kernel: K): CatalogueEntry<KernelParameters[K]> {
  if (!Object.hasOwn(catalogue, kernel)) {
    throw new KernelError({
      code: "unknown-kernel",
      what: `kernel ${JSON.stringify(kernel)}`,
      rule: "is not in the catalogue",
      remedy: `Take one of ${kernelNames.join(", ")}.`,
    });
  }
  return catalogue[kernel];
}

/**
 * Checks a request against the catalogue and the limits of a backend, and gives the shapes: the first lines of every `prepare`.
 * @throws KernelError (`unknown-kernel`, `unsupported`) or DomainError (a parameter).
 */
export function checkedShapes<K extends KernelName>(limits: KernelLimits | undefined, kernel: K, parameters: KernelParameters[K], dtype: Dtype): KernelShapes {
  const entry = catalogueEntry(kernel);
  entry.check(parameters);
  const unsupported = (rule: string): KernelError =>
    new KernelError({ code: "unsupported", what: `kernel "${kernel}"`, rule, remedy: "Take another backend; the reference backend has no limits but memory." });
  if (limits === undefined) throw unsupported("is not offered by this backend");
  if (!limits.dtypes.includes(dtype)) throw unsupported(`is offered in ${limits.dtypes.join(", ")} here, not in ${dtype}`);
  const asked = parameters as { batch: number; n?: number; d?: number; order?: number; degree?: number; numerator?: readonly number[] };
  const over = (name: string, value: number | undefined, max: number | undefined): void => {
    if (value !== undefined && max !== undefined && value > max) throw unsupported(`takes ${name} up to ${max} here, not ${value}`);
  };
  over("batch", asked.batch, limits.maxBatch);
  over("n", asked.n, limits.maxTokens);
  over("d", asked.d, limits.maxDimension);
  over("order", asked.order ?? asked.degree ?? asked.numerator?.length, limits.maxOrder);
  return entry.shapes(parameters);
}
