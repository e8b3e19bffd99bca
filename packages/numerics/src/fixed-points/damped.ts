import { iterate, requireDamping } from "./fixed-point.js";
import type { FixedPoint, FixedPointOptions, VectorMap } from "./fixed-point.js";

export interface DampedOptions extends FixedPointOptions {
  /** 0 < damping <= 1: the part of the step that is taken. 1 is Picard's iteration. */
  readonly damping: number;
}

/**
 * A fixed point x = g(x) by x <- x + damping (g(x) - x). Near the solution the error is multiplied by 1 - damping (1 - mu) for
 * every eigenvalue mu of g': damping mends oscillation (mu < -1), not growth (mu > 1).
 *
 * @param map writes g(x) into its second argument
 * @param start (n) finite
 * @throws DomainError if an option is out of range or the start is not finite
 */
export function dampedFixedPoint(map: VectorMap, start: ArrayLike<number>, options: DampedOptions): FixedPoint {
  const damping = requireDamping(options.damping);
  return iterate(map, start, options, (x, residual) => {
    for (let i = 0; i < x.length; i++) x[i]! += damping * residual[i]!;
  });
}
