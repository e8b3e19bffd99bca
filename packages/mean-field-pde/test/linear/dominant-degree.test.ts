import { describe, expect, test } from "vitest";
import { dominantDegree, growingDegrees, growthRate, growthTransition, logGrowthRate } from "../../src/index.js";
import { fixture, relativeError } from "../fixtures.js";

const table = fixture("linear");
const reference = fixture("reference");

/** k_max by beta: rows are d = 2, 3, 8, 128. */
const betas = [0.5, 1, 2, 3, 4, 5, 7, 9, 16, 25, 36, 64, 100];
const published = new Map([
  [2, [1, 1, 2, 2, 3, 3, 4, 4, 6, 7, 8, 11, 14]],
  [3, [1, 1, 2, 2, 2, 3, 3, 4, 5, 7, 8, 11, 14]],
  [8, [1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 6, 9, 11]],
  [128, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]],
]);

describe("dominant degree", () => {
  test("the table of k_max, and the same by mpmath", () => {
    for (const [d, row] of published) expect(betas.map((beta) => dominantDegree(beta, d).k)).toEqual(row);
    for (const { d, beta, k } of table.dominant) expect(dominantDegree(beta, d).k).toBe(k);
  });

  test("reference cases, with the rate and the runner-up", () => {
    for (const row of reference.k_max.cases) {
      const { k, runnerUpRatio } = dominantDegree(row.beta, row.d);
      expect(k).toBe(row.k_max);
      expect(relativeError(growthRate(k, { flow: "SA", beta: row.beta, d: row.d }), row.gamma_max_sa)).toBeLessThan(1e-12);
      expect(logGrowthRate(k, { flow: "USA", beta: row.beta, d: row.d })).toBeCloseTo(row.log_gamma_max_usa, 11);
      expect(relativeError(runnerUpRatio, row.runner_up_ratio)).toBeLessThan(1e-12);
    }
  });

  test("it is the largest of all rates, also at negative beta", () => {
    for (const beta of [-40, -5, -0.3, 0, 0.3, 5, 40]) {
      const rates = Array.from({ length: 40 }, (_, i) => growthRate(i + 1, { flow: "SA", beta, d: 3 }));
      expect(dominantDegree(beta, 3).k).toBe(rates.indexOf(Math.max(...rates)) + 1);
    }
  });

  test("a tie at a transition is reported, beside it is none", () => {
    const { beta } = growthTransition(2, 3);
    expect(dominantDegree(beta, 3)).toMatchObject({ k: 2, tiesWith: 3 });
    expect(dominantDegree(beta * (1 - 1e-9), 3)).toMatchObject({ k: 2, tiesWith: undefined });
    expect(dominantDegree(beta * (1 + 1e-9), 3)).toMatchObject({ k: 3, tiesWith: undefined });
  });

  test("growing degrees: odd ones only at negative beta, one alone at 0", () => {
    expect(growingDegrees(0, 2)).toEqual([1]);
    expect(growingDegrees(-5, 2).every((k) => k % 2 === 1)).toBe(true);
    const rate = (k: number): number => growthRate(k, { flow: "SA", beta: 5, d: 2 });
    const large = Array.from({ length: 30 }, (_, i) => i + 1).filter((k) => rate(k) > 0.1 * rate(3));
    expect(growingDegrees(5, 2, 0.1)).toEqual(large);
  });

  test("refusals", () => {
    expect(() => dominantDegree(Infinity, 2)).toThrow(/beta = Infinity: must be finite/);
    expect(() => dominantDegree(1, 1.5)).toThrow(/d = 1.5/);
  });
});

describe("transitions", () => {
  test("to 1e-12 relative, bracketed", () => {
    for (const { d, k, beta } of [...table.transitions, ...reference.beta_transitions.cases]) {
      const found = growthTransition(k, d);
      expect(found.outcome.kind).toBe("converged");
      expect(relativeError(found.beta, beta)).toBeLessThan(1e-12);
      expect(found.bracket[0]).toBeLessThanOrEqual(found.beta);
      expect(found.bracket[1]).toBeGreaterThanOrEqual(found.beta);
    }
  });

  test("limits: 2 d / 3 for many dimensions; a wrong eigenvalue k^2 in d = 8 is caught", () => {
    expect(growthTransition(1, 4096).beta / 4096).toBeCloseTo(2 / 3, 3);
    // With k^2 in place of k (k + d - 2), degree 2 would win at beta = 5, d = 8, where degree 1 does.
    const wrong = (k: number): number => (growthRate(k, { flow: "SA", beta: 5, d: 8 }) * k) / (k + 6);
    expect(wrong(2)).toBeGreaterThan(wrong(1));
    expect(dominantDegree(5, 8).k).toBe(1);
  });
});
