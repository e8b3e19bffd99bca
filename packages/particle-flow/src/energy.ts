/** @file The interaction energy that both flows climb, and its exact rate. */
import { attentionDrift, interactionSums } from "@mesoscope/kernels";
import { DomainError, requireInteger } from "@mesoscope/numerics";
import type { AttentionFlow, TimeUnit } from "./flow.js";
import { attentionFlow, exponentShift } from "./flow.js";

function tokensOf(x: Float64Array, { d }: AttentionFlow): number {
  return requireInteger("x.length / d", x.length / d, { min: 1 }, "Give whole rows of d numbers.");
}

/** Phi_i of one replica (n), divided by e^{|beta|} in scaled time. */
function potentials(x: Float64Array, flow: AttentionFlow, time: TimeUnit): Float64Array {
  const n = tokensOf(x, flow);
  const phi = new Float64Array(n);
  interactionSums(x, { batch: 1, n, d: flow.d, beta: flow.beta, shift: exponentShift({ ...flow, flow: "USA" }, time) }, phi);
  return phi;
}

/**
 * Interaction energy E = (1 / (2 beta n^2)) sum_{i,j} e^{beta <x_i, x_j>}, [eq:energy]. Both flows climb it.
 *
 * @param x    tokens of one replica (n, d), unit rows
 * @param time in `scaled` time the energy is divided by e^{|beta|}, so that its rate is that of scaled time
 * @throws DomainError at beta = 0, where the energy is infinite
 */
export function interactionEnergy(x: Float64Array, flow: AttentionFlow, time: TimeUnit = "natural"): number {
  const checked = attentionFlow(flow);
  const { beta } = checked;
  if (beta === 0) throw new DomainError({ name: "beta", value: 0, rule: "must not be 0: the energy carries 1 / beta", remedy: "At beta = 0 both flows climb |mean of the tokens|^2 / 2: use that." });
  const phi = potentials(x, checked, time);
  return phi.reduce((sum, value) => sum + value, 0) / (2 * beta * phi.length);
}

/**
 * Exact rate of the energy along the flow, [eq:energy-rate]:
 *   USA: dE/dt = (1/n) sum_i |v_i|^2,   SA: dE/dt = (1/n) sum_i Phi_i |v_i|^2.
 * Finite at beta = 0 too, where it is the rate of |mean|^2 / 2.
 *
 * @param x tokens of one replica (n, d), unit rows
 */
export function interactionEnergyRate(x: Float64Array, flow: AttentionFlow, time: TimeUnit = "natural"): number {
  const checked = attentionFlow(flow);
  const n = tokensOf(x, checked);
  const { d, beta } = checked;
  const v = new Float64Array(x.length);
  attentionDrift(x, { batch: 1, n, d, flow: checked.flow, beta, shift: exponentShift(checked, time) }, v);
  const phi = checked.flow === "SA" ? potentials(x, checked, time) : undefined;
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    let square = 0;
    for (let k = 0; k < d; k += 1) square += v[i * d + k]! * v[i * d + k]!;
    sum += (phi?.[i] ?? 1) * square;
  }
  return sum / n;
}
