import { productError } from "../elementary/exact-product.js";
import { DomainError } from "../errors.js";
import { finiteSum, requireFiniteEntry } from "./sum.js";

/**
 * Inner product sum_i x_i y_i as if computed in twice the working precision and rounded once: the rounding errors of
 * products (Dekker) and sums (Knuth) are carried along. The relative error is about 2^-53 + n^2 2^-106 cond, where
 * cond = sum |x_i y_i| / |sum x_i y_i|.
 *
 * @param x (n)
 * @param y (n)
 * @throws DomainError if the lengths differ, an entry is not finite, or a product exceeds about 1e300
 * @see Ogita, Rump, Oishi (2005), SIAM J. Sci. Comput. 26, 1955, algorithm 5.3
 */
export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) {
    throw new DomainError({
      name: "y.length",
      value: y.length,
      rule: `must equal x.length = ${x.length}`,
      remedy: "Give two vectors of one length.",
    });
  }
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!;
    const b = y[i]!;
    const product = a * b;
    const next = sum + product;
    const shadow = next - sum;
    lost += sum - (next - shadow) + (product - shadow) + productError(a, b, product);
    sum = next;
  }
  const total = sum + lost;
  if (!Number.isFinite(total)) for (let i = 0; i < x.length; i++) requireFiniteEntry(y, i, "y");
  return finiteSum(total, x);
}
