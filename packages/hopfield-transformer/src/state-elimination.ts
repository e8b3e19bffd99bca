/**
 * @file Elimination of states without subtractions (Grassmann, Taksar, Heyman 1985). Probabilities of small kernels enter only through sums, products and quotients of
 * nonnegative numbers, so that stationary weights keep their relative accuracy, however small, and times keep theirs, however long: a kernel whose second
 * eigenvalue is 1 - 1e-13 is as easy as any.
 */
import { DomainError } from "@mesoscope/numerics";

/** A kernel with all states but the first eliminated, from the last on. */
export interface Elimination {
  readonly n: number;
  /** (n, n): below the diagonal the rows of the chain watched on 0..k only; above it the columns that were folded in. */
  readonly watched: Float64Array;
  /** (n) probability of leaving k downwards, of the chain watched on 0..k. */
  readonly leaving: Float64Array;
}

/**
 * @param kernel (n, n) row-stochastic, not changed; its diagonal is not used
 * @throws DomainError when some state cannot reach a lower one: in doubles the chain falls into parts
 */
export function eliminateStates(kernel: Float64Array, n: number): Elimination {
  const watched = kernel.slice();
  const leaving = new Float64Array(n);
  for (let k = n - 1; k > 0; k -= 1) {
    let sum = 0;
    for (let j = 0; j < k; j += 1) sum += watched[k * n + j]!;
    if (!(sum > 0)) throw new DomainError({ name: `probability of leaving state ${k}`, value: sum, rule: "must be greater than 0", remedy: "In double precision the chain falls into parts: take a smaller beta or fewer bits." });
    leaving[k] = sum;
    for (let i = 0; i < k; i += 1) {
      const into = watched[i * n + k]! / sum;
      if (into === 0) continue;
      for (let j = 0; j < k; j += 1) watched[i * n + j]! += into * watched[k * n + j]!;
    }
  }
  return { n, watched, leaving };
}

/** Stationary law (n), every entry to about n units in the last place. */
export function stationaryWeights({ n, watched, leaving }: Elimination): Float64Array {
  const law = new Float64Array(n);
  law[0] = 1;
  for (let k = 1; k < n; k += 1) {
    let inflow = 0;
    for (let i = 0; i < k; i += 1) inflow += law[i]! * watched[i * n + k]!;
    law[k] = inflow / leaving[k]!;
  }
  const sum = law.reduce((a, b) => a + b, 0);
  return law.map((weight) => weight / sum);
}

/** f (n) with f_0 = 0 and f_k = g_k + sum_j P_kj f_j for k > 0: for g = 1 the mean times until state 0 is reached. */
export function timesToFirst({ n, watched, leaving }: Elimination, g: ArrayLike<number>): Float64Array {
  const source = Float64Array.from(g);
  for (let k = n - 1; k > 0; k -= 1) {
    const share = source[k]! / leaving[k]!;
    for (let i = 1; i < k; i += 1) source[i]! += watched[i * n + k]! * share;
  }
  const f = new Float64Array(n);
  for (let k = 1; k < n; k += 1) {
    let sum = source[k]!;
    for (let j = 1; j < k; j += 1) sum += watched[k * n + j]! * f[j]!;
    f[k] = sum / leaving[k]!;
  }
  return f;
}
