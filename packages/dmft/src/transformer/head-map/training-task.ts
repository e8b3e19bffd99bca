/** @file What is learned: inputs of tokens with a target each, and the steps of gradient descent. */
import { DomainError, requireFinite, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Tokens } from "@mesoscope/transformer";

/** Inputs with their targets; a `Task` of `@mesoscope/transformer` is one. */
export interface TrainingTask {
  readonly tokens: Tokens;
  /** y (P). */
  readonly targets: ArrayLike<number>;
}

/** Full-batch gradient descent on $\frac1{2P}\sum_\mu (y_\mu - f_\mu)^2$, in the scaling that keeps movements of order one at every size. */
export interface Descent {
  /** Learning rate: the weights learn at eta0 gamma0^2 N H. */
  readonly eta0: number;
  /** Richness: towards 0 the kernels stand still. */
  readonly gamma0: number;
  /** T: outputs are told for t = 0, ..., T. */
  readonly steps: number;
}

/** A size of the heads, or its limit. */
export type Extent = number | "infinite";

/** A task and its arrays as numbers of its own. */
export interface CheckedTask {
  readonly P: number;
  readonly S: number;
  readonly D: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** @throws DomainError for sizes below 1, arrays of another length, and entries that are not finite */
export function checkedTask({ tokens: { inputs: P, tokens: S, features: D, x }, targets }: TrainingTask): CheckedTask {
  requireInteger("inputs", P, { min: 1 });
  requireInteger("tokens", S, { min: 1 });
  requireInteger("features", D, { min: 1 });
  return { P, S, D, x: numbers("x", x, P * S * D, "(inputs, tokens, features)"), y: numbers("targets", targets, P, "(inputs)") };
}

/** @throws DomainError unless eta0 >= 0, gamma0 > 0 and steps >= 0 are finite */
export function checkedDescent({ eta0, gamma0, steps }: Descent): Descent {
  requireInRange("eta0", requireFinite("eta0", eta0), { min: 0 });
  requirePositive("gamma0", gamma0, "Give a richness greater than 0; for the kernel regime a small one.");
  requireInteger("steps", steps, { min: 0 });
  return { eta0, gamma0, steps };
}

/** @throws DomainError unless 1/2 <= alphaA <= 1 */
export function checkedAlpha(alphaA: number): number {
  return requireInRange("alphaA", alphaA, { min: 0.5, max: 1 }, "Logits are q.k N^-alphaA: give 1/2 (random heads), 1 (heads that begin alike), or a power between.");
}

/** @throws DomainError unless the extent is "infinite" or an integer of at least 1 */
export function checkedExtent(name: string, extent: Extent): Extent {
  return extent === "infinite" ? extent : requireInteger(name, extent, { min: 1 }, 'Give an integer of at least 1, or "infinite".');
}

function numbers(name: string, values: ArrayLike<number>, length: number, shape: string): Float64Array {
  if (values.length !== length) {
    throw new DomainError({ name, value: values.length, rule: `must be ${length} numbers`, remedy: `Give them row by row, shape ${shape}.` });
  }
  const own = Float64Array.from(values);
  own.forEach((value, i) => requireFinite(`${name}[${i}]`, value));
  return own;
}
