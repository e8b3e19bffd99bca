import { DomainError, exp, log } from "@mesoscope/numerics";
import { besselIRatio } from "@mesoscope/special-functions";
import { funkHeckeRatio, harmonicEigenvalue, logFunkHecke } from "@mesoscope/sphere";
import { requireDegree, requireDimension, requireLinearModel, type LinearModel } from "./flow.js";

/**
 * Growth rate of the degree-k harmonics about the uniform measure, [eq:growth-rate]:
 *   gamma_k^SA = (lambda_k / beta) I_{k+nu}(beta) / I_nu(beta),   gamma_k^USA = c_0 gamma_k^SA,
 * with nu = d/2 - 1, lambda_k = k (k + d - 2) and c_0 the mean of e^{beta <x, y>} over the sphere.
 *
 * At beta = 0 only k = 1 moves, gamma_1 = (d - 1)/d; for beta < 0 the sign is (-1)^{k+1}, so odd degrees grow.
 * Unit: one over depth.
 *
 * @remarks every factor is positive, so nothing cancels; relative error below 1e-13 for beta up to 1e3 and k up to 60.
 *   Rates too small for a double are 0.
 * @throws DomainError where the rate of USA exceeds the largest double (|beta| beyond about 700): use
 *   {@link logGrowthRate}, or {@link scaledGrowthRate} with time in units of e^{-beta}.
 * @see Geshkovski, Letrouit, Polyanskiy, Rigollet, arXiv:2312.10794; Bruno, Pasqualotto, Agazzi, arXiv:2410.23228
 */
export function growthRate(k: number, model: LinearModel): number {
  requireDegree(k);
  requireLinearModel(model);
  const { flow, beta, d } = model;
  const softmax = softmaxRate(k, beta, d);
  if (flow === "SA") return softmax;
  const rate = softmax * meanKernel(beta, d);
  if (Number.isFinite(rate)) return rate;
  throw new DomainError({
    name: "beta",
    value: beta,
    rule: "must leave the USA growth rate below the largest double",
    remedy: "Use logGrowthRate, or scaledGrowthRate with time in units of e^{-beta}.",
  });
}

/**
 * ln |gamma_k|, [eq:growth-rate], for rates of any size.
 *
 * @throws DomainError at beta = 0 for k >= 2, where the rate is 0
 */
export function logGrowthRate(k: number, model: LinearModel): number {
  requireDegree(k);
  requireLinearModel(model);
  const { flow, d } = model;
  const beta = Math.abs(model.beta);
  if (beta === 0) {
    if (k === 1) return log((d - 1) / d);
    throw new DomainError({ name: "beta", value: 0, rule: "makes every degree but 1 neutral: its rate 0 has no logarithm", remedy: "Use growthRate." });
  }
  const prefactor = log(harmonicEigenvalue(k, d) / beta);
  const logC = logFunkHecke(k, d, beta);
  return prefactor + (flow === "USA" ? logC : logC - logFunkHecke(0, d, beta));
}

/**
 * e^{-|beta|} gamma_k^USA: the rate of unnormalised attention in the scaled time s = t e^{|beta|} of {@link scaledTime}.
 * It stays below 1 for every beta.
 */
export function scaledGrowthRate(k: number, model: Omit<LinearModel, "flow">): number {
  const { beta, d } = model;
  requireDegree(k);
  requireLinearModel({ flow: "USA", beta, d });
  return softmaxRate(k, beta, d) * exp(logFunkHecke(0, d, Math.abs(beta)) - Math.abs(beta));
}

/**
 * s = t e^{|beta|}: the time in which the speed of unnormalised attention is of order one for every beta.
 * @throws DomainError where it exceeds the largest double
 */
export function scaledTime(t: number, beta: number): number {
  const scaled = t * exp(Math.abs(beta));
  if (Number.isFinite(scaled)) return scaled;
  throw new DomainError({ name: "t", value: t, rule: `must leave t e^|beta| finite (beta = ${beta})`, remedy: "Work in scaled time from the beginning." });
}

/**
 * gamma_{k+1} / gamma_k for beta > 0: strictly decreasing in k, increasing in beta, equal for SA and USA.
 * The rates are therefore unimodal in k, and each transition beta is the one root of ratio = 1.
 */
export function consecutiveRateRatio(k: number, beta: number, d: number): number {
  return (harmonicEigenvalue(k + 1, d) / harmonicEigenvalue(k, d)) * besselIRatio(k + d / 2 - 1, beta);
}

function softmaxRate(k: number, beta: number, d: number): number {
  if (beta === 0) return k === 1 ? (d - 1) / d : 0;
  return (harmonicEigenvalue(k, d) * funkHeckeRatio(k, d, beta)) / beta;
}

/**
 * c_0 = 0F1(; d/2; beta^2/4), the mean of e^{beta <x, y>} over the sphere, [eq:funk-hecke]. All terms are positive; beyond
 * beta = 700, about 700 of them matter, each off by at most one rounding more than the one before, so the sum keeps 13 digits,
 * which the exponential of a logarithm near 700 would not. Infinite where it exceeds the largest double.
 */
export function meanKernel(beta: number, d: number): number {
  requireDimension(d);
  const quarter = (beta * beta) / 4;
  let term = 1;
  let sum = 1;
  let lost = 0;
  for (let m = 0; term > sum * 1e-18 && Number.isFinite(sum); m++) {
    term *= quarter / ((d / 2 + m) * (m + 1));
    const addend = term - lost;
    const next = sum + addend;
    lost = next - sum - addend;
    sum = next;
  }
  return Number.isNaN(sum) ? Infinity : sum;
}
