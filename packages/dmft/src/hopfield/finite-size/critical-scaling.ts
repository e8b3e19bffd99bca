/** @file Universal numbers of critical points under noise, and the moments of an amplitude near one. */
import { exp, integrate, requireFinite, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { BifurcationKind } from "../orbits/bifurcations.js";
import type { NormalForm } from "./normal-form.js";

/** Powers of N at a critical point. */
export interface CriticalExponents {
  /** The transition is rounded over |beta - beta_c| ~ N^-width. */
  readonly width: number;
  /** The amplitude at the point is ~ N^-amplitude. */
  readonly amplitude: number;
  /** Relaxation takes ~ N^slowing tokens. */
  readonly slowing: number;
  /** <|z|^4> / <|z|^2>^2 at the point as N grows; none at a fold, where there is no stationary law. */
  readonly momentRatio?: number;
}

/** Gamma(1/4) Gamma(5/4) / Gamma(3/4)^2: moments of exp(-x^4) on the line. */
const SCALAR_RATIO = 2.188439615226477;

/**
 * Exponents of noise-driven maps [eq:one-bit-critical-scaling]. By balance of drift and noise: g a^4 ~ sigma^2/N at a pitchfork, flip or Neimark-Sacker point;
 * a^3 ~ sigma^2/N at a fold.
 */
export const criticalExponents: Readonly<Record<BifurcationKind, CriticalExponents>> = Object.freeze({
  "branch-point": { width: 1 / 2, amplitude: 1 / 4, slowing: 1 / 2, momentRatio: SCALAR_RATIO },
  flip: { width: 1 / 2, amplitude: 1 / 4, slowing: 1 / 2, momentRatio: SCALAR_RATIO },
  "neimark-sacker": { width: 1 / 2, amplitude: 1 / 4, slowing: 1 / 2, momentRatio: Math.PI / 2 },
  fold: { width: 2 / 3, amplitude: 1 / 3, slowing: 1 / 3 },
});

/** <|z|^2> and <|z|^4>. */
export interface AmplitudeMoments {
  readonly second: number;
  readonly fourth: number;
  /** Relative error of the quadrature. */
  readonly relativeError: number;
}

/**
 * Stationary moments of the noise-driven normal form, to leading order in 1/N [eq:one-bit-critical-law]: density ~ |z|^(D-1) exp{(2 D N/sigma^2)(eps |z|^2/2 - g |z|^4/4)}
 * in D = 1 (scalar) or 2 (complex) dimensions.
 *
 * @param excess eps = |mu| - 1 per period: negative before the point, positive after it
 * @throws DomainError unless g, sigma^2 and N are positive and eps is finite
 */
export function amplitudeMoments({ kind, cubic, noise }: Pick<NormalForm, "kind" | "cubic" | "noise">, excess: number, bits: number): AmplitudeMoments {
  requirePositive("cubic", cubic);
  requirePositive("noise", noise);
  requirePositive("bits", bits);
  requireFinite("excess", excess);
  const dimension = kind === "complex" ? 2 : 1;
  // |z| = scale x, such that the quartic term is x^4: one function of `linear` for every N.
  const strength = (2 * dimension * bits) / noise;
  const scale = Math.sqrt(Math.sqrt(4 / (strength * cubic)));
  const linear = (strength * excess * scale * scale) / 2;
  const peak = linear > 0 ? Math.sqrt(linear / 2) : 0;
  const top = peak * peak * (linear - peak * peak);
  // Sixteen standard deviations of the Gaussian that it is far from the point; at the point, down to e^-4096.
  const reach = 8 / Math.sqrt(1 + Math.abs(linear));
  const moment = (power: number): { value: number; error: number } => {
    const density = (x: number): number => raised(x, dimension - 1 + power) * exp(x * x * (linear - x * x) - top);
    const { value, error } = integrate(density, Math.max(0, peak - reach), peak + reach, { relative: 1e-12, absolute: 0 });
    return { value, error: error / value };
  };
  const [zero, two, four] = [moment(0), moment(2), moment(4)];
  return { second: (scale * scale * two.value) / zero.value, fourth: (scale * scale * scale * scale * four.value) / zero.value, relativeError: zero.error + two.error + four.error };
}

/** Periods in which the amplitude forgets at the point: sqrt(N / (g sigma^2)). */
export function criticalTime({ cubic, noise }: Pick<NormalForm, "cubic" | "noise">, bits: number): number {
  return Math.sqrt(bits / (requirePositive("cubic", cubic) * requirePositive("noise", noise)));
}

function raised(x: number, power: number): number {
  requireInteger("power", power, { min: 0 });
  let out = 1;
  for (let i = 0; i < power; i++) out *= x;
  return out;
}
