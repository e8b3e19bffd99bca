import { requireInteger } from "../errors.js";
import { leastSquares } from "../linear-algebra/qr.js";
import { iterate, requireDamping } from "./fixed-point.js";
import type { FixedPoint, FixedPointOptions, Step, VectorMap } from "./fixed-point.js";

export interface AndersonOptions extends FixedPointOptions {
  /** Differences of former iterates that are kept, >= 1; 3 to 10 is usual. More than n is never used. */
  readonly memory: number;
  /** 0 < damping <= 1: the part of the remaining residual that is added; 1 unless given. */
  readonly damping?: number;
}

/** Directions of former residuals that agree to this many digits count once. */
const DEPENDENT = 1e-10;

/**
 * A fixed point x = g(x) by Anderson's acceleration: among the combinations of the last iterates (weights adding to 1) the one
 * of least residual, to the extent that g is linear between them, plus the damped residual there. For a linear g it is GMRES in
 * effect and ends after n + 1 steps, also where the plain iteration diverges. One least-squares problem of `memory` columns a
 * step. The history is dropped when a step makes the residual ten times larger.
 *
 * @param map writes g(x) into its second argument
 * @param start (n) finite
 * @throws DomainError if an option is out of range or the start is not finite
 * @see Anderson (1965), J. ACM 12, 547; Walker and Ni (2011), SIAM J. Numer. Anal. 49, 1715
 */
export function andersonFixedPoint(map: VectorMap, start: ArrayLike<number>, options: AndersonOptions): FixedPoint {
  const memory = requireInteger("memory", options.memory, { min: 1 });
  const damping = requireDamping(options.damping ?? 1);
  return iterate(map, start, options, andersonStep(Math.min(memory, start.length), damping));
}

interface Difference {
  readonly x: Float64Array;
  readonly residual: Float64Array;
}

function andersonStep(memory: number, damping: number): Step {
  const history: Difference[] = [];
  let before: Difference | undefined;
  return (x, residual) => {
    if (before !== undefined && norm(residual) > 10 * norm(before.residual)) history.length = 0;
    else if (before !== undefined) history.push(difference({ x, residual }, before));
    if (history.length > memory) history.shift();
    before = { x: x.slice(), residual: residual.slice() };
    const weights = history.length === 0 ? [] : combination(history, residual);
    for (let i = 0; i < x.length; i++) x[i]! += damping * residual[i]!;
    for (const [k, weight] of weights.entries()) {
      const step = history[k]!;
      for (let i = 0; i < x.length; i++) x[i]! -= weight * (step.x[i]! + damping * step.residual[i]!);
    }
  };
}

/** Weights w that minimise |residual - sum_k w_k (difference of residuals k)|. */
function combination(history: readonly Difference[], residual: Float64Array): Float64Array {
  const n = residual.length;
  const m = history.length;
  const columns = new Float64Array(n * m);
  for (const [k, step] of history.entries()) for (let i = 0; i < n; i++) columns[i * m + k] = step.residual[i]!;
  return leastSquares(columns, residual, n, m, { tolerance: DEPENDENT }).x;
}

function difference(now: Difference, before: Difference): Difference {
  return {
    x: now.x.map((value, i) => value - before.x[i]!),
    residual: now.residual.map((value, i) => value - before.residual[i]!),
  };
}

function norm(x: Float64Array): number {
  let squares = 0;
  for (const entry of x) squares += entry * entry;
  return Math.sqrt(squares);
}
