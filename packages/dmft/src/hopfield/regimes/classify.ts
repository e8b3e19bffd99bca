/** @file What a trajectory settles to, told by its two largest exponents and by whether it returns. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { requirePositive } from "@mesoscope/numerics";
import { lyapunovSpectrum } from "../lyapunov/spectrum.js";
import type { LyapunovExponent, LyapunovOptions, LyapunovSpectrum } from "../lyapunov/spectrum.js";
import { meanFieldMap } from "../map/mean-field-map.js";
import type { WindowState } from "../map/window-state.js";
import { findPeriod } from "./period.js";
import type { FoundPeriod, PeriodOptions } from "./period.js";

export interface RegimeOptions extends LyapunovOptions {
  /** An exponent within this of zero counts as zero, nats per token. */
  readonly zero: number;
  /** Standard errors by which an exponent must be on its side of the border before it is decided; 3 is usual. */
  readonly margin: number;
  readonly period: PeriodOptions;
}

/** The regimes in the order in which they are numbered on maps: see {@link REGIMES}. */
export type RegimeKind = "fixed-point" | "periodic" | "quasi-periodic" | "chaos" | "hyperchaos" | "undecided";

/** All regimes; a map of regimes stores the place in this list. */
export const REGIMES: readonly RegimeKind[] = Object.freeze(["fixed-point", "periodic", "quasi-periodic", "chaos", "hyperchaos", "undecided"]);

/**
 * Why nothing was decided:
 * - `largest-exponent-uncertain`: its error reaches across a border: more tokens;
 * - `second-exponent-uncertain`: chaos for sure, hyperchaos perhaps: more tokens;
 * - `no-return-found`: contracting, but no period up to the longest: a longer burn-in or longer periods;
 * - `returns-without-contraction`: it returns, but its exponent is zero: at a bifurcation, or a torus with a near return;
 * - `still-drifting`: the halves of the run differ: a longer burn-in.
 */
export type UndecidedReason = "largest-exponent-uncertain" | "second-exponent-uncertain" | "no-return-found" | "returns-without-contraction" | "still-drifting";

export type Regime =
  | { readonly kind: "fixed-point"; readonly period: 1 }
  | { readonly kind: "periodic"; readonly period: number }
  | { readonly kind: "quasi-periodic" | "chaos" | "hyperchaos" }
  | { readonly kind: "undecided"; readonly reason: UndecidedReason };

export interface Classification {
  readonly regime: Regime;
  readonly spectrum: LyapunovSpectrum;
  /** The orbit, where the trajectory returns. */
  readonly returns?: FoundPeriod;
  readonly end: WindowState;
}

/**
 * The regime of a trajectory [eq:one-bit-regimes]: l_1 < -zero and a return: fixed point or period; |l_1| <= zero: quasi-periodic; l_1 > zero: chaos; l_2 > zero, too: hyperchaos; each by
 * `margin` standard errors. Where that does not decide, the outcome says why.
 *
 * A forced system (positions with a weight) has no fixed points: its simplest state has the period 2^P.
 *
 * @throws DomainError if an option is out of its range
 */
export function classifyRegime(network: AttentionNetwork, start: WindowState, options: RegimeOptions): Classification {
  requirePositive("zero", options.zero);
  requirePositive("margin", options.margin);
  const size = network.contextLength * network.features.classes;
  const spectrum = lyapunovSpectrum(network, start, { ...options, count: options.count ?? Math.min(2, size) });
  const map = meanFieldMap(network, spectrum.end);
  const returns = findPeriod(map, options.period);
  const regime = decide(spectrum, returns, options);
  return { regime, spectrum, ...(returns === undefined ? {} : { returns }), end: map.state() };
}

type Side = "below" | "zero" | "above" | "uncertain";

function sideOf(exponent: LyapunovExponent | undefined, { zero, margin }: RegimeOptions): Side {
  if (exponent === undefined || exponent.kind === "minus-infinity") return "below";
  if (exponent.kind === "below-resolution") return exponent.bound < -zero ? "below" : "uncertain";
  const error = margin * exponent.standardError;
  if (exponent.value + error < -zero) return "below";
  if (exponent.value - error > zero) return "above";
  return Math.abs(exponent.value) + error <= zero ? "zero" : "uncertain";
}

function decide(spectrum: LyapunovSpectrum, returns: FoundPeriod | undefined, options: RegimeOptions): Regime {
  const first = sideOf(spectrum.exponents[0], options);
  if (first === "below") return periodic(returns);
  if (spectrum.outcome.kind === "stalled") return undecided("still-drifting");
  if (first === "uncertain") return undecided("largest-exponent-uncertain");
  if (first === "zero") return returns === undefined ? { kind: "quasi-periodic" } : undecided("returns-without-contraction");
  const second = sideOf(spectrum.exponents[1], options);
  if (second === "above") return { kind: "hyperchaos" };
  return reachesAbove(spectrum.exponents[1], options) ? undecided("second-exponent-uncertain") : { kind: "chaos" };
}

function periodic(returns: FoundPeriod | undefined): Regime {
  if (returns === undefined) return undecided("no-return-found");
  return returns.period === 1 ? { kind: "fixed-point", period: 1 } : { kind: "periodic", period: returns.period };
}

/** Whether the error of an exponent reaches across the upper border: below or at zero is the same for chaos. */
function reachesAbove(exponent: LyapunovExponent | undefined, { zero, margin }: RegimeOptions): boolean {
  return exponent?.kind === "finite" && exponent.value + margin * exponent.standardError > zero;
}

function undecided(reason: UndecidedReason): Regime {
  return { kind: "undecided", reason };
}
