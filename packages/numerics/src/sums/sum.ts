import { DomainError } from "../errors.js";

/**
 * @file Sums with a fixed order of additions: the same numbers in the same order give the same bits, on every machine.
 * All of them refuse what is not finite, so that no NaN enters an average unseen.
 */

/**
 * Sum by the Kahan-Babuska-Neumaier method: the rounding error of every addition is kept and added at the end. The
 * error is at most about ulp(sum) + n^2 2^-106 sum |x_i|, so mild cancellation costs nothing.
 *
 * @param x (n), any length; the empty sum is 0
 * @throws DomainError if an entry is not finite or the sum overflows
 * @see Neumaier (1974), ZAMM 54, 39
 */
export function compensatedSum(x: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const term = x[i]!;
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return finiteSum(sum + lost, x);
}

/** Below this length a block is added from left to right. Part of the definition: another size gives other bits. */
const BLOCK = 64;

/**
 * Sum by recursive halving down to blocks of 64 entries: error at most about (64 + log2(n/64)) 2^-53 sum |x_i|, at the
 * cost of a plain loop. The order depends on n alone, never on threads.
 *
 * @param x (n), any length; the empty sum is 0
 * @throws DomainError if an entry is not finite or the sum overflows
 */
export function pairwiseSum(x: ArrayLike<number>): number {
  return finiteSum(halvedSum(x, 0, x.length), x);
}

function halvedSum(x: ArrayLike<number>, from: number, to: number): number {
  if (to - from <= BLOCK) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += x[i]!;
    return sum;
  }
  const blocks = Math.ceil((to - from) / BLOCK);
  const middle = from + BLOCK * Math.ceil(blocks / 2);
  return halvedSum(x, from, middle) + halvedSum(x, middle, to);
}

/** The sum if it is finite; otherwise the error names the first entry to blame. */
export function finiteSum(sum: number, x: ArrayLike<number>, name = "x"): number {
  if (Number.isFinite(sum)) return sum;
  for (let i = 0; i < x.length; i++) requireFiniteEntry(x, i, name);
  throw new DomainError({
    name: `sum of ${name}`,
    value: sum,
    rule: "must not overflow",
    remedy: "Scale the entries before adding them.",
  });
}

export function requireFiniteEntry(x: ArrayLike<number>, i: number, name: string): void {
  const value = x[i];
  if (Number.isFinite(value)) return;
  throw new DomainError({
    name: `${name}[${i}]`,
    value,
    rule: "must be finite",
    remedy: "Remove or mend the entry before the sum: an average over a NaN would hide it.",
  });
}
