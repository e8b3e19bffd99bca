/** @file Dense output as a family of methods, so that its order can be read off its coefficients. */
import { DomainError, requireInRange } from "@mesoscope/numerics";
import type { DenseWeights, Tableau } from "./tableau.js";

/**
 * The dense output of a method at a fraction theta of its step is a method itself, of a step theta h: this one. {@link orderResidual} tells its order, and
 * `integrateFixed` runs it.
 *
 * @param theta in (0, 1]; at 1 it is the method, with stages that do not count
 * @throws DomainError for a method without dense output, or theta out of range
 */
export function denseMethod(tableau: Tableau, theta: number): Tableau {
  const { name, stages, a, b, c } = tableau;
  const dense = requireDense(tableau);
  requireInRange("theta", theta, { min: Number.MIN_VALUE, max: 1 });
  const count = stages + dense.a.length;
  const unit = (at: number): number[] => Array.from({ length: count }, (_, i) => (i === at ? 1 : 0));
  const rise = Array.from({ length: count }, (_, i) => b[i] ?? 0);
  const bend = unit(0).map((first, i) => first - rise[i]!);
  const last = unit(stages - 1).map((end, i) => rise[i]! - bend[i]! - end);
  const terms = [rise, bend, last, ...dense.d];
  const weights = rise.map((_, i) => nested(terms.map((term) => term[i] ?? 0), theta));
  const stretched = (row: readonly number[]): number[] => row.map((entry) => entry / theta);
  return { name: `${name} at ${theta}`, order: dense.order, stages: count, a: [...a, ...dense.a].map(stretched), b: weights, c: stretched([...c, ...dense.c]) };
}

/** F_0 + (1 - theta) (F_1 + theta (F_2 + (1 - theta) (F_3 + ...))) of the `count` terms that begin at `from`. */
export function nested(terms: ArrayLike<number>, theta: number, from = 0, count: number = terms.length): number {
  let sum = 0;
  for (let r = count - 1; r >= 1; r -= 1) sum = (sum + terms[from + r]!) * (r % 2 === 1 ? 1 - theta : theta);
  return sum + terms[from]!;
}

/** @throws DomainError when a method without dense output is asked for it */
export function requireDense({ name, dense }: Tableau): DenseWeights {
  if (dense !== undefined) return dense;
  throw new DomainError({ name: "tableau", value: name, rule: "must have dense output", remedy: "Use dormandPrince5 or dormandPrince8." });
}
