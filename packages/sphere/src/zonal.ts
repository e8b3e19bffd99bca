/** @file Funk-Hecke coefficients of any zonal kernel, by adaptive quadrature. */
import { cos, exp, integrate, log, sin, type QuadratureResult } from "@mesoscope/numerics";
import { gegenbauer, logGamma } from "@mesoscope/special-functions";
import { requireDegree, requireDimension } from "./harmonics.js";

/**
 * c_k[f] = integral of f(t) P_k(t) dtau(t), tau the law of one coordinate of a uniform point of S^{d-1}, [eq:funk-hecke]:
 * the kernel f(<x, y>) multiplies harmonics of degree k by it.
 *
 * Integrated over the angle, where the weight sin^{d-2} is bounded for every d >= 2.
 * @param f         kernel on [-1, 1]
 * @param k         degree, integer >= 0
 * @param d         dimension, integer >= 2
 * @param tolerance of the quadrature; there is no default, because it decides what the result is worth
 * @returns value, its error estimate, evaluations and outcome
 * @throws DomainError outside the domain
 */
export function zonalFunkHecke(
  f: (t: number) => number,
  k: number,
  d: number,
  tolerance: { readonly relative: number; readonly absolute: number },
): QuadratureResult {
  requireDegree(k);
  requireDimension(d, 2);
  // The weight's integral is sqrt(pi) Gamma((d-1)/2)/Gamma(d/2).
  const logWeight = logGamma(d / 2) - logGamma((d - 1) / 2) - 0.5 * log(Math.PI);
  const weighted = (angle: number): number => {
    const t = cos(angle);
    const s = sin(angle);
    if (s <= 0) return d === 2 ? exp(logWeight) * f(t) * gegenbauer(k, d, t) : 0;
    return exp((d - 2) * log(s) + logWeight) * f(t) * gegenbauer(k, d, t);
  };
  return integrate(weighted, 0, Math.PI, tolerance);
}
