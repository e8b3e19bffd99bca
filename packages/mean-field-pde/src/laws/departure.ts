import { DomainError, exp, integrate, log, requireInRange, requireInteger } from "@mesoscope/numerics";
import { harmonicDimension } from "@mesoscope/sphere";
import { type LinearModel } from "../linear/flow.js";
import { growthRate } from "../linear/growth-rate.js";
import { chiSquaredMean, type ChiSquaredMean } from "./chi-squared-mean.js";
import { effectiveThreshold, saturationOrZero } from "./landau.js";

/** What departs: mode k of n independent uniform tokens, when its amplitude first reaches r. */
export interface Departure extends LinearModel {
  /** Tokens. */
  readonly n: number;
  /** Degree of the mode. */
  readonly k: number;
  /** Threshold of |Z_k| (circle) or of the square root of S_k (d >= 3), 0 < r < 1. */
  readonly r: number;
  /** g; by default what is known, see {@link saturationOrZero}. 0 gives the linear law. */
  readonly saturation?: number;
}

/** The law of a departure time. Times are depths t >= 0. */
export interface DepartureLaw {
  readonly k: number;
  /** gamma_k. */
  readonly rate: number;
  /** Number of harmonics of the degree: 2 on the circle. */
  readonly degreesOfFreedom: number;
  readonly saturation: number;
  /** M = n r^2 / (1 - g r^2): the factor by which the mean power must grow. */
  readonly growth: number;
  /** P(T = 0): the mode is over the threshold from the beginning. */
  readonly atom: number;
  readonly mean: number;
  readonly sd: number;
  /** Error of the quadrature in `mean` and `sd`; the parts that are not closed forms. */
  readonly numericalError: number;
  cdf(t: number): number;
  survival(t: number): number;
  /** The t with P(T <= t) = p, 0 for p up to the atom. */
  quantile(p: number): number;
  /** Density of the law continued to negative times (before the truncation at 0); it integrates to 1 over the line. */
  density(t: number): number;
  /** P(T > t) of the continued law, any sign of t. */
  continuedSurvival(t: number): number;
}

/**
 * Law of the departure time of one mode, [eq:departure-law]:
 *   T = max(0, [ln n + ln(r^2 / (1 - g r^2)) - ln X] / (2 gamma_k)),   X ~ chi2_D / D  (circle: X ~ Exp(1), so -ln X is a standard Gumbel).
 * Before truncation the mean is (ln M + ln(D/2) - psi(D/2)) / (2 gamma_k) and the deviation sqrt(psi'(D/2)) / (2 gamma_k); the
 * correction for T = 0 is added by quadrature.
 *
 * Valid for one dominant mode and to leading order in 1/n: see {@link singleModeMeters}.
 *
 * @throws DomainError if the mode does not grow, or r, n, k are out of range
 * @see Bruno, Pasqualotto, Agazzi, arXiv:2410.23228, for the logarithmic time scale
 */
export function departureLaw(departure: Departure): DepartureLaw {
  const { n, k, r } = departure;
  requireInteger("n", n, { min: 1 });
  const rate = growthRate(k, departure);
  if (!(rate > 0)) {
    throw new DomainError({ name: "k", value: k, rule: `must be a growing mode, its rate at beta = ${departure.beta} is ${rate}`, remedy: "Take dominantDegree(beta, d).k." });
  }
  const saturation = departure.saturation ?? saturationOrZero(k, departure);
  const growth = n * effectiveThreshold(r, saturation);
  const power = chiSquaredMean(harmonicDimension(k, departure.d));
  return lawOf({ k, rate, saturation, growth, power });
}

interface LawParts {
  readonly k: number;
  readonly rate: number;
  readonly saturation: number;
  readonly growth: number;
  readonly power: ChiSquaredMean;
}

function lawOf({ k, rate, saturation, growth, power }: LawParts): DepartureLaw {
  const needed = (t: number): number => growth * exp(-2 * rate * t);
  const continuedSurvival = (t: number): number => power.cdf(needed(t));
  const moments = truncatedMoments(rate, growth, power);
  return Object.freeze({
    k,
    rate,
    degreesOfFreedom: power.degreesOfFreedom,
    saturation,
    growth,
    atom: power.survival(growth),
    ...moments,
    cdf: (t: number) => (t < 0 ? 0 : power.survival(needed(t))),
    survival: (t: number) => (t < 0 ? 1 : continuedSurvival(t)),
    quantile: (p: number) => Math.max(0, (log(growth) - log(power.upperQuantile(requireInRange("p", p, { min: 0, max: 1 })))) / (2 * rate)),
    density: (t: number) => 2 * rate * power.logDensity(needed(t)),
    continuedSurvival,
  });
}

/** In units of 1/(2 rate): s = ln M - ln X; E max(0, s) = E s + E max(0, -s), and E max(0, s)^2 = E s^2 - E max(0, -s)^2. */
function truncatedMoments(rate: number, growth: number, power: ChiSquaredMean): { mean: number; sd: number; numericalError: number } {
  const centre = log(growth) - power.meanLog;
  const early = (s: number): number => power.survival(growth * exp(s));
  const reach = earlyReach(growth, power);
  const accuracy = { relative: 1e-12, absolute: 1e-14 };
  const first = reach === 0 ? none : integrate(early, 0, reach, accuracy);
  const second = reach === 0 ? none : integrate((s) => 2 * s * early(s), 0, reach, accuracy);
  const mean = centre + first.value;
  const square = centre * centre + power.varianceLog - second.value;
  // For s entirely above 0 the variance is exactly that of ln X; otherwise the difference of two moments is of order one and loses nothing.
  const variance = first.value === 0 ? power.varianceLog : Math.max(0, square - mean * mean);
  const scale = 1 / (2 * rate);
  const sd = Math.sqrt(variance);
  const error = first.error + (second.error + 2 * Math.abs(mean) * first.error) / (2 * Math.max(sd, 1e-8));
  return { mean: mean * scale, sd: sd * scale, numericalError: error * scale };
}

const none = { value: 0, error: 0 };

/** How far above ln M the logarithm of X can reach with a probability worth integrating. */
function earlyReach(growth: number, power: ChiSquaredMean): number {
  if (power.survival(growth) < 1e-18) return 0;
  let reach = 1;
  while (power.survival(growth * exp(reach)) > 1e-18) reach += 1;
  return reach;
}
