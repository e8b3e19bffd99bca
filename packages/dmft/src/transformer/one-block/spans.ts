/** @file Many vectors at once against one: inner products with all of them, and a combination of them. Four are read together, so that one vector is read a quarter as often. */

/**
 * a_k . v for every k, written to `out`. Each is summed over even and odd places apart, in an order that does not depend on how many vectors there are.
 *
 * @param out at least as many numbers as vectors
 * @param n entries that are not 0, the first ones
 */
export function innerProducts(vectors: readonly Float64Array[], v: Float64Array, out: Float64Array, n: number): Float64Array {
  const even = n - (n % 2);
  let k = 0;
  for (; k + 3 < vectors.length; k += 4) {
    const [a, b, c, d] = [vectors[k]!, vectors[k + 1]!, vectors[k + 2]!, vectors[k + 3]!];
    let [a0, a1, b0, b1, c0, c1, d0, d1] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < even; i += 2) {
      const [x, y] = [v[i]!, v[i + 1]!];
      a0 += a[i]! * x;
      a1 += a[i + 1]! * y;
      b0 += b[i]! * x;
      b1 += b[i + 1]! * y;
      c0 += c[i]! * x;
      c1 += c[i + 1]! * y;
      d0 += d[i]! * x;
      d1 += d[i + 1]! * y;
    }
    const last = even < n ? v[even]! : 0;
    const at = even < n ? even : 0;
    out[k] = a0 + a1 + a[at]! * last;
    out[k + 1] = b0 + b1 + b[at]! * last;
    out[k + 2] = c0 + c1 + c[at]! * last;
    out[k + 3] = d0 + d1 + d[at]! * last;
  }
  for (; k < vectors.length; k++) out[k] = inner(vectors[k]!, v, n);
  return out;
}

/** a . b in the order of {@link innerProducts}. */
export function inner(a: Float64Array, b: Float64Array, n: number): number {
  const even = n - (n % 2);
  let [first, second] = [0, 0];
  for (let i = 0; i < even; i += 2) {
    first += a[i]! * b[i]!;
    second += a[i + 1]! * b[i + 1]!;
  }
  return first + second + (even < n ? a[even]! * b[even]! : 0);
}

/** to += sum_k shares_k a_k, of which the first n entries are not 0. */
export function addCombination(to: Float64Array, shares: Float64Array, vectors: readonly Float64Array[], n: number): void {
  let k = 0;
  for (; k + 3 < vectors.length; k += 4) {
    const [a, b, c, d] = [vectors[k]!, vectors[k + 1]!, vectors[k + 2]!, vectors[k + 3]!];
    const [p, q, r, s] = [shares[k]!, shares[k + 1]!, shares[k + 2]!, shares[k + 3]!];
    for (let i = 0; i < n; i++) to[i]! += p * a[i]! + q * b[i]! + (r * c[i]! + s * d[i]!);
  }
  for (; k < vectors.length; k++) {
    const [a, p] = [vectors[k]!, shares[k]!];
    for (let i = 0; i < n; i++) to[i]! += p * a[i]!;
  }
}
