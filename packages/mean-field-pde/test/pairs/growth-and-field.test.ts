import { describe, expect, test } from "vitest";
import { circleFieldPair, growthRate, tokenGrowthPair } from "../../src/index.js";

const key = [0x5eed, 0x0002] as const;

/** Mean and standard error of entry `at` of a series. */
function entry(values: Float64Array, length: number, at: number): { mean: number; standardError: number } {
  const column = Array.from({ length: values.length / length }, (_, r) => values[r * length + at]!);
  const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
  const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (column.length - 1);
  return { mean, standardError: Math.sqrt(variance / column.length) };
}

describe("structure factors grow as e^{2 gamma_k t}", () => {
  // Two-sided 3.3 standard errors, alpha = 0.001 each; fixed seeds.
  test.each([
    [2, "USA", 2, 400, 400],
    [2, "SA", 2, 400, 400],
    [3, "SA", 2, 96, 150],
    [8, "USA", 3, 64, 120],
  ] as const)("d = %d, %s, beta = %d, n = %d", async (d, flow, beta, n, count) => {
    const instance = tokenGrowthPair().at({ flow, beta, d, growth: 3, times: 2, degrees: 2, rateError: 1e-3 });
    const { values } = await instance.sample({ n }, { key, from: 0, count }, {});
    const predictions = await instance.theories.find(({ id }) => id === "corrected")!.predict({ n }, {});
    for (const { observable, value, spread } of predictions) {
      for (const [t, expected] of value.entries()) {
        const { mean, standardError } = entry(values[observable]!, 3, t);
        // 3.3 standard errors and the terms of order e^{2 gamma t}/n that the law leaves out.
        expect(Math.abs(mean - expected)).toBeLessThan(3.3 * standardError + (2 * expected * expected) / n);
        expect(standardError * Math.sqrt(count)).toBeLessThan(1.5 * spread![t]!);
      }
    }
  });

  test("the measured rate is the growth rate, and without its eigenvalue it would not be", async () => {
    const n = 800;
    const instance = tokenGrowthPair().at({ flow: "SA", beta: 4, growth: 6, times: 1, degrees: 4, rateError: 1e-3 });
    const { values } = await instance.sample({ n }, { key, from: 0, count: 250 }, {});
    const { grid } = instance.observables[0]!;
    for (const k of [2, 3]) {
      const series = values[`power-${k}`]!;
      const growth = entry(series, 2, 1).mean / entry(series, 2, 0).mean;
      const rate = Math.log(growth) / (2 * grid!.values[1]!);
      const gamma = growthRate(k, { flow: "SA", beta: 4, d: 2 });
      expect(Math.abs(rate / gamma - 1)).toBeLessThan(0.05);
      expect(Math.abs(rate / (gamma / (k * k)) - 1)).toBeGreaterThan(1);
    }
  });
});

describe("particles against the mean-field equation", () => {
  test.each(["USA", "SA"] as const)("%s: bias of order 1/n, deviation of order n^{-1/2}", async (flow) => {
    const instance = circleFieldPair().at({ flow, beta: 1, time: 1, points: 4, rateError: 1e-5 });
    const [limit] = await instance.theories[0]!.predict({ n: 1 }, {});
    expect(Math.max(...limit!.numericalError)).toBeLessThan(1e-9);
    const square = async (n: number, count: number): Promise<number> => {
      const { values } = await instance.sample({ n }, { key, from: 0, count }, {});
      const { value } = limit!;
      for (const [i, expected] of value.entries()) {
        const { mean, standardError } = entry(values["field"]!, 4, i);
        // alpha = 1e-4 each, and a bias of order 1/n.
        expect(Math.abs(mean - expected)).toBeLessThan(3.9 * standardError + 1 / n);
      }
      return values["field"]!.reduce((sum, x, i) => sum + (x - value[i % 4]!) ** 2, 0) / values["field"]!.length;
    };
    const small = await square(100, 400);
    const large = await square(1600, 120);
    const exponent = Math.log(small / large) / (2 * Math.log(16));
    expect(exponent).toBeGreaterThan(0.42);
    expect(exponent).toBeLessThan(0.58);
  });

  test("tokens and labels agree on a smooth start without chance: the time step of the tokens is fine enough", async () => {
    const at = async (rateError: number): Promise<Float64Array> =>
      (await circleFieldPair().at({ flow: "USA", beta: 2, time: 0.8, rateError }).sample({ n: 50 }, { key, from: 0, count: 2 }, {})).values["field"]!;
    const standard = await at(1e-7);
    const half = await at(1e-7 / 16);
    for (const [i, value] of standard.entries()) expect(Math.abs(value - half[i]!)).toBeLessThan(1e-6);
  });

  test("a time at which clusters are narrower than any grid is refused with a reason", () => {
    const applicability = circleFieldPair().at({ flow: "USA", beta: 5, time: 4 }).theories[0]!.applies({ n: 100 });
    expect(applicability.applies).toBe(false);
    if (!applicability.applies) expect(applicability.reason).toMatch(/not certified at t = 4/);
  });
});
