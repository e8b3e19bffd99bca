import { requireFinite, requireInteger, requirePositive } from "../errors.js";
import { outcome } from "../outcome.js";
import type { Outcome } from "../outcome.js";
import { requireSignChange } from "./bracketed-root.js";
import type { BracketedRoot, BracketedRootOptions } from "./bracketed-root.js";

/** f(x) and f'(x). */
export type ValueAndDerivative = readonly [value: number, derivative: number];

/**
 * A root of f between a and b where f changes sign, by Newton's iteration kept inside a bracket: a step that leaves the bracket,
 * or that comes after two which did not halve it or |f|, is replaced by bisection. Quadratic near a simple root, and never lost.
 *
 * Converged means proven, not guessed from the last step: once steps are shorter than the tolerance the iteration also looks on
 * the far side of the root, until a sign change within the tolerance is in hand.
 *
 * @param f returns [f(x), f'(x)]; f continuous on [a, b]. A wrong or non-finite derivative costs time, not the root.
 * @param a finite
 * @param b finite
 * @throws DomainError if a, b or the tolerance are out of range, if f is not finite at an end, or if f(a) and f(b) have the same sign
 */
export function newtonRoot(f: (x: number) => ValueAndDerivative, a: number, b: number, options: BracketedRootOptions): BracketedRoot {
  requireFinite("a", a);
  requireFinite("b", b);
  const tolerance = requirePositive("tolerance", options.tolerance, "Give the width, in units of x, to which the root is wanted.");
  const limit = requireInteger("maxIterations", options.maxIterations ?? 200, { min: 1 });
  let best = sample(f, a);
  let other = sample(f, b);
  requireSignChange({ x: a, f: best.f }, { x: b, f: other.f });
  let wanted = { width: Infinity, f: Infinity }; // what the step before last should have halved
  let recent = wanted;
  for (let iterations = 0; ; iterations++) {
    if (Math.abs(other.f) < Math.abs(best.f)) [best, other] = [other, best];
    const width = Math.abs(other.x - best.x);
    const { x: root, f: value } = best;
    const bracket = [Math.min(root, other.x), Math.max(root, other.x)] as const;
    const finish = (kind: Outcome["kind"], message: string): BracketedRoot => ({ root, bracket, value, iterations, outcome: outcome(kind, message) });
    if (value === 0) return finish("converged", `f(${root}) = 0.`);
    if (width <= tolerance) return finish("converged", `The bracket is ${width} wide, the tolerance is ${tolerance}.`);
    if (iterations >= limit) {
      return finish("budget-exhausted", `The bracket is still ${width} wide after ${limit} iterations. Raise maxIterations or the tolerance.`);
    }
    const slow = width > wanted.width / 2 && Math.abs(value) > wanted.f / 2;
    wanted = recent;
    recent = { width, f: Math.abs(value) };
    const x = slow ? middle(bracket) : newtonPoint(best, bracket, tolerance);
    if (x <= bracket[0] || x >= bracket[1]) {
      return finish("stalled", `No double lies inside a bracket of width ${width}. Ask for a tolerance of at least that.`);
    }
    const next = sample(f, x);
    if (!Number.isFinite(next.f)) return finish("diverged", `f(${x}) = ${next.f}: f must be finite in the whole bracket.`);
    if (Math.sign(next.f) === Math.sign(best.f)) best = next;
    else other = next;
  }
}

interface Sample {
  readonly x: number;
  readonly f: number;
  readonly slope: number;
}

function sample(f: (x: number) => ValueAndDerivative, x: number): Sample {
  const [value, slope] = f(x);
  return { x, f: value, slope };
}

/** Where Newton's step leads, if inside the bracket; a step shorter than half the tolerance is lengthened to see the far side. */
function newtonPoint({ x, f, slope }: Sample, bracket: readonly [number, number], tolerance: number): number {
  const step = -f / slope;
  const margin = 0.5 * tolerance;
  const target = Math.abs(step) < margin ? x + step + Math.sign(step) * margin : x + step;
  return target > bracket[0] && target < bracket[1] ? target : middle(bracket);
}

function middle([lower, upper]: readonly [number, number]): number {
  return lower / 2 + upper / 2;
}
