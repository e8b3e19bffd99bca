import { exp, log } from "@mesoscope/numerics";
import { logGamma } from "@mesoscope/special-functions";
import { funkHeckeRatio } from "@mesoscope/sphere";
import { requireLinearModel } from "../linear/flow.js";
import { growthRate } from "../linear/growth-rate.js";
import { departureLaw, type Departure } from "./departure.js";

/**
 * What the free double mode adds to the variance of the departure time of mode k on the circle, [eq:double-noise].
 *
 * To the next order Z_k' = gamma_k Z_k (1 - g |Z_k|^2) + c Z_2k conj(Z_k), where Z_2k(t) = Z_2k(0) e^{gamma_2k t} is the part of the
 * double that is not slaved: it slows or speeds the growth at random. With r_m = I_m/I_0,
 *   USA c = gamma_2k/2 - gamma_k,   SA c = (gamma_2k/2)(1 - r_k) - gamma_k (1 - r_2k),
 *   Var T += c^2 / (2 n gamma_k^2 gamma_2k^2) E[(e^{gamma_2k T} - 1)^2],
 *   E[(e^{gamma_2k T} - 1)^2] = M^a Gamma(1 - a) - 2 M^{a/2} Gamma(1 - a/2) + 1,   a = gamma_2k / gamma_k < 1.
 * It falls like n^{a - 1} only. The mean does not change to this order.
 *
 * @returns the variance in depth squared, 0 where the double does not grow; undefined off the circle, for a >= 1, and where it would
 *   exceed the variance of the law itself: there it is no correction any more
 */
export function doubleModeVariance(departure: Departure): number | undefined {
  requireLinearModel(departure);
  const { k, beta, d, flow, n } = departure;
  if (d !== 2) return undefined;
  const law = departureLaw(departure);
  const double = growthRate(2 * k, departure);
  const a = double / law.rate;
  if (double <= 0) return 0;
  if (a >= 1) return undefined;
  const one = flow === "SA" ? 1 - funkHeckeRatio(k, 2, beta) : 1;
  const two = flow === "SA" ? 1 - funkHeckeRatio(2 * k, 2, beta) : 1;
  const coupling = (double / 2) * one - law.rate * two;
  const moment = (p: number): number => exp(p * log(law.growth) + logGamma(1 - p));
  const square = Math.max(0, moment(a) - 2 * moment(a / 2) + 1);
  const scale = coupling / (law.rate * double);
  const variance = (scale * scale * square) / (2 * n);
  return variance < law.sd * law.sd ? variance : undefined;
}
