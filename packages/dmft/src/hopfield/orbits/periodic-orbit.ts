/** @file Periodic orbits as roots of the q-token map, with their Floquet multipliers. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, eigenvalues, leastSquares, log, outcome, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import { byModulus, multiplier } from "../closed-forms/window-multipliers.js";
import type { Multiplier } from "../closed-forms/window-multipliers.js";
import { outputOverlaps } from "../map/mean-field-map.js";
import { forcingPeriod } from "../map/window-state.js";
import type { WindowState } from "../map/window-state.js";
import { returnMap } from "./return-map.js";
import type { ReturnImage } from "./return-map.js";

export interface OrbitOptions {
  /** Greatest |U(t + q) - U(t)| at which the orbit counts as found; 1e-13 is near what rounding allows. */
  readonly tolerance: number;
  /** Newton steps at most; 30 unless given. */
  readonly maxIterations?: number;
}

export interface PeriodicOrbit {
  /** The period q that was asked for. */
  readonly period: number;
  /** The least period: a divisor of q. */
  readonly minimalPeriod: number;
  /** A full window on the orbit. */
  readonly window: WindowState;
  /** m^o along one period (q, M): row i belongs to token t + 1 + i. Without the factor 1 - eps and the positional part. */
  readonly overlaps: Float64Array;
  /** u along one period (q, C), rows as in `overlaps`. */
  readonly orbit: Float64Array;
  /** Floquet multipliers of the q-token map (L C), by descending modulus. */
  readonly multipliers: readonly Multiplier[];
  /** log|mu_1|/q, nats per token; where every multiplier is zero there is none. */
  readonly largestExponent: { readonly kind: "finite"; readonly value: number } | { readonly kind: "minus-infinity" };
  /** Every multiplier is inside the unit circle. */
  readonly stable: boolean;
  /** |U(t + q) - U(t)| at the end. */
  readonly residual: number;
  readonly outcome: Outcome;
}

/**
 * A periodic orbit by Newton's method on the q-token map, monodromy by the tangent map [eq:one-bit-floquet]. Stable and unstable orbits alike; to find the one that
 * is meant, start next to it.
 *
 * @param start a full window near the orbit
 * @param period q >= 1, a multiple of 2^P where positions have a weight
 * @throws DomainError if the window is not full, or q is out of its range
 */
export function periodicOrbit(network: AttentionNetwork, start: WindowState, period: number, options: OrbitOptions): PeriodicOrbit {
  requirePeriod(network, period);
  const tolerance = requirePositive("tolerance", options.tolerance);
  const limit = requireInteger("maxIterations", options.maxIterations ?? 30, { min: 1 });
  const size = start.u.length;
  const map = returnMap(network, start.t, period, size);
  let u: Float64Array = start.u.slice();
  let image = map(u);
  let residual = distance(image.end, u);
  let ending: Outcome | undefined;
  for (let i = 0; ending === undefined; i++) {
    if (residual <= tolerance) ending = outcome("converged", `U returns within ${residual.toPrecision(2)} after ${i} steps.`);
    else if (i === limit) ending = outcome("budget-exhausted", `U still misses itself by ${residual.toPrecision(3)} after ${i} steps. Start nearer to the orbit.`);
    else {
      const next = improved(map, u, image, residual);
      if (next === undefined) ending = outcome("stalled", `U misses itself by ${residual.toPrecision(3)} and no Newton step brings it nearer. Start nearer to the orbit, or leave the bifurcation.`);
      else ({ u, image, residual } = next);
    }
  }
  return describedOrbit(network, { window: { u, t: start.t }, period, image, residual, outcome: ending });
}

/** What a solver has found: a window, what q tokens make of it, and how it ended. */
export interface SolvedOrbit {
  readonly window: WindowState;
  readonly period: number;
  readonly image: ReturnImage;
  readonly residual: number;
  readonly outcome: Outcome;
}



/** A Newton step, halved until it comes nearer; undefined if it never does. */
function improved(map: (u: Float64Array) => ReturnImage, u: Float64Array, image: ReturnImage, residual: number): { u: Float64Array; image: ReturnImage; residual: number } | undefined {
  const size = u.length;
  const matrix = image.monodromy.map((entry, i) => (i % (size + 1) === 0 ? 1 - entry : -entry));
  const { x } = leastSquares(matrix, image.end.map((value, i) => value - u[i]!), size, size, { tolerance: 1e-15 });
  for (let share = 1; share > 1e-3; share /= 2) {
    const next = u.map((value, i) => Math.min(1, Math.max(-1, value + share * x[i]!)));
    const there = map(next);
    const left = distance(there.end, next);
    if (left < residual) return { u: next, image: there, residual: left };
  }
  return undefined;
}

/** A solved orbit with all that follows from it. */
export function describedOrbit(network: AttentionNetwork, { window, period, image, residual, outcome: ending }: SolvedOrbit): PeriodicOrbit {
  const multipliers = floquetMultipliers(image.monodromy, window.u.length);
  const first = multipliers[0]?.modulus ?? 0;
  const { features: { features: m, classes } } = network;
  const overlaps = new Float64Array(period * m);
  const project = outputOverlaps(network);
  for (let i = 0; i < period; i++) project(image.orbit.subarray(i * classes, (i + 1) * classes), overlaps, i * m);
  return {
    period,
    minimalPeriod: minimalPeriod(image.orbit, classes, period, forcingPeriod(network), Math.max(1e-9, 100 * residual)),
    window,
    overlaps,
    orbit: image.orbit,
    multipliers,
    largestExponent: first === 0 ? { kind: "minus-infinity" } : { kind: "finite", value: log(first) / period },
    stable: first < 1,
    residual,
    outcome: ending,
  };
}

/** Eigenvalues of a monodromy matrix (n, n), by descending modulus. */
export function floquetMultipliers(monodromy: Float64Array, n: number): Multiplier[] {
  const { real, imaginary } = eigenvalues(monodromy, n);
  return byModulus(Array.from(real, (re, i) => multiplier(re, imaginary[i]!)));
}

function minimalPeriod(orbit: Float64Array, classes: number, period: number, unit: number, closeness: number): number {
  for (let q = unit; q < period; q += unit) {
    if (period % q === 0 && orbit.every((value, i) => Math.abs(value - orbit[(i + q * classes) % orbit.length]!) <= closeness)) return q;
  }
  return period;
}

export function requirePeriod(network: AttentionNetwork, period: number): void {
  requireInteger("period", period, { min: 1 });
  const unit = forcingPeriod(network);
  if (period % unit === 0) return;
  throw new DomainError({ name: "period", value: period, rule: `must be a multiple of 2^P = ${unit}`, remedy: "The positions have a weight, so that the phase must return, too." });
}

export function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}
