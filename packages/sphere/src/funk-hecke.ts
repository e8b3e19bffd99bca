/**
 * @file Funk-Hecke coefficients of the kernel exp(beta <x, y>) on S^{d-1} with the uniform probability measure:
 *
 *   integral of exp(beta <x, y>) Y_k(y) dsigma(y) = c_k Y_k(x),   c_k = Gamma(d/2) (2/beta)^nu I_{k+nu}(beta),
 *
 * nu = d/2 - 1. They over- and underflow, so that logarithms and ratios are the primary quantities.
 */
import { log, requireInRange } from "@mesoscope/numerics";
import { besselIRatio, logPochhammer, logReducedBesselI } from "@mesoscope/special-functions";
import { requireDegree, requireDimension } from "./harmonics.js";

/** Kernels steeper than this are refused. */
const LARGEST_BETA = 1e12;

/**
 * log |c_k|, [eq:funk-hecke]. The sign of c_k is (-1)^k for beta < 0, else +.
 *
 * Written as k log(beta/2) - log (d/2)_k + log 0F1(; k + d/2; beta^2/4), which stays accurate as beta -> 0 and never
 * subtracts two log Gammas.
 *
 * @param k    degree, integer >= 0
 * @param d    dimension, integer >= 2
 * @param beta inverse temperature, dimensionless, |beta| <= 1e12
 * @returns error some ulp of the largest of the three terms; 0 for k = 0 = beta; -Infinity for beta = 0 < k
 * @throws DomainError outside the domain
 * @see NIST DLMF 10.32.2, 18.17; Mueller (1966), Spherical harmonics
 */
export function logFunkHecke(k: number, d: number, beta: number): number {
  requireKernel(k, d, beta);
  const b = Math.abs(beta);
  const reduced = logReducedBesselI(k + d / 2 - 1, b);
  if (k === 0) return reduced;
  if (b === 0) return -Infinity;
  return k * log(b / 2) - logPochhammer(d / 2, k) + reduced;
}

/**
 * c_k/c_0 = I_{k+nu}(beta)/I_nu(beta), [eq:funk-hecke]: in [-1, 1], even or odd in beta with k.
 *
 * The product of k ratios of neighbouring orders; each follows from the next by one backward step.
 *
 * @param k    degree, integer >= 0
 * @param d    dimension, integer >= 2
 * @param beta inverse temperature, dimensionless; at 0 the ratio is 1 for k = 0, else 0
 * @returns relative error below (2 + k) ulp; 0 where it underflows
 * @throws DomainError outside the domain
 */
export function funkHeckeRatio(k: number, d: number, beta: number): number {
  requireKernel(k, d, beta);
  if (k === 0) return 1;
  const nu = d / 2 - 1;
  const b = Math.abs(beta);
  let ratio = besselIRatio(nu + k - 1, b);
  let product = ratio;
  for (let j = k - 1; j >= 1; j--) {
    ratio = b / (2 * (nu + j) + b * ratio);
    product *= ratio;
  }
  return beta < 0 && k % 2 === 1 ? -product : product;
}

function requireKernel(k: number, d: number, beta: number): void {
  requireDegree(k);
  requireDimension(d, 2);
  requireInRange("beta", beta, { min: -LARGEST_BETA, max: LARGEST_BETA }, "Give a finite inverse temperature.");
}
