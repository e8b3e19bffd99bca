import { DomainError, requireInRange } from "@mesoscope/numerics";
import { besselIRatio } from "@mesoscope/special-functions";
import { requireDegree, requireLinearModel, type LinearModel } from "../linear/flow.js";

/** Saturation of one mode, Z_k' = gamma_k Z_k (1 - g |Z_k|^2), whose double is slaved to it, Z_2k = B Z_k^2. */
export interface LandauCoefficients {
  /** g: how fast the growth slows with the square of the amplitude. */
  readonly saturation: number;
  /** B: amplitude of the slaved double mode, or undefined off the circle. */
  readonly doubling: number | undefined;
}

/**
 * Landau coefficients of mode k, [eq:landau].
 *
 * Circle: USA g = 1 exactly and B = 2 gamma_k / (2 gamma_k - gamma_2k); SA, with r1 = I_k/I_0 and r2 = I_2k/I_0,
 *   B = (1 - r1) / (1 - 2 r2/r1),   g = (1 - r1) [1 + r2 / (1 - 2 r2/r1) + r1].
 * At beta = 0, k = 1 and any d: g = d^2 / ((d + 2)(d - 1)).
 * They are asymptotic in small amplitude: within about 1 % at |Z_k| = 0.1.
 *
 * @throws DomainError where no g is known (d >= 3 unless beta = 0 and k = 1; there even degrees couple quadratically, so only
 *   small thresholds are predicted), or where the double outgrows its source, gamma_2k >= 2 gamma_k, and is not slaved
 */
export function landauCoefficients(k: number, model: LinearModel): LandauCoefficients {
  requireDegree(k);
  requireLinearModel(model);
  const { flow, beta, d } = model;
  if (beta === 0 && k === 1) return { saturation: (d * d) / ((d + 2) * (d - 1)), doubling: d === 2 ? 1 : undefined };
  if (d !== 2) {
    throw new DomainError({
      name: "d",
      value: d,
      rule: "has a known saturation only for d = 2, or for k = 1 at beta = 0",
      remedy: "Use saturation 0 and a small threshold r.",
    });
  }
  const { first, ratio } = doubleRatio(k, beta);
  const slaving = 1 - 2 * ratio;
  if (!(slaving > 0)) {
    throw new DomainError({ name: "k", value: k, rule: `must outgrow half of its double (gamma_2k < 2 gamma_k) at beta = ${beta}`, remedy: "Take a larger k, or saturation 0." });
  }
  if (flow === "USA") return { saturation: 1, doubling: 1 / slaving };
  const factor = 1 - first;
  return { saturation: factor * (1 + (first * ratio) / slaving + first), doubling: factor / slaving };
}

/**
 * g of mode k where the slaved picture is safe, that is where gamma_2k <= gamma_k, and 0 (the linear law) elsewhere.
 * For USA on the circle g = 1 whatever the double does.
 */
export function saturationOrZero(k: number, model: LinearModel): number {
  requireDegree(k);
  requireLinearModel(model);
  const { flow, beta, d } = model;
  if (beta === 0 && k === 1) return landauCoefficients(1, model).saturation;
  if (d !== 2) return 0;
  if (flow === "USA") return 1;
  return 4 * Math.abs(doubleRatio(k, beta).ratio) <= 1 ? landauCoefficients(k, model).saturation : 0;
}

/**
 * q = r^2 / (1 - g r^2): the squared amplitude that a mode growing without saturation would have when the real one reaches r.
 * @throws DomainError unless 0 < r < 1 and g r^2 < 1
 */
export function effectiveThreshold(r: number, saturation: number): number {
  requireInRange("r", r, { min: Number.MIN_VALUE, max: 1 - Number.EPSILON }, "Give a threshold of the order parameter between 0 and 1.");
  const remaining = 1 - saturation * r * r;
  if (remaining > 0) return (r * r) / remaining;
  throw new DomainError({ name: "r", value: r, rule: `must lie below the amplitude ${1 / Math.sqrt(saturation)} at which the Landau law saturates`, remedy: "Give a smaller r." });
}

/** I_k/I_0 and I_2k/I_k, with the signs of beta. gamma_2k/gamma_k is 4 times the second. */
function doubleRatio(k: number, beta: number): { readonly first: number; readonly ratio: number } {
  let first = 1;
  let ratio = 1;
  for (let j = 0; j < k; j++) {
    first *= besselIRatio(j, Math.abs(beta));
    ratio *= besselIRatio(k + j, Math.abs(beta));
  }
  const odd = beta < 0 && k % 2 === 1;
  return odd ? { first: -first, ratio: -ratio } : { first, ratio };
}
