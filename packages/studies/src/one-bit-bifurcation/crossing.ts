/** @file Where exponents of trajectories that still settle put the loss of stability: the root of a parabola, for each block of tokens. */
import { leastSquares } from "@mesoscope/numerics";
import { firstStart } from "../one-bit-trajectories/settled-points.js";
import type { Diagram } from "./cases.js";

/** Where averages over the trajectory from the first output feature put the loss of stability: one root for each block of tokens; none where some block has none. */
export function measuredCrossings({ betas, points }: Diagram): Float64Array {
  const rows = points.map(firstStart);
  if (rows.some((row) => row === undefined)) return new Float64Array(0);
  const blocks = rows[0]!.exponents[0]!.blocks.length;
  const crossings = Float64Array.from({ length: blocks }, (_, b) => crossingOf(betas, rows.map((row) => row!.exponents[0]!.blocks[b]!)));
  return crossings.every(Number.isFinite) ? crossings : new Float64Array(0);
}

/** Columns of a polynomial on [-1, 1] are far from dependent: what rounding can make is dropped, nothing else. */
const RANK_TOLERANCE = 1e-12;

/**
 * The root of the parabola through the exponents, by least squares, nearest to the last beta. A straight line will not do: the exponent bends so that over the
 * range of the approach a line misses the root by 7e-5, a parabola by 5e-7.
 *
 * @param betas increasing, below the root
 * @returns NaN if the parabola has no root
 */
export function crossingOf(betas: readonly number[], exponents: readonly number[]): number {
  const last = betas.at(-1)!;
  const unit = last - betas[0]!;
  const rows = betas.map((beta) => (beta - last) / unit).flatMap((x) => [1, x, x * x]);
  const [c = 0, b = 0, a = 0] = leastSquares(rows, exponents, betas.length, 3, { tolerance: RANK_TOLERANCE }).x;
  // The root that a = 0 leaves: -c / b.
  return last + (unit * -2 * c) / (b + Math.sign(b) * Math.sqrt(b * b - 4 * a * c));
}
