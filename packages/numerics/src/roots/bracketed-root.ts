import { DomainError, requireFinite, requireInteger, requirePositive } from "../errors.js";
import { outcome } from "../outcome.js";
import type { Outcome } from "../outcome.js";

export interface BracketedRootOptions {
  /** Width of the bracket at which to stop, in units of x, > 0. No default: only the caller knows the scale of x. */
  readonly tolerance: number;
  /** Evaluations after the two at the ends; 200 unless given. */
  readonly maxIterations?: number;
}

export interface BracketedRoot {
  /** End of the bracket with the smaller |f|. */
  readonly root: number;
  /** [lower, upper]: f changes sign (or vanishes) between them. */
  readonly bracket: readonly [number, number];
  /** f at root. */
  readonly value: number;
  readonly iterations: number;
  /** `converged`: bracket no wider than the tolerance, or f(root) = 0. `stalled`: no double lies inside the bracket. */
  readonly outcome: Outcome;
}

/**
 * A root of f between a and b where f changes sign, by Chandrupatla's method: inverse quadratic interpolation where the
 * three last points promise it will serve, bisection otherwise. For a smooth f about 10 evaluations to full precision,
 * and the bracket itself shrinks, not only the estimate.
 *
 * @param f continuous on [a, b] (with a jump across zero the bracket closes on the jump)
 * @param a finite
 * @param b finite
 * @throws DomainError if a, b or the tolerance are out of range, if f is not finite at an end, or if f(a) and f(b) have the same sign
 * @see Chandrupatla (1997), Adv. Eng. Softw. 28, 145
 */
export function bracketedRoot(f: (x: number) => number, a: number, b: number, options: BracketedRootOptions): BracketedRoot {
  requireFinite("a", a);
  requireFinite("b", b);
  const tolerance = requirePositive("tolerance", options.tolerance, "Give the width, in units of x, to which the root is wanted.");
  const limit = requireInteger("maxIterations", options.maxIterations ?? 200, { min: 1 });
  // Invariant: f changes sign between newest and opposite. The third point of the parabola left the bracket last.
  let newest = { x: b, f: f(b) };
  let opposite = { x: a, f: f(a) };
  requireSignChange(opposite, newest);
  let fraction = 0.5;
  for (let iterations = 0; ; iterations++) {
    const best = Math.abs(newest.f) < Math.abs(opposite.f) ? newest : opposite;
    const width = Math.abs(opposite.x - newest.x);
    const finish = (kind: Outcome["kind"], message: string): BracketedRoot => ({
      root: best.x,
      bracket: [Math.min(newest.x, opposite.x), Math.max(newest.x, opposite.x)],
      value: best.f,
      iterations,
      outcome: outcome(kind, message),
    });
    if (best.f === 0) return finish("converged", `f(${best.x}) = 0.`);
    if (width <= tolerance) return finish("converged", `The bracket is ${width} wide, the tolerance is ${tolerance}.`);
    if (iterations >= limit) {
      return finish("budget-exhausted", `The bracket is still ${width} wide after ${limit} iterations. Raise maxIterations or the tolerance.`);
    }
    const x = pointInside(newest.x, opposite.x, fraction);
    if (x === newest.x || x === opposite.x) {
      return finish("stalled", `No double lies inside a bracket of width ${width}. Ask for a tolerance of at least that.`);
    }
    const next = { x, f: f(x) };
    if (!Number.isFinite(next.f)) return finish("diverged", `f(${x}) = ${next.f}: f must be finite in the whole bracket.`);
    const sameSide = Math.sign(next.f) === Math.sign(newest.f);
    const oldest = sameSide ? newest : opposite;
    if (!sameSide) opposite = newest;
    newest = next;
    fraction = nextFraction(newest, opposite, oldest, tolerance);
  }
}

interface Sample {
  readonly x: number;
  readonly f: number;
}

/** The point at a fraction of the way; the midpoint if rounding would leave the open bracket. */
function pointInside(from: number, to: number, fraction: number): number {
  const x = from + fraction * (to - from);
  const inside = x > Math.min(from, to) && x < Math.max(from, to);
  return inside ? x : from / 2 + to / 2;
}

/** Where to look next, as a fraction of the way from the newest point to the opposite one. */
function nextFraction(one: Sample, two: Sample, three: Sample, tolerance: number): number {
  const xi = (one.x - two.x) / (three.x - two.x);
  const phi = (one.f - two.f) / (three.f - two.f);
  // Chandrupatla's test: the inverse parabola through the three points is monotone over the bracket.
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  const fraction =
    (one.f / (two.f - one.f)) * (three.f / (two.f - three.f)) +
    ((three.x - one.x) / (two.x - one.x)) * (one.f / (three.f - one.f)) * (two.f / (three.f - two.f));
  // At least half a tolerance inside: a root next to an end then closes the bracket in one step.
  const margin = Math.min(0.5, (0.5 * tolerance) / Math.abs(two.x - one.x));
  return Math.min(Math.max(fraction, margin), 1 - margin);
}

export function requireSignChange(a: Sample, b: Sample): void {
  requireFinite("f(a)", a.f, "Choose ends at which f is finite.");
  requireFinite("f(b)", b.f, "Choose ends at which f is finite.");
  if (a.f === 0 || b.f === 0 || Math.sign(a.f) !== Math.sign(b.f)) return;
  throw new DomainError({
    name: "f(b)",
    value: b.f,
    rule: `must have the sign opposite to f(a) = ${a.f}, with a = ${a.x} and b = ${b.x}`,
    remedy: "Widen or move the bracket until f changes sign in it.",
  });
}
