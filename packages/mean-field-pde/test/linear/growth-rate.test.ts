import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consecutiveRateRatio, growthRate, logGrowthRate, scaledGrowthRate, scaledTime } from "../../src/index.js";
import { fixture, relativeError } from "../fixtures.js";

const table = fixture("linear");
const reference = fixture("reference");

describe("growth rates against mpmath", () => {
  test("gamma_k to 1e-13 relative over d, beta and k", () => {
    let worst = 0;
    for (const { d, beta, k, sa, usa } of table.rates) {
      if (sa !== undefined) worst = Math.max(worst, relativeError(growthRate(k, { flow: "SA", beta, d }), sa));
      if (usa !== undefined) worst = Math.max(worst, relativeError(growthRate(k, { flow: "USA", beta, d }), usa));
    }
    expect(worst).toBeLessThan(1e-13);
  });

  test("logarithms to 1e-13 of their size, where rates overflow and underflow too", () => {
    for (const { d, beta, k, log_sa: softmax, log_usa: plain } of table.rates) {
      const size = 1e-13 * Math.max(1, Math.abs(plain), Math.abs(softmax), beta);
      expect(Math.abs(logGrowthRate(k, { flow: "SA", beta, d }) - softmax)).toBeLessThan(size);
      expect(Math.abs(logGrowthRate(k, { flow: "USA", beta, d }) - plain)).toBeLessThan(size);
    }
  });

  test("reference cases", () => {
    for (const { d, beta, k, gamma_sa: softmax, log_gamma_usa: plain } of reference.funk_hecke.cases) {
      if (k === 0) continue;
      expect(relativeError(growthRate(k, { flow: "SA", beta, d }), softmax)).toBeLessThan(1e-12);
      if (plain !== null) expect(Math.abs(logGrowthRate(k, { flow: "USA", beta, d }) - plain)).toBeLessThan(1e-12 * Math.max(1, Math.abs(plain)));
    }
    for (const { d, beta, k, gamma_usa: plain, gamma_sa: softmax } of reference.negative_beta.cases) {
      expect(relativeError(growthRate(k, { flow: "USA", beta, d }), plain)).toBeLessThan(1e-12);
      expect(relativeError(growthRate(k, { flow: "SA", beta, d }), softmax)).toBeLessThan(1e-12);
    }
    for (const { d, gamma_1: first } of reference.beta_zero.cases) {
      expect(growthRate(1, { flow: "SA", beta: 0, d })).toBeCloseTo(first, 15);
      expect(growthRate(2, { flow: "USA", beta: 0, d })).toBe(0);
    }
  });

  test("a dropped k^2 is caught", () => {
    // The rate without its eigenvalue: what forgetting one derivative would give.
    const wrong = (k: number, beta: number, d: number): number => growthRate(k, { flow: "SA", beta, d }) / (k * (k + d - 2));
    const caught = table.rates.filter(({ k, d, beta, sa }) => sa !== undefined && relativeError(wrong(k, beta, d), sa) > 1e-13);
    const expected = table.rates.filter(({ k, d, sa }) => sa !== undefined && k * (k + d - 2) !== 1);
    expect(caught.length).toBe(expected.length);
    // It would also put k_max = 1 at every beta.
    expect(wrong(2, 100, 2)).toBeLessThan(wrong(1, 100, 2));
  });
});

describe("laws of the growth rates", () => {
  const betas = fc.double({ min: 1e-3, max: 300, noNaN: true });
  const dimensions = fc.integer({ min: 2, max: 200 });

  test("the ratio of neighbours decreases in k and increases in beta", () => {
    fc.assert(
      fc.property(betas, dimensions, fc.integer({ min: 1, max: 40 }), (beta, d, k) => {
        const ratio = consecutiveRateRatio(k, beta, d);
        return consecutiveRateRatio(k + 1, beta, d) < ratio && consecutiveRateRatio(k, 1.01 * beta, d) > ratio;
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("odd degrees grow and even ones decay at negative beta, by the same amount", () => {
    fc.assert(
      fc.property(betas, dimensions, fc.integer({ min: 1, max: 20 }), (beta, d, k) => {
        const model = { flow: "SA", d } as const;
        return growthRate(k, { ...model, beta: -beta }) === (k % 2 === 1 ? 1 : -1) * growthRate(k, { ...model, beta });
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test("small beta: gamma_1 tends to (d - 1)/d, gamma_k to 0", () => {
    for (const d of [2, 3, 17]) {
      expect(growthRate(1, { flow: "USA", beta: 1e-9, d })).toBeCloseTo((d - 1) / d, 8);
      expect(growthRate(3, { flow: "USA", beta: 1e-9, d })).toBeLessThan(1e-17);
    }
  });

  test("large beta: the largest rate of SA tends to 2/e", () => {
    expect(growthRate(141, { flow: "SA", beta: 1e4, d: 2 })).toBeCloseTo(2 / Math.E, 3);
  });

  test("scaled rate and scaled time leave the growth unchanged", () => {
    const model = { beta: 12, d: 5 };
    const t = 0.003;
    const plain = growthRate(3, { flow: "USA", ...model }) * t;
    expect(scaledGrowthRate(3, model) * scaledTime(t, 12)).toBeCloseTo(plain, 12);
    expect(scaledGrowthRate(40, { beta: 2000, d: 2 })).toBeGreaterThan(0);
  });
});

describe("refusals name value, rule and remedy", () => {
  test.each([
    [() => growthRate(1, { flow: "USA", beta: 1000, d: 2 }), /beta = 1000: .*largest double.*logGrowthRate/],
    [() => growthRate(0, { flow: "SA", beta: 1, d: 2 }), /k = 0/],
    [() => growthRate(1, { flow: "SA", beta: 1, d: 1 }), /d = 1/],
    [() => growthRate(1, { flow: "SA", beta: Number.NaN, d: 2 }), /beta = NaN: must be finite/],
    [() => growthRate(1, { flow: "soft" as "SA", beta: 1, d: 2 }), /flow = "soft"/],
    [() => logGrowthRate(2, { flow: "SA", beta: 0, d: 2 }), /beta = 0/],
    [() => scaledTime(1, 1000), /t = 1/],
  ])("case %#", (call, message) => {
    expect(call).toThrow(message);
  });
});
