import { DomainError, bracketedRoot, integrate, requireInRange } from "@mesoscope/numerics";
import { type LinearModel } from "../linear/flow.js";
import { growthRate } from "../linear/growth-rate.js";
import { departureLaw, type DepartureLaw } from "./departure.js";

/** A race: the modes that may depart first from n independent uniform tokens. */
export interface Race extends LinearModel {
  readonly n: number;
  /** Common threshold of all modes. */
  readonly r: number;
  /** Degrees that compete; those that do not grow are left out. */
  readonly modes: readonly number[];
  /**
   * "landau" (default): each mode saturates as if it were alone, q_k = r^2/(1 - g_k r^2). "linear": every mode grows exponentially up
   * to r, g_k = 0. At small r saturation delays all modes alike, so that it matters for when, hardly for which.
   */
  readonly saturation?: "linear" | "landau";
}

/** Law of the first departure of any mode, and of which one it is. */
export interface FirstDepartureLaw {
  /** One law for each competing mode, in the order of the degrees. */
  readonly modes: readonly DepartureLaw[];
  readonly atom: number;
  readonly mean: number;
  readonly sd: number;
  readonly numericalError: number;
  survival(t: number): number;
  cdf(t: number): number;
  quantile(p: number): number;
}

/** The chance of one mode to depart first. */
export interface Selection {
  readonly k: number;
  readonly probability: number;
  readonly numericalError: number;
}

/**
 * First departure of any of several independent modes, [eq:first-departure]:
 *   P(T > t) = prod_k P(X_k < M_k e^{-2 gamma_k t}),   on the circle prod_k (1 - exp(-M_k e^{-2 gamma_k t})).
 * Mean and deviation by quadrature of the survival function, quantiles by a bracketed root.
 *
 * @throws DomainError if no mode grows
 */
export function firstDepartureLaw(race: Race): FirstDepartureLaw {
  const modes = competitors(race);
  const survival = (t: number): number => {
    if (t < 0) return 1;
    let product = 1;
    for (const mode of modes) product *= mode.continuedSurvival(t);
    return product;
  };
  const end = horizonOf(survival, modes);
  const first = piecewise(survival, 0, end, { relative: 1e-11, absolute: 1e-13 * end });
  const mean = first.value;
  // Var T = 2 int_0^m (m - t)(1 - S) dt + 2 int_m^end (t - m) S dt, both parts positive: nothing cancels.
  const accuracy = { relative: 1e-11, absolute: 1e-13 * end * end };
  const early = piecewise((t) => 2 * (mean - t) * (1 - survival(t)), 0, mean, accuracy);
  const late = piecewise((t) => 2 * (t - mean) * survival(t), mean, end, accuracy);
  const sd = Math.sqrt(early.value + late.value);
  return Object.freeze({
    modes,
    atom: 1 - survival(0),
    mean,
    sd,
    numericalError: first.error + (early.error + late.error) / Math.max(2 * sd, 1e-12 * end),
    survival,
    cdf: (t: number) => 1 - survival(t),
    quantile: (p: number) => quantileOf(survival, end, p),
  });
}

/**
 * Probability that each mode departs first, [eq:mode-selection]:
 *   P(k) = int f_k(t) prod_{j != k} P(T_j > t) dt,
 * over the law continued to negative times, so that ties at t = 0 are decided as the growth would have it; the sum is 1.
 *
 * As M = n r^2 grows, a rival at a = gamma_k / gamma_max keeps Gamma(1 + 1/a) M^{-(1-a)/a}: very slowly for large beta, so the integral is needed.
 */
export function modeSelection(race: Race): readonly Selection[] {
  const modes = competitors(race);
  const width = 1 / (2 * Math.max(...modes.map((mode) => mode.rate)));
  const everyone = (t: number): number => modes.reduce((product, mode) => product * mode.continuedSurvival(t), 1);
  let from = 0;
  while (everyone(from) < 1 && from > -60 * width) from -= width;
  const to = horizonOf(everyone, modes);
  return modes.map((mode) => {
    const others = modes.filter((other) => other !== mode);
    const integrand = (t: number): number => others.reduce((product, other) => product * other.continuedSurvival(t), mode.density(t));
    const { value, error } = piecewise(integrand, from, to, { relative: 1e-10, absolute: 1e-14 });
    return { k: mode.k, probability: Math.min(1, Math.max(0, value)), numericalError: error };
  });
}

function competitors(race: Race): readonly DepartureLaw[] {
  const { modes, saturation = "landau", ...departure } = race;
  // A mode that does not grow never departs.
  const growing = modes.filter((k) => growthRate(k, departure) > 0);
  const laws = growing.map((k) => departureLaw({ ...departure, k, ...(saturation === "linear" ? { saturation: 0 } : {}) }));
  if (laws.length > 0) return laws;
  throw new DomainError({ name: "modes", value: modes, rule: "must contain a growing mode", remedy: "Take competingDegrees(beta, d)." });
}

/** The time after which the survival function is below 1e-18: beyond the mean it falls at least as fast as its fastest mode. */
function horizonOf(survival: (t: number) => number, modes: readonly DepartureLaw[]): number {
  const step = 1 / Math.max(...modes.map((mode) => mode.rate));
  let end = step;
  while (survival(end) > 1e-18) end += step;
  return end;
}

/** Eight panels, so that the adaptive rule cannot step over a narrow law on a long interval. */
function piecewise(f: (t: number) => number, from: number, to: number, accuracy: { relative: number; absolute: number }): { value: number; error: number } {
  const panels = 8;
  let value = 0;
  let error = 0;
  for (let p = 0; p < panels; p++) {
    const a = from + ((to - from) * p) / panels;
    const b = from + ((to - from) * (p + 1)) / panels;
    const part = integrate(f, a, b, accuracy);
    value += part.value;
    error += part.error;
  }
  return { value, error };
}

function quantileOf(survival: (t: number) => number, end: number, p: number): number {
  requireInRange("p", p, { min: 0, max: 1 });
  if (survival(0) <= 1 - p) return 0;
  if (p === 1) return Infinity;
  return bracketedRoot((t) => survival(t) - (1 - p), 0, end, { tolerance: 1e-13 * end, maxIterations: 300 }).root;
}
