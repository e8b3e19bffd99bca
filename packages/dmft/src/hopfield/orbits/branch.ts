/** @file A branch of periodic orbits in (window, beta), by pseudo-arclength: it passes folds, where beta turns back. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { leastSquares } from "@mesoscope/numerics";
import { distance } from "./periodic-orbit.js";
import { returnMap } from "./return-map.js";
import type { ReturnImage } from "./return-map.js";

/** A point of a branch. */
export interface BranchPoint {
  readonly u: Float64Array;
  readonly beta: number;
  readonly image: ReturnImage;
  readonly residual: number;
}

/** A unit vector along the branch: its parts in the window and in beta. */
export interface BranchTangent {
  readonly u: Float64Array;
  readonly beta: number;
}

export interface Branch {
  /** The orbit at a given beta, by Newton from a window near it; undefined if it is not found. */
  readonly at: (u: Float64Array, beta: number) => BranchPoint | undefined;
  /** The unit vector along the branch, on the side of `towards`. */
  readonly tangent: (point: BranchPoint, towards: BranchTangent) => BranchTangent;
  /** The point of the branch a distance s from `from`, measured along its tangent; undefined if Newton does not find it. */
  readonly along: (from: BranchPoint, tangent: BranchTangent, s: number) => BranchPoint | undefined;
}

/** Newton ends where this is reached; it then takes one step more, as the multipliers want the last digits, too. */
const CLOSE = 1e-11;

/** The branch of orbits of period q with windows at time t; beta of the network is replaced. */
export function branchOf(network: AttentionNetwork, t: number, period: number, size: number): Branch {
  const imageAt = (u: Float64Array, beta: number): ReturnImage => returnMap({ ...network, beta }, t, period, size)(u);
  /** Newton on G(u, beta) = u with one more row: `row` . (u, beta) = `target`. */
  const solve = (u0: Float64Array, beta0: number, row: BranchTangent, target: number): BranchPoint | undefined => {
    let u = u0;
    let beta = beta0;
    let settled = false;
    for (let i = 0; i < 20; i++) {
      const image = imageAt(u, beta);
      const residual = distance(image.end, u);
      if (settled) return { u, beta, image, residual };
      const along = row.beta * beta + row.u.reduce((sum, entry, k) => sum + entry * u[k]!, 0);
      const right = new Float64Array(size + 1);
      for (let k = 0; k < size; k++) right[k] = image.end[k]! - u[k]!;
      right[size] = target - along;
      const { x } = leastSquares(bordered(image, row), right, size + 1, size + 1, { tolerance: 1e-15 });
      u = u.map((value, k) => Math.min(1, Math.max(-1, value + x[k]!)));
      beta += x[size]!;
      if (!Number.isFinite(beta) || beta < 0) return undefined;
      settled = residual < CLOSE && Math.abs(right[size]) < CLOSE;
    }
    return undefined;
  };
  return {
    at: (u, beta) => solve(u, beta, { u: new Float64Array(size), beta: 1 }, beta),
    tangent: ({ image }, towards) => {
      const right = new Float64Array(size + 1);
      right[size] = 1;
      const { x } = leastSquares(bordered(image, towards), right, size + 1, size + 1, { tolerance: 1e-15 });
      const length = Math.sqrt(x.reduce((sum, entry) => sum + entry * entry, 0));
      return { u: x.slice(0, size).map((entry) => entry / length), beta: x[size]! / length };
    },
    along: (from, tangent, s) => {
      const base = tangent.beta * from.beta + tangent.u.reduce((sum, entry, k) => sum + entry * from.u[k]!, 0);
      const guess = from.u.map((value, k) => Math.min(1, Math.max(-1, value + s * tangent.u[k]!)));
      return solve(guess, Math.max(0, from.beta + s * tangent.beta), tangent, base + s);
    },
  };
}

/** [[I - M, -dG/dbeta], [row]]. */
function bordered({ monodromy, alongBeta }: ReturnImage, row: BranchTangent): Float64Array {
  const n = alongBeta.length;
  const a = new Float64Array((n + 1) * (n + 1));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) a[i * (n + 1) + j] = (i === j ? 1 : 0) - monodromy[i * n + j]!;
    a[i * (n + 1) + n] = -alongBeta[i]!;
    a[n * (n + 1) + i] = row.u[i]!;
  }
  a[n * (n + 1) + n] = row.beta;
  return a;
}
