import { requireInteger, requirePositive } from "@mesoscope/numerics";
import type { MeanFieldMap } from "../map/mean-field-map.js";
import { forcingPeriod } from "../map/window-state.js";

export interface PeriodOptions {
  /** The longest period that is looked for. */
  readonly longest: number;
  /** Greatest |u(t) - u(t - q)| that still counts as a return; the reference values were made with 1e-8. */
  readonly closeness: number;
  /** Tokens over which the return must hold, 60 for the reference values; never fewer than the longest memory, L + 1. */
  readonly over: number;
}

/** The orbit that a trajectory has settled on. */
export interface FoundPeriod {
  readonly period: number;
  /** u of the last `period` tokens, oldest first: (period, C). */
  readonly orbit: Float64Array;
  /** Index of the first of them. */
  readonly t: number;
  /** Greatest deviation from a return. */
  readonly deviation: number;
}

/**
 * The least q with |u(t) - u(t - q)| <= closeness over the last tokens; a multiple of 2^P where positions have a weight, as the phase must return, too.
 * Runs the map on by longest + over tokens.
 *
 * @returns undefined if no period up to the longest fits
 * @throws DomainError if an option is out of its range
 */
export function findPeriod(map: MeanFieldMap, { longest, closeness, over }: PeriodOptions): FoundPeriod | undefined {
  const { network, u, window } = map;
  const classes = u.length;
  requireInteger("longest", longest, { min: 1 });
  requirePositive("closeness", closeness);
  const seen = Math.max(requireInteger("over", over, { min: 1 }), network.contextLength + 1);
  const history = new Float64Array((longest + seen) * classes);
  for (let i = 0; i < longest + seen; i++) {
    map.step();
    history.set(u, i * classes);
  }
  const unit = forcingPeriod(network);
  for (let period = unit; period <= longest; period += unit) {
    const deviation = returnDeviation(history, period * classes, seen * classes, closeness);
    if (deviation > closeness) continue;
    return { period, orbit: history.slice(history.length - period * classes), t: window.time - period + 1, deviation };
  }
  return undefined;
}

/** max |x_i - x_(i - lag)| over the last entries; stops where it exceeds the limit. */
function returnDeviation(history: Float64Array, lag: number, last: number, limit: number): number {
  let worst = 0;
  for (let i = history.length - 1; i >= history.length - last; i--) {
    worst = Math.max(worst, Math.abs(history[i]! - history[i - lag]!));
    if (worst > limit) break;
  }
  return worst;
}
