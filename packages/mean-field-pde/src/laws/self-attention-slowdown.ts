import { cos, exp, requireInteger, requirePositive, sin } from "@mesoscope/numerics";
import { logFunkHecke } from "@mesoscope/sphere";
import { requireDegree, requireLinearModel, type LinearModel } from "../linear/flow.js";
import { growthRate } from "../linear/growth-rate.js";

/**
 * C of the first finite-n correction to the growth of degree k, [eq:self-attention-slowdown]: for n independent uniform tokens
 *   d/dt E S_k at t = 0 is (2 gamma_k / n)(1 - C/n + O(1/n^2)).
 * USA: C = 1 exactly, without further terms. SA, with c_k the Funk-Hecke coefficients in dimension d,
 *   C = e^beta / c_0(beta) + c_k(2 beta) / (2 c_k(beta) c_0(beta)) - c_0(2 beta) / c_0(beta)^2
 * (circle: c_k = I_k). The first term is a token attending to itself: the mean-field law needs n >> C.
 *
 * Derivation: only the pairs contribute to the mean, since the tangential direction of a third token averages out, and
 * the normaliser is expanded about its mean n c_0.
 *
 * @throws DomainError at beta = 0 for k >= 2, which does not grow
 */
export function selfAttentionSlowdown(k: number, model: LinearModel): number {
  requireDegree(k);
  requireLinearModel(model);
  const { flow, beta, d } = model;
  if (flow === "USA" || (beta === 0 && k === 1)) return 1;
  requirePositive("|beta|", Math.abs(beta), "At beta = 0 only degree 1 grows.");
  const size = Math.abs(beta);
  const zero = logFunkHecke(0, d, size);
  const own = exp(beta - zero);
  const pair = exp(logFunkHecke(k, d, 2 * size) - logFunkHecke(k, d, size) - zero) / 2;
  const noise = exp(logFunkHecke(0, d, 2 * size) - 2 * zero);
  return own + pair - noise;
}

/**
 * The factor by which n tokens grow more slowly than the limit: 1 - 1/n for USA (exact at t = 0), 1/(1 + C/n) for SA, which equals
 * 1 - C/n to first order and stays positive where n < C.
 */
export function growthSlowdown(k: number, model: LinearModel, n: number): number {
  requireInteger("n", n, { min: 1 });
  const coefficient = selfAttentionSlowdown(k, model);
  return model.flow === "USA" ? 1 - coefficient / n : 1 / (1 + Math.max(0, coefficient) / n);
}

/**
 * d/dt E S_k at t = 0 for n independent uniform tokens: (2 gamma_k / n)(1 - C/n); exact for USA at every n, first order for SA.
 */
export function initialStructureGrowth(k: number, model: LinearModel, n: number): number {
  requireInteger("n", n, { min: 1 });
  return ((2 * growthRate(k, model)) / n) * (1 - selfAttentionSlowdown(k, model) / n);
}

/**
 * The same exactly for two softmax tokens on the circle: k E[sin(k phi) sin(phi) e^{beta cos phi} / (e^beta + e^{beta cos phi})], phi
 * uniform. The integrand is smooth and periodic, so the trapezoid rule converges geometrically.
 */
export function pairStructureGrowth(k: number, beta: number): number {
  requireDegree(k);
  requireLinearModel({ flow: "SA", beta, d: 2 });
  const nodes = 64 * Math.ceil(1 + (k + Math.abs(beta)) / 8);
  let sum = 0;
  for (let j = 0; j < nodes; j++) {
    const phi = (2 * Math.PI * (j + 0.5)) / nodes;
    sum += (sin(k * phi) * sin(phi)) / (1 + exp(beta * (1 - cos(phi))));
  }
  return (k * sum) / nodes;
}
