import { exp, requireInRange } from "@mesoscope/numerics";
import { besselIScaledSequence } from "@mesoscope/special-functions";
import { circleTruncation } from "@mesoscope/sphere";
import { type Flow } from "../linear/flow.js";
import { growthRate } from "../linear/growth-rate.js";

/** A kernel-smoothed field on the circle while its modes still grow independently. */
export interface SmoothedField {
  readonly flow: Flow;
  /** Inverse temperature of attention and of the smoothing kernel, > 0. */
  readonly beta: number;
  /** Depth, >= 0; 0 is the field of the initial tokens. */
  readonly time: number;
}

/**
 * Expected number of local maxima of the field sum_j e^{beta cos(theta - theta_j)} of many uniform tokens, [eq:cluster-number]:
 *   E n_c = sqrt(m_4 / m_2),   m_j = sum_k k^j I_k(beta)^2 e^{2 gamma_k t}.
 * The field is Gaussian with that spectrum for n -> infinity (Kac and Rice). t = 0: ~ sqrt(3 beta / 2); t -> infinity: k_max.
 *
 * @throws DomainError unless 0 < beta <= 700 (1e4 for SA) and time >= 0
 */
export function expectedClusterCount({ flow, beta, time }: SmoothedField): number {
  requireInRange("beta", beta, { min: Number.MIN_VALUE, max: flow === "USA" ? 700 : 1e4 });
  requireInRange("time", time, { min: 0, max: Number.MAX_VALUE });
  const count = 4 + circleTruncation(beta, 1e-16);
  const kernel = besselIScaledSequence(0, beta, count + 1);
  const exponents = Array.from({ length: count }, (_, i) => 2 * time * growthRate(i + 1, { flow, beta, d: 2 }));
  const largest = Math.max(...exponents);
  let second = 0;
  let fourth = 0;
  for (let k = 1; k <= count; k++) {
    const power = kernel[k]! * kernel[k]! * exp(exponents[k - 1]! - largest);
    second += k * k * power;
    fourth += k * k * k * k * power;
  }
  return Math.sqrt(fourth / second);
}
