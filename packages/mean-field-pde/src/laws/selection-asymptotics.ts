import { exp, log, requireInRange, requirePositive } from "@mesoscope/numerics";
import { logGamma } from "@mesoscope/special-functions";

/**
 * Leading order of the chance that a rival mode departs before the fastest one, as M = n r^2 -> infinity, [eq:mode-selection]:
 *   P ~ Gamma(1 + 1/a) M^{-(1 - a)/a},   a = gamma_rival / gamma_max < 1.
 * At beta = 5 on the circle a = 0.879, so the power is -0.138 and convergence is so slow that the exact integral is needed.
 */
export function rivalAsymptotics(rateRatio: number, growth: number): number {
  requireInRange("rateRatio", rateRatio, { min: 1e-3, max: 1 });
  requirePositive("growth", growth);
  return exp(logGamma(1 + 1 / rateRatio) - ((1 - rateRatio) / rateRatio) * log(growth));
}
