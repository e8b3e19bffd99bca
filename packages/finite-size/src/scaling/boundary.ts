/** @file The boundary of a tolerance in the plane of two sizes: how large N must be at each H. */
import { exp, log, requireInRange, requirePositive } from "@mesoscope/numerics";
import { formatNumber } from "../format.js";
import { quantileOfSorted } from "../statistics/studentised-law.js";
import type { TwoAxesFit, TwoAxisCurve } from "./two-axes.js";

/** N* at one size of the second axis. */
export type BoundaryPoint =
  | { readonly h: number; readonly reached: true; readonly value: number; readonly interval: readonly [number, number | null] }
  | { readonly h: number; readonly reached: false; readonly reason: string };

/** The curve |y(N, H)| = margin as N*(H). Plain JSON. */
export interface Boundary {
  readonly margin: number;
  readonly confidence: number;
  readonly points: readonly BoundaryPoint[];
}

/** Sizes beyond this are not worth naming. */
const LARGEST_SIZE = 1e12;

/**
 * N*(H), [eq:two-axis-boundary]: the least N from which on |y(N, H)| <= margin. With y = B + A / N^p at that H it is
 * (|A| / (margin - sign(A) B))^(1/p), and there is none where |B| is the margin or more. Intervals are quantiles over the refits; an upper
 * end is null where too many of them never reach the margin.
 * @param hs sizes of the second axis, those of the grid or others
 * @throws DomainError for a margin or a size that is not positive
 */
export function boundaryOf(fit: TwoAxesFit, refits: readonly TwoAxisCurve[], { margin, confidence, hs }: { readonly margin: number; readonly confidence: number; readonly hs: readonly number[] }): Boundary {
  requirePositive("margin", margin);
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
  return { margin, confidence, points: hs.map((h, k) => pointAt(fit, refits, requirePositive(`hs[${k}]`, h), margin, confidence)) };
}

function pointAt(fit: TwoAxesFit, refits: readonly TwoAxisCurve[], h: number, margin: number, confidence: number): BoundaryPoint {
  const value = crossing(fit, h, margin);
  const rest = restAt(fit, h);
  if (Math.abs(rest) >= margin) return { h, reached: false, reason: `the part that does not fall along the first axis, ${formatNumber(rest)}, is beyond the tolerance by itself` };
  if (fit.first.kind === "unresolved") return { h, reached: false, reason: `${fit.first.reason}, so there is no curve to cross the tolerance` };
  if (fit.first.kind === "absent") return { h, reached: false, reason: `the law "${fit.law}" does not depend on the first axis` };
  if (fit.exponents[0] <= 0) return { h, reached: false, reason: `it does not fall along the first axis: exponent ${formatNumber(fit.exponents[0])}` };
  if (value === Infinity) return { h, reached: false, reason: `it stays above the tolerance up to ${LARGEST_SIZE}` };
  const crossings = Float64Array.from(refits, (refit) => crossing(refit, h, margin)).sort();
  const half = (1 - confidence) / 2;
  // An infinite neighbour makes the quantile between it and a finite one infinite, or not a number: both mean unbounded.
  const lower = quantileOfSorted(crossings, half);
  const upper = quantileOfSorted(crossings, 1 - half);
  if (!Number.isFinite(lower)) return { h, reached: false, reason: "most resamples never reach the tolerance" };
  return { h, reached: true, value, interval: [Math.min(lower, value), Number.isFinite(upper) ? Math.max(upper, value) : null] };
}

/** Coefficient of N^-p at this H, and what is left for infinite N. */
function partsAt({ law, amplitudes, exponents }: TwoAxisCurve, h: number): readonly [falling: number, rest: number] {
  const inverse = exp(-exponents[1] * log(h));
  const [a, b = 0, c = 0] = amplitudes as readonly [number, number?, number?];
  switch (law) {
    case "first":
      return [a, 0];
    case "second":
      return [0, a * inverse];
    case "product":
      return [a * inverse, 0];
    case "sum":
    case "sum-and-product":
      return [a + c * inverse, b * inverse];
  }
}

function restAt(curve: TwoAxisCurve, h: number): number {
  return partsAt(curve, h)[1];
}

/** At least 1; infinite where the margin is never reached. */
function crossing(curve: TwoAxisCurve, h: number, margin: number): number {
  const [falling, rest] = partsAt(curve, h);
  const [p] = curve.exponents;
  if (Math.abs(rest) >= margin) return Infinity;
  if (falling === 0) return 1;
  if (p <= 0) return Infinity;
  const logN = log(Math.abs(falling) / (margin - Math.sign(falling) * rest)) / p;
  if (logN > log(LARGEST_SIZE)) return Infinity;
  return exp(Math.max(0, logN));
}
