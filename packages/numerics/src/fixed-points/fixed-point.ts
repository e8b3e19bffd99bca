/** @file What the fixed-point iterations share: the map, the residual, and the ways to end. */
import { DomainError, requireInteger, requirePositive } from "../errors.js";
import { copyOfVector } from "../linear-algebra/matrix.js";
import { outcome } from "../outcome.js";
import type { Outcome, OutcomeKind } from "../outcome.js";

/** Writes g(x) into `out`; both (n). Must not change x. */
export type VectorMap = (x: Float64Array, out: Float64Array) => void;

export interface FixedPointOptions {
  /** Largest |g(x)_i - x_i| at which to stop, > 0. No default: only the caller knows the scale of x. */
  readonly tolerance: number;
  /** Calls of g allowed; 1000 unless given. */
  readonly maxIterations?: number;
}

export interface FixedPoint {
  /** (n) the iterate of the least residual seen. */
  readonly x: Float64Array;
  /** Largest |g(x)_i - x_i| there. */
  readonly residual: number;
  /** Calls of g. */
  readonly iterations: number;
  /**
   * `converged`: residual <= tolerance. `stalled`: no least residual for 60 iterations (a cycle, or rounding). `diverged`: g was
   * not finite, or the residual grew a millionfold. `budget-exhausted`: iterations spent.
   */
  readonly outcome: Outcome;
}

const PATIENCE = 60;
const DIVERGED = 1e6;

/** Proposes the next x from x and r = g(x) - x, in place of x. */
export type Step = (x: Float64Array, residual: Float64Array) => void;

/** Iterates until one of the endings. */
export function iterate(map: VectorMap, start: ArrayLike<number>, options: FixedPointOptions, step: Step): FixedPoint {
  const tolerance = requirePositive("tolerance", options.tolerance, "Give the residual, in units of x, at which to stop.");
  const limit = requireInteger("maxIterations", options.maxIterations ?? 1000, { min: 1 });
  const x = copyOfVector("start", start, start.length);
  const image = new Float64Array(x.length);
  let best = x.slice();
  let least = Infinity;
  let since = 0;
  for (let iterations = 1; ; iterations++) {
    map(x, image);
    const size = residualInPlace(image, x);
    const finish = (kind: OutcomeKind, message: string): FixedPoint => ({ x: best, residual: least, iterations, outcome: outcome(kind, message) });
    if (size < least) {
      best = x.slice();
      least = size;
      since = 0;
    } else since += 1;
    if (least <= tolerance) return finish("converged", `The residual is ${least}, the tolerance is ${tolerance}.`);
    if (!Number.isFinite(size)) return finish("diverged", `g(x) was not finite at iteration ${iterations}. Start closer, or damp more.`);
    if (size > DIVERGED * least) return finish("diverged", `The residual grew from ${least} to ${size}. Start closer, or damp more.`);
    if (since === PATIENCE) return finish("stalled", `The residual ${least} did not fall in ${PATIENCE} iterations. Damp more, or loosen the tolerance.`);
    if (iterations === limit) return finish("budget-exhausted", `The residual is still ${least} after ${limit} iterations. Raise maxIterations or the tolerance.`);
    step(x, image);
  }
}

/** image <- image - x; returns its largest |entry|, Infinity if one is not finite. */
function residualInPlace(image: Float64Array, x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    image[i]! -= x[i]!;
    const size = Math.abs(image[i]!);
    if (!(size < Infinity)) return Infinity;
    if (size > largest) largest = size;
  }
  return largest;
}

/** @throws DomainError unless 0 < damping <= 1. */
export function requireDamping(damping: number): number {
  if (damping > 0 && damping <= 1) return damping;
  throw new DomainError({ name: "damping", value: damping, rule: "must be greater than 0 and at most 1", remedy: "Give 1 for the plain iteration, less to damp it." });
}
