/** @file Chi-square of counts, and two-sided z: as normal deviates, so that a family can be held to one limit. */

/**
 * Deviate of Pearson's chi-square (Wilson and Hilferty): standard normal if the counts follow their law, large and positive if not. States that expect less than
 * five are put together.
 */
export function chiSquareDeviate(counts: ArrayLike<number>, law: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let [statistic, cells, restCount, restExpected] = [0, 0, 0, 0];
  for (let i = 0; i < law.length; i += 1) {
    const expected = total * law[i]!;
    if (expected < 5) {
      restCount += counts[i]!;
      restExpected += expected;
    } else {
      statistic += (counts[i]! - expected) ** 2 / expected;
      cells += 1;
    }
  }
  if (restExpected > 0) {
    statistic += (restCount - restExpected) ** 2 / Math.max(restExpected, 1);
    cells += 1;
  }
  const freedom = cells - 1;
  return ((statistic / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
}

/** Limit for |z| of `count` deviates that holds for all of them with a family-wise error of 1e-4 (Bonferroni; tail of the normal law). */
export function familyLimit(count: number): number {
  // Solves 2 (1 - Phi(z)) = 1e-4 / count by Mills' ratio.
  const target = 1e-4 / count / 2;
  let z = 4;
  for (let i = 0; i < 50; i += 1) z = Math.sqrt(-2 * Math.log(target * z * Math.sqrt(2 * Math.PI)));
  return z;
}
