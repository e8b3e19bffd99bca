import { log } from "@mesoscope/numerics";

/**
 * When the power of each mode of one replica first reached a threshold, from its values on a grid of times: the first grid
 * point at or above it is found, and the time between is the root of the cubic through four values of ln |Z_k|^2, two on
 * either side. ln |Z_k|^2 is nearly straight (slope 2 gamma_k), so the cubic errs far less than the time stepping.
 */
export interface DepartureTracker {
  /** Adds |Z_k|^2, k = 1..modes, at the next time of the grid. */
  add(powers: ArrayLike<number>): void;
  /** Grid points so far. */
  readonly count: number;
  /** Whether the departure of mode k is known, stencil included. */
  hasDeparted(k: number): boolean;
  /** Departure time of mode k in units of the grid spacing, 0 if it was over from the beginning, undefined if it is not known yet. */
  departure(k: number): number | undefined;
  /** ln(|Z_k|^2 / r^2) at the first time. */
  initialExcess(k: number): number;
}

/** Keeps the logarithm finite for a moment that vanishes. */
const SMALLEST_POWER = 1e-300;

/** A tracker for modes 1..modes and threshold r of |Z_k|. */
export function departureTracker(modes: number, r: number): DepartureTracker {
  const level = 2 * log(r);
  const logs: Float64Array[] = [];
  /** First grid index at or above the threshold, by mode; -1 before. */
  const first = new Int32Array(modes + 1).fill(-1);
  const known = (k: number): boolean => first[k] === 0 || (first[k]! > 0 && logs.length > Math.max(first[k]! + 1, 3));
  return {
    get count() {
      return logs.length;
    },
    add(powers) {
      const row = new Float64Array(modes + 1);
      for (let k = 1; k <= modes; k++) {
        row[k] = log(Math.max(powers[k - 1]!, SMALLEST_POWER)) - level;
        if (first[k] === -1 && row[k]! >= 0) first[k] = logs.length;
      }
      logs.push(row);
    },
    hasDeparted: known,
    initialExcess: (k) => logs[0]?.[k] ?? -Infinity,
    departure(k) {
      if (!known(k)) return undefined;
      const at = first[k]!;
      if (at === 0) return 0;
      const start = Math.max(0, at - 2);
      const values = [0, 1, 2, 3].map((i) => logs[start + i]![k]!);
      return start + cubicRoot(values, at - 1 - start);
    },
  };
}

/**
 * Root in [left, left + 1] of the cubic through (i, values[i]), i = 0..3, which is below 0 at the left end and not at the right one:
 * bisection to the last bit, whose bytes depend on nothing but the values.
 */
function cubicRoot(values: readonly number[], left: number): number {
  const [a, b, c, d] = values as [number, number, number, number];
  const first = b - a;
  const second = (c - 2 * b + a) / 2;
  const third = (d - 3 * c + 3 * b - a) / 6;
  const cubic = (x: number): number => a + x * (first + (x - 1) * (second + (x - 2) * third));
  let low = left;
  let high = left + 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (cubic(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}
