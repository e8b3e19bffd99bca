import { exp, log1p } from "../elementary/index.js";
import { DomainError } from "../errors.js";

/**
 * log sum_i exp(x_i) without overflow: with m = max x_i taken once out of the sum, m + log1p(sum of the others'
 * exp(x_i - m)), which stays accurate when one term dominates.
 *
 * @param x (n); entries may be -Infinity (a weight of zero) and +Infinity (then the answer is)
 * @returns -Infinity for the empty sum and if every entry is -Infinity
 * @throws DomainError if an entry is NaN
 */
export function logSumExp(x: ArrayLike<number>): number {
  let largest = -Infinity;
  let at = -1;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (value !== value) {
      throw new DomainError({
        name: `x[${i}]`,
        value,
        rule: "must be a number",
        remedy: "Give finite exponents, or -Infinity for a weight of zero.",
      });
    }
    if (value > largest) {
      largest = value;
      at = i;
    }
  }
  if (!Number.isFinite(largest)) return largest;
  let others = 0;
  let lost = 0;
  for (let i = 0; i < x.length; i++) {
    if (i === at) continue;
    // All terms are positive: Kahan's sum in its first form is enough.
    const term = exp(x[i]! - largest) - lost;
    const next = others + term;
    lost = next - others - term;
    others = next;
  }
  return largest + log1p(others);
}
