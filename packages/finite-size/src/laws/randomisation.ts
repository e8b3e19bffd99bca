/** @file Tests whose null law is drawn, not looked up. */

/** What a statistic is under the null, and how rarely it is as large as the one observed. */
export interface RandomisationTest {
  /** Mean of the statistic under the null. */
  readonly expected: number;
  /** P(this large or larger | the null): (1 + #{drawn >= observed}) / (1 + draws), so never 0 and exact for exchangeable draws. */
  readonly goodness: number;
}

/** Draws that differ from what was observed by rounding alone are ties, and count as large. */
const ROUNDING = 1e-12;

/**
 * @param observed >= 0
 * @param draw one value of the statistic under the null
 * @param size of the numbers the statistic is the difference of, where it is one
 */
export function randomisationTest(observed: number, draws: number, draw: () => number, size: number = observed): RandomisationTest {
  const least = observed - ROUNDING * size;
  let sum = 0;
  let large = 0;
  for (let b = 0; b < draws; b++) {
    const drawn = draw();
    sum += drawn;
    if (drawn >= least) large += 1;
  }
  return { expected: sum / draws, goodness: (1 + large) / (1 + draws) };
}
